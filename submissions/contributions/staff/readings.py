"""Who reads which contribution, and how far they are: what is decided at once holds once.

Each act locks the contribution first and compares what its reader had on screen with what stands:
``Meanwhile`` tells that somebody was quicker, and nothing is written. A version that is sent again
waits to be read again, by the same reader; ``version_read`` stays, for showing what changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from core.clock import database_now
from submissions.contributions.staff.audit import record, record_many
from submissions.models import Contribution, ContributionState, Reading, ReadingState
from submissions.models.contribution import ContributionQuerySet


class Meanwhile(Exception):
    """Somebody else was quicker: ``reading`` is how it stands now."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.pk)
        self.reading = reading


class NewerVersion(Exception):
    """The contribution was sent again after its reader opened it."""


class IsWithdrawn(Exception):
    """Its author withdrew it: there is nothing to read."""


@dataclass(frozen=True)
class Shared:
    """What became of a sharing out: how many went to whom, how many had a reader already."""

    given: dict[int, int]  # user id: contributions
    left: int

    @property
    def total(self) -> int:
        """How many were given."""
        return sum(self.given.values())


@transaction.atomic
def assign(
    contribution: Contribution, reader: User | None, by: User, *, seen: int | None
) -> Reading:
    """Give ``contribution`` to ``reader``, or to nobody. ``seen`` is whose it was on screen.

    Who takes it for themselves begins to read; taken from everybody it is to be read again.
    """
    reading = _lock(contribution)
    wanted = reader.pk if reader else None
    if reading.assignee_id not in {seen, wanted}:
        raise Meanwhile(reading)
    if reading.assignee_id == wanted:
        return reading
    reading.assignee = reader
    if reading.state != ReadingState.READ:
        begins = reader is not None and reader.pk == by.pk
        reading.state = ReadingState.BEING_READ if begins else ReadingState.TO_READ
    _save(reading)
    record(contribution, "assign_contribution", by, to=reader.get_username() if reader else "")
    return reading


@transaction.atomic
def mark_read(contribution: Contribution, by: User, *, version: int) -> Reading:
    """``version``, which stood on screen, is read. What was nobody's was read by ``by``."""
    reading = _lock(contribution)
    if contribution.version != version:
        raise NewerVersion
    if reading.state == ReadingState.READ and reading.version_read == version:
        return reading
    reading.state, reading.version_read = ReadingState.READ, version
    if reading.assignee_id is None:
        reading.assignee = by
    _save(reading)
    record(contribution, "read_contribution", by, version=version)
    return reading


@transaction.atomic
def read_again(contribution: Contribution, by: User) -> Reading:
    """What was marked as read is being read again."""
    reading = _lock(contribution)
    if reading.state == ReadingState.READ:
        reading.state = ReadingState.BEING_READ
        _save(reading)
        record(contribution, "reopen_contribution", by)
    return reading


def begun(contribution: Contribution, by: User) -> None:
    """Who codes or notes reads: what was to be read is being read, by them if by nobody.

    Called inside the transaction of that act.
    """
    reading = _lock(contribution)
    if reading.state != ReadingState.TO_READ:
        return
    reading.state = ReadingState.BEING_READ
    if reading.assignee_id is None:
        reading.assignee = by
    _save(reading)


@transaction.atomic
def share_out(
    contributions: ContributionQuerySet,
    readers: Sequence[User],
    by: User,
    *,
    only_free: bool = True,
) -> Shared:
    """Give ``contributions`` that wait to be read to ``readers`` in turn, in their order.

    Each gets as many as the others, give or take one; to none of them, they are taken back. With
    ``only_free``, what has a reader keeps them. What is read or withdrawn stays as it is.
    """
    rows = _lock_many(contributions)
    free = [
        row
        for row in rows
        if row.reading.state != ReadingState.READ
        and (not only_free or row.reading.assignee_id is None)
    ]
    left = len(rows) - len(free)
    given: dict[int, int] = {}
    now = database_now()
    for turn, reader in enumerate(readers or [None]):
        own = free[turn :: max(len(readers), 1)]
        if not own:
            continue
        Reading.objects.filter(pk__in=[row.pk for row in own]).update(
            assignee=reader, state=ReadingState.TO_READ, changed_at=now
        )
        to = reader.get_username() if reader else ""
        record_many(own, "assign_contribution", by, to=to)
        given[reader.pk if reader else 0] = len(own)
    return Shared(given, left)


def state_of(contribution: Contribution) -> Reading:
    """How it stands; a contribution that nobody has touched is to be read. Writes nothing."""
    return getattr(contribution, "reading", None) or Reading(contribution=contribution)


TO_READ = Q(reading__isnull=True) | Q(reading__state=ReadingState.TO_READ)


def _lock(contribution: Contribution) -> Reading:
    """Until the transaction ends nobody else gives, takes or reads it; nor does a version come."""
    locked = Contribution.objects.select_for_update(no_key=True).get(pk=contribution.pk)
    if locked.state == ContributionState.WITHDRAWN:
        raise IsWithdrawn
    contribution.version = locked.version
    reading, _new = Reading.objects.select_related("assignee").get_or_create(contribution=locked)
    contribution.reading = reading
    return reading


def _lock_many(contributions: ContributionQuerySet) -> list[Any]:
    """Those that stand, in their order, with their readings; locked by number, so none waits."""
    order = list(contributions.standing().values_list("pk", flat=True))
    locked = Contribution.objects.select_for_update(no_key=True).filter(pk__in=order)
    standing = {row.pk: row for row in locked.standing().only("pk", "reference").order_by("pk")}
    readings = {reading.pk: reading for reading in Reading.objects.filter(pk__in=order)}
    missing = [Reading(contribution_id=pk) for pk in standing if pk not in readings]
    Reading.objects.bulk_create(missing)
    readings |= {reading.contribution_id: reading for reading in missing}
    for pk, contribution in standing.items():
        contribution.reading = readings[pk]
    return [standing[pk] for pk in order if pk in standing]


def _save(reading: Reading) -> None:
    reading.changed_at = database_now()
    reading.save()
