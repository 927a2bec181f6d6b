"""Spam, refused many at once. Anything that needs a judgement is read and decided one by one."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from submissions.models import Decision, DecisionKind, Idea, IdeaStatus, RefusalReason
from submissions.moderation.services import decide

# What machines send: advertising, strings of letters, links to frauds. Not opinions, not repeats.
SPAM_REASONS = (
    RefusalReason.ADVERTISING,
    RefusalReason.INCOMPREHENSIBLE,
    RefusalReason.UNLAWFUL,
)
MOST_AT_ONCE = 50  # a page of the queue: what was seen


@transaction.atomic
def refuse_spam(
    ideas: QuerySet[Idea], pks: Sequence[int], moderator: User, reason: RefusalReason
) -> list[Decision]:
    """Refuse those of ``ideas`` that are named and still wait, all or none: a row each."""
    named = ideas.filter(pk__in=pks, status=IdeaStatus.AWAITING).values_list("pk", flat=True)
    waiting = Idea.objects.filter(pk__in=list(named)).order_by("pk").select_for_update(no_key=True)
    return [
        decide(idea, DecisionKind.REFUSE, moderator, reason)
        for idea in waiting
        if idea.status == IdeaStatus.AWAITING
    ]
