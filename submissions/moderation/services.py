"""Decisions of moderators: one transaction, one row that nobody edits, one audit line.

Each service locks the idea first: of decisions taken at the same time one holds, and the others
raise ``AlreadyDecided``. Listeners hear of what readers see once it is committed.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from wagtail.log_actions import log

from core.clock import database_now
from submissions.debate.published import forget_count
from submissions.models import Appeal, Decision, DecisionKind, Idea, IdeaStatus, RefusalReason
from submissions.moderation.notices import notify_later, stop
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
    DecisionKind.UPHOLD: IdeaStatus.REFUSED,
}
# What settles an idea's state: the register counts these, and the last one can be undone.
SETTLING = tuple(AFTER)
# After that, a publication is withdrawn with a reason, and a refusal is answered on appeal.
UNDO_WITHIN = timedelta(hours=24)


class AlreadyDecided(Exception):
    """Somebody was quicker; ``decision`` is theirs (None for an idea that was imported so)."""

    def __init__(self, decision: Decision | None) -> None:
        super().__init__()
        self.decision = decision


@transaction.atomic
def decide(
    idea: Idea,
    kind: DecisionKind,
    moderator: User,
    reason: RefusalReason | None = None,
    *,
    tell: bool = True,
) -> Decision:
    """Publish, refuse or withdraw ``idea``; the last two for a reason.

    The author is told some minutes later (``tell``), unless it is undone before.
    """
    lock(idea)
    if idea.status != BEFORE[kind]:
        raise AlreadyDecided(last_decision(idea))
    decision = record(idea, kind, moderator, reason=reason or "")
    settle(idea, kind)
    if tell:
        notify_later(decision)
    return decision


@transaction.atomic
def escalate(idea: Idea, moderator: User, note: str) -> Decision:
    """Ask for another moderator's eyes, saying why; a decision ends it."""
    lock(idea)
    if idea.status != IdeaStatus.AWAITING:
        raise AlreadyDecided(last_decision(idea))
    decision = record(idea, DecisionKind.ESCALATE, moderator, note=note)
    Idea.objects.filter(pk=idea.pk).update(escalated_at=Now())
    idea.refresh_from_db(fields=["escalated_at"])
    return decision


def undoable(idea: Idea) -> Decision | None:
    """The last decision on ``idea`` if it can be undone: recent, and nobody appeals against it."""
    last = _standing(idea)
    if last is None or AFTER[DecisionKind(last.kind)] != idea.status:
        return None
    if last.decided_at < database_now() - UNDO_WITHIN or appealed_against(last):
        return None
    return last


@transaction.atomic
def undo(idea: Idea, decision: Decision, moderator: User) -> Decision:
    """Take ``decision``, the last one, back: the idea stands where it stood before.

    By its maker or a colleague. Raises ``AlreadyDecided`` if it is no more to be undone.
    """
    lock(idea)
    if undoable(idea) != decision:
        raise AlreadyDecided(last_decision(idea))
    kind = DecisionKind(decision.kind)
    undone = record(idea, DecisionKind.UNDO, moderator, undoes=decision)
    stop(decision)
    appeal = getattr(decision, "appeal", None)
    if appeal is not None:
        appeal.answer = None
        appeal.save(update_fields=["answer"])
    before = IdeaStatus.REFUSED if appeal is not None else BEFORE[kind]
    idea.status = before
    idea.escalated_at = _escalation_before(decision) if before == IdeaStatus.AWAITING else None
    if kind is DecisionKind.PUBLISH:
        idea.published_at = None
    idea.save(update_fields=["status", "escalated_at", "published_at"])
    if kind in {DecisionKind.PUBLISH, DecisionKind.WITHDRAW}:
        tell_readers(idea)
    return undone


def lock(idea: Idea) -> None:
    """Until the transaction ends nobody else decides on ``idea``, which is read again.

    Votes, which point to it, don't wait.
    """
    Idea.objects.select_for_update(no_key=True).get(pk=idea.pk)
    idea.refresh_from_db(fields=["status", "published_at", "escalated_at"])


def settle(idea: Idea, kind: DecisionKind) -> None:
    """Where ``idea`` stands after a decision of this kind; readers see it once committed."""
    changes = {"status": AFTER[kind], "escalated_at": None}
    if kind is DecisionKind.PUBLISH:
        Idea.objects.filter(pk=idea.pk).update(**changes, published_at=Now())
    else:
        Idea.objects.filter(pk=idea.pk).update(**changes)
    idea.refresh_from_db(fields=["status", "published_at", "escalated_at"])
    if kind in {DecisionKind.PUBLISH, DecisionKind.WITHDRAW}:
        tell_readers(idea)


def record(
    idea: Idea,
    kind: DecisionKind,
    moderator: User,
    *,
    reason: str = "",
    note: str = "",
    undoes: Decision | None = None,
) -> Decision:
    """The row of a decision and its line in the audit log.

    The line is without the words: they may have to be erased one day, and the log stays.
    """
    decision = Decision.objects.create(
        idea=idea, kind=kind, reason=reason, note=note, moderator=moderator, undoes=undoes
    )
    title = f"{Idea._meta.verbose_name} {idea.pk}"
    data = {"reason": str(reason)} if reason else None
    log(idea, f"submissions.{kind.value}_idea", user=moderator, title=title, data=data)
    return decision


def last_decision(idea: Idea) -> Decision | None:
    """The newest row, whatever it is: what somebody who comes late is told of."""
    return idea.decisions.select_related("moderator").order_by("pk").last()


def last_refusal(idea: Idea) -> Decision | None:
    """The refusal that stands, if the idea is refused by one."""
    last = _standing(idea)
    return last if last and last.kind == DecisionKind.REFUSE else None


def appealed_against(decision: Decision) -> bool:
    """Whether the author objected to it."""
    return Appeal.objects.filter(against=decision, answer__isnull=True).exists()


def tell_readers(idea: Idea) -> None:
    """What readers see changes with the commit: counts, search, whoever listens."""

    def tell() -> None:
        forget_count(idea.debate_id)
        shown = idea.status == IdeaStatus.PUBLISHED
        said = idea_published if shown else idea_unpublished
        said.send_robust(sender=Idea, idea=idea)

    transaction.on_commit(tell)


def _standing(idea: Idea) -> Decision | None:
    """The last decision that settled the idea's state and was not undone."""
    settled = idea.decisions.filter(kind__in=SETTLING, undone_by__isnull=True)
    return settled.select_related("moderator", "appeal").order_by("pk").last()


def _escalation_before(decision: Decision) -> datetime | None:
    """When a colleague asked, if that was the last word before ``decision``."""
    earlier = Decision.objects.filter(idea=decision.idea_id, pk__lt=decision.pk)
    last = earlier.exclude(kind=DecisionKind.CORRECT).order_by("pk").last()
    return last.decided_at if last and last.kind == DecisionKind.ESCALATE else None
