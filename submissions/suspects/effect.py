"""What the votes of a cluster change: the totals with them and without."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from submissions.models import Consultation, Idea, Participant, Vote, VoteChoice

IDEAS_SHOWN = 20  # those with the most of their votes
MOST_COUNTED = 10_000  # votes without a card are told up to here


@dataclass(frozen=True)
class Totals:
    """How an idea stands."""

    agree: int
    disagree: int
    neutral: int

    @property
    def votes(self) -> int:
        """All three."""
        return self.agree + self.disagree + self.neutral


@dataclass(frozen=True)
class ChangedIdea:
    """One idea, as it is counted with them and without."""

    idea: Idea
    votes: int
    with_them: Totals
    without_them: Totals


@dataclass(frozen=True)
class Effect:
    """All votes of some participants, and the ideas that they change most."""

    votes: int
    ideas: int
    untrusted: int  # counted in no case
    changed: list[ChangedIdea]


def effect_of(people: Collection[UUID]) -> Effect:
    """The effect of ``people``, whether they are set aside or not. Reads their votes alone."""
    votes = Vote.objects.filter(participant__in=people)
    whole = votes.aggregate(
        votes=Count("pk"),
        ideas=Count("idea", distinct=True),
        untrusted=Count("pk", filter=Q(key_valid=False)),
    )
    return Effect(**whole, changed=_changed(votes))


def _changed(votes: QuerySet[Vote]) -> list[ChangedIdea]:
    """A tally counts those who are not set aside: they are taken off it, the others added."""
    counts = {
        f"{choice.value}_{aside}": Count(
            "pk", filter=Q(key_valid=True, choice=choice, participant__suspect=aside == "aside")
        )
        for choice in VoteChoice
        for aside in ("in", "aside")
    }
    by_idea = votes.values("idea").annotate(votes=Count("pk"), **counts)
    rows: list[dict[str, Any]] = list(by_idea.order_by("-votes", "idea")[:IDEAS_SHOWN])  # type: ignore[arg-type]
    ideas = Idea.objects.for_display().in_bulk([row["idea"] for row in rows])
    found = []
    for row in rows:
        idea = ideas[row["idea"]]
        tally = getattr(idea, "tally", None)
        now = {choice.value: getattr(tally, choice.value, 0) for choice in VoteChoice}
        with_them = {name: count + row[f"{name}_aside"] for name, count in now.items()}
        # The tally may be seconds older than the votes.
        without = {name: max(0, count - row[f"{name}_in"]) for name, count in now.items()}
        found.append(ChangedIdea(idea, row["votes"], Totals(**with_them), Totals(**without)))
    return found


@dataclass(frozen=True)
class Standing:
    """What staff are told above the list."""

    untrusted: int  # votes without one of our cards, MOST_COUNTED at most
    set_aside: int  # participants


def standing(consultations: QuerySet[Consultation]) -> Standing:
    """Those of ``consultations``, from two small indexes or a small table, up to a bound."""
    untrusted = Vote.objects.filter(
        key_valid=False, idea__debate__consultation__in=consultations
    ).order_by()[:MOST_COUNTED]
    aside = Participant.objects.filter(suspect=True, consultation__in=consultations)
    aside = aside.order_by()[:MOST_COUNTED]
    return Standing(untrusted.count(), aside.count())
