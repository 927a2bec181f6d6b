"""Ideas as their author is told of them: where each stands, why, and what can still be done."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import pgettext

from submissions.models import (
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    Notice,
    Notified,
    Participant,
    RefusalReason,
)
from submissions.moderation.letters import EXPLANATIONS

WITHDRAWABLE = {IdeaStatus.AWAITING, IdeaStatus.PUBLISHED}


@dataclass(frozen=True)
class OwnAppeal:
    """The author's appeal, and the answer once they were told of it."""

    text: str
    language: str
    made_at: datetime
    answered_at: datetime | None = None
    published: bool = False  # after all


@dataclass(frozen=True)
class OwnIdea:
    """One idea as its author is told of it, with the reason if it is not published."""

    idea: Idea
    status: IdeaStatus
    reason: RefusalReason | None = None
    decided_at: datetime | None = None
    appeal: OwnAppeal | None = None

    @property
    def standing(self) -> str:
        """The status in words."""
        if self.idea.withdrawn_by_author_at is not None:
            return pgettext("idea", "Withdrawn by you")
        if self.status is IdeaStatus.UNCONFIRMED:
            return pgettext("idea", "Awaiting your confirmation")
        return str(self.status.label)

    @property
    def explanation(self) -> str:
        """What the reason means, and what can be done."""
        return str(EXPLANATIONS[self.reason]) if self.reason else ""

    @property
    def may_appeal(self) -> bool:
        """Whether it can be asked, once, that another moderator reads it again."""
        return self.status is IdeaStatus.REFUSED and self.appeal is None

    @property
    def may_withdraw(self) -> bool:
        """Whether there is something to take back."""
        return self.status in WITHDRAWABLE


def ideas_of(participant: Participant) -> list[OwnIdea]:
    """Theirs, the newest first, in a constant number of queries."""
    decisions = Decision.objects.filter(undone_by=None).order_by("-pk")
    theirs = participant.ideas.order_by("-created_at", "-pk").select_related("appeal__answer")
    found = theirs.prefetch_related("texts", Prefetch("decisions", queryset=decisions))
    told_later = set(
        Notice.objects.filter(
            decision__idea__author=participant, outcome=Notified.WAITING
        ).values_list("decision", flat=True)
    )
    return [_as_told(idea, told_later) for idea in found]


def own_idea(participant: Participant | None, idea_id: int) -> OwnIdea | None:
    """The idea of that number if ``participant`` wrote it; nobody else learns that there is one."""
    if participant is None:
        return None
    return next((own for own in ideas_of(participant) if own.idea.pk == idea_id), None)


def _as_told(idea: Idea, told_later: Set[int]) -> OwnIdea:
    """A refusal that can still be undone in silence is told no sooner here than by mail."""
    status, appeal = IdeaStatus(idea.status), _appeal_of(idea, told_later)
    if idea.withdrawn_by_author_at is not None:
        return OwnIdea(idea, status, None, idea.withdrawn_by_author_at, appeal)
    if status is IdeaStatus.PUBLISHED:
        return OwnIdea(idea, status, None, idea.published_at, appeal)
    why = _last_refusal(idea)
    if status not in {IdeaStatus.REFUSED, IdeaStatus.WITHDRAWN} or why is None:
        return OwnIdea(idea, status, appeal=appeal)
    if status is IdeaStatus.REFUSED and why.pk in told_later and appeal is None:
        return OwnIdea(idea, IdeaStatus.AWAITING)
    return OwnIdea(idea, status, RefusalReason(why.reason), why.decided_at, appeal)


def _last_refusal(idea: Idea) -> Decision | None:
    """The decision that keeps it from readers. Reads the prefetched ``decisions``, newest first."""
    refusals = {DecisionKind.REFUSE, DecisionKind.WITHDRAW}
    return next((one for one in idea.decisions.all() if one.kind in refusals), None)


def _appeal_of(idea: Idea, told_later: Set[int]) -> OwnAppeal | None:
    """The appeal. An idea published after all can be read; that a refusal stands is told later."""
    made = getattr(idea, "appeal", None)
    if made is None:
        return None
    answer = made.answer
    published = answer is not None and answer.kind == DecisionKind.PUBLISH
    if answer is None or (answer.pk in told_later and not published):
        return OwnAppeal(made.text, made.language, made.made_at)
    return OwnAppeal(made.text, made.language, made.made_at, answer.decided_at, published)
