"""The contributions in the order of a list: with what it shows, and who comes next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from submissions.models import ContributionState, Publication, ReadingState
from submissions.models.contribution import ContributionQuerySet

NEWEST = "-submitted_at"
ORDERS = ("name", "organisation", "submitted_at", "reading__state")


def order_of(said: str) -> tuple[str, ...]:
    """The fields that a list is sorted by; anything else than it offers means the newest first."""
    field = said.removeprefix("-")
    return (said, "-pk") if field in ORDERS else (NEWEST, "-pk")


def as_listed(contributions: ContributionQuerySet) -> ContributionQuerySet:
    """With what the columns show: a constant number of queries, however many rows."""
    return (
        contributions.with_questionnaires()
        .select_related("reading__assignee", "campaign_member__campaign")
        .annotate(published_as=_newest_publication())
    )


def _newest_publication() -> Any:
    newest = Publication.objects.filter(contribution=OuterRef("pk")).order_by("-number")
    return Subquery(newest.values("state")[:1])


@dataclass(frozen=True)
class Neighbours:
    """Where a contribution stands in a list; None where there is nothing."""

    place: int | None = None  # from 1
    of: int = 0
    previous: int | None = None
    next: int | None = None
    next_to_read: int | None = None


def neighbours(ordered: ContributionQuerySet, here: int, user: Any) -> Neighbours:
    """What comes before and after ``here``; and the next that waits and is ``user``'s or nobody's.

    After the last to read, the first of the list. One query: a list of 10,000 is 10,000 numbers.
    """
    rows = list(ordered.values_list("pk", "state", "reading__state", "reading__assignee"))
    places = {row[0]: place for place, row in enumerate(rows)}
    at = places.get(here)
    around = rows[at + 1 :] + rows[:at] if at is not None else rows
    return Neighbours(
        place=None if at is None else at + 1,
        of=len(rows),
        previous=rows[at - 1][0] if at else None,
        next=rows[at + 1][0] if at is not None and at + 1 < len(rows) else None,
        next_to_read=next((row[0] for row in around if _waits_for(user, *row[1:])), None),
    )


def _waits_for(user: Any, state: str, reading: str | None, assignee: int | None) -> bool:
    waits = state == ContributionState.RECEIVED and reading != ReadingState.READ
    return waits and assignee in {None, user.pk}
