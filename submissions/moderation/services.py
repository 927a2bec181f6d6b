"""Decisions of moderators: one transaction, one row that nobody edits, one audit line."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from wagtail.log_actions import log

from submissions.debate.published import forget_count
from submissions.models import Decision, DecisionKind, Idea, IdeaStatus, RefusalReason
from submissions.signals import idea_published, idea_unpublished

BEFORE = {
    DecisionKind.PUBLISH: IdeaStatus.AWAITING,
    DecisionKind.REFUSE: IdeaStatus.AWAITING,
    DecisionKind.WITHDRAW: IdeaStatus.PUBLISHED,
}
AFTER = {
    DecisionKind.PUBLISH: IdeaStatus.PUBLISHED,
    DecisionKind.REFUSE: IdeaStatus.REFUSED,
    DecisionKind.WITHDRAW: IdeaStatus.WITHDRAWN,
}


class AlreadyDecided(Exception):
    """Somebody was quicker; ``decision`` is theirs (None for an idea that was imported so)."""

    def __init__(self, decision: Decision | None) -> None:
        super().__init__()
        self.decision = decision


def possible(idea: Idea) -> list[DecisionKind]:
    """What can be decided on the idea as it stands."""
    return [kind for kind, before in BEFORE.items() if before == idea.status]


@transaction.atomic
def decide(
    idea: Idea, kind: DecisionKind, moderator: User, reason: RefusalReason | None = None
) -> Decision:
    """Publish, refuse or withdraw ``idea``; the last two for a reason.

    The change is conditional on where the idea stands: of decisions taken at the same time one
    holds, and the others raise ``AlreadyDecided``. Listeners hear of it once it is committed.
    """
    changes: dict[str, Any] = {"status": AFTER[kind]}
    if kind is DecisionKind.PUBLISH:
        changes["published_at"] = Now()
    undecided = Idea.objects.filter(pk=idea.pk, status=BEFORE[kind])
    if not undecided.update(**changes):
        raise AlreadyDecided(idea.decisions.select_related("moderator").order_by("pk").last())
    decision = Decision.objects.create(
        idea=idea, kind=kind, reason=reason or "", moderator=moderator
    )
    # Without the words: they may have to be erased one day, and the audit log stays.
    title = f"{Idea._meta.verbose_name} {idea.pk}"
    data = {"reason": reason.value} if reason else None
    log(idea, f"submissions.{kind.value}_idea", user=moderator, title=title, data=data)
    idea.refresh_from_db(fields=["status", "published_at"])
    if kind is not DecisionKind.REFUSE:
        transaction.on_commit(lambda: _tell(idea, kind))
    return decision


def _tell(idea: Idea, kind: DecisionKind) -> None:
    """What readers see has changed."""
    forget_count(idea.debate_id)
    said = idea_published if kind is DecisionKind.PUBLISH else idea_unpublished
    said.send_robust(sender=Idea, idea=idea)
