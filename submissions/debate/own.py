"""What stands under a participant's number: ideas as told to their author, and a copy of all."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from core.clock import database_now
from submissions.models import (
    Address,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    Notice,
    Notified,
    Participant,
    RefusalReason,
    TranslationReport,
)
from submissions.moderation.letters import EXPLANATIONS


@dataclass(frozen=True)
class OwnIdea:
    """One idea as its author is told of it, with the reason if it is not published."""

    idea: Idea
    status: IdeaStatus
    reason: RefusalReason | None

    @property
    def explanation(self) -> str:
        """What the reason means, and what can be done."""
        return str(EXPLANATIONS[self.reason]) if self.reason else ""


def ideas_of(participant: Participant) -> list[OwnIdea]:
    """Theirs, the newest first, in a constant number of queries."""
    decisions = Decision.objects.filter(undone_by=None).order_by("-pk")
    theirs = participant.ideas.order_by("-created_at", "-pk").select_related("appeal")
    found = theirs.prefetch_related("texts", Prefetch("decisions", queryset=decisions))
    told_later = set(
        Notice.objects.filter(
            decision__idea__author=participant, outcome=Notified.WAITING
        ).values_list("decision", flat=True)
    )
    return [_as_told(idea, told_later) for idea in found]


def _as_told(idea: Idea, told_later: set[int]) -> OwnIdea:
    """A refusal that can still be undone in silence is told no sooner here than by mail."""
    refusals = {DecisionKind.REFUSE, DecisionKind.WITHDRAW}
    why = next((one for one in idea.decisions.all() if one.kind in refusals), None)
    status = IdeaStatus(idea.status)
    if status not in {IdeaStatus.REFUSED, IdeaStatus.WITHDRAWN} or why is None:
        return OwnIdea(idea, status, None)
    if status is IdeaStatus.REFUSED and why.pk in told_later:
        return OwnIdea(idea, IdeaStatus.AWAITING, None)
    return OwnIdea(idea, status, RefusalReason(why.reason))


def everything_about(participant: Participant) -> dict[str, Any]:
    """All that is kept about a participant, to be handed to them alone (case 61).

    Not what moderators say among themselves, nor the hashes that tell nobody anything.
    """
    address = Address.objects.filter(participant=participant)
    reports = TranslationReport.objects.filter(participant=participant)
    links = participant.mailed_links.order_by("pk")
    return {
        "exported_at": database_now(),
        "number": participant.pk,
        "since": participant.created_at,
        "reads": participant.reads,
        "set_aside_as_suspect": participant.suspect,
        "consents": list(
            participant.consents.order_by("pk").values(
                "purpose", "version", "language", "given_at", "withdrawn_at"
            )
        ),
        "addresses": list(address.values("email", "language", "confirmed_at")),
        "links_mailed": list(
            links.values("purpose", "email", "language", "made_at", "expires_at", "used_at")
        ),
        "ideas": [_written(own) for own in ideas_of(participant)],
        "votes": list(
            participant.votes.order_by("pk").values(
                "idea", "choice", "qualifications", "read_in", "key_valid", "cast_at"
            )
        ),
        "log_of_votes": list(
            participant.vote_events.order_by("pk").values(
                "idea", "kind", "choice", "qualifications", "read_in", "key_valid", "at"
            )
        ),
        "translations_reported": list(reports.values("text", "comment", "made_at")),
    }


def _written(own: OwnIdea) -> dict[str, Any]:
    idea = own.idea
    appeal = getattr(idea, "appeal", None)
    return {
        "number": idea.pk,
        "debate": idea.debate_id,
        "language": idea.language,
        "in_the_name_of": idea.speaks_for,
        "organisation": idea.organisation,
        "status": own.status,
        "reason": own.reason,
        "received": idea.created_at,
        "published": idea.published_at,
        "texts": [
            {
                "language": text.language,
                "text": text.text,
                "as_written": text.as_written,
                "origin": text.origin,
            }
            for text in idea.texts.all()
        ],
        "appeal": {"text": appeal.text, "made_at": appeal.made_at} if appeal else None,
    }
