"""An author takes an idea of theirs back: no decision of a moderator's, and counted as none."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from submissions.models import Idea, IdeaStatus, Notice, Notified, Participant
from submissions.moderation.services import lock, tell_readers

# What its author may withdraw: what can be read, and, as far as they were told, what waits.
WITHDRAWABLE = (IdeaStatus.AWAITING, IdeaStatus.PUBLISHED)
UNTOLD_REFUSAL = Q(status=IdeaStatus.REFUSED, decisions__notice__outcome=Notified.WAITING)


class NotWithdrawable(Exception):
    """The idea is another's, or stands where there is nothing to withdraw."""


def withdrawable(author: Participant) -> QuerySet[Idea]:
    """The ideas that ``author`` may take back, at any phase of the consultation.

    A refusal that is not told yet hides nothing of this: to its author the idea still waits.
    """
    first_refusal = UNTOLD_REFUSAL & Q(appeal=None)
    return Idea.objects.filter(
        Q(status__in=WITHDRAWABLE) | Q(pk__in=Idea.objects.filter(first_refusal).values("pk")),
        author=author,
    )


@transaction.atomic
def withdraw(idea: Idea, author: Participant) -> None:
    """Show ``idea`` to nobody any more. Its votes stay, and so do its decisions.

    For good: who changes their mind writes it again. What was not told yet of a decision is told
    no more. Raises ``NotWithdrawable``.
    """
    lock(idea)
    if not withdrawable(author).filter(pk=idea.pk).exists():
        raise NotWithdrawable
    was_shown = idea.status == IdeaStatus.PUBLISHED
    Idea.objects.filter(pk=idea.pk).update(
        status=IdeaStatus.WITHDRAWN, withdrawn_by_author_at=Now(), escalated_at=None
    )
    idea.refresh_from_db(fields=["status", "withdrawn_by_author_at", "escalated_at"])
    untold = Notice.objects.filter(decision__idea=idea, outcome=Notified.WAITING)
    untold.update(outcome=Notified.NEEDLESS, settled_at=Now())
    if was_shown:
        tell_readers(idea)
