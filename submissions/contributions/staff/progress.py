"""How far the reading is: in all, by reader, by theme. Three queries, whatever the numbers."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count
from django.utils.translation import pgettext

from submissions.contributions.staff.people import name_of
from submissions.models import Answer, ReadingState
from submissions.models.contribution import ContributionQuerySet


@dataclass
class Counts:
    """Of some contributions."""

    to_read: int = 0
    being_read: int = 0
    read: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.to_read + self.being_read + self.read

    def add(self, state: str | None, number: int) -> None:
        """What nobody has touched is to be read."""
        name = str(state or ReadingState.TO_READ)
        setattr(self, name, getattr(self, name) + number)


@dataclass
class Progress:
    """What stands above the list. ``by_reader`` and ``by_theme``: a name, and counts."""

    all: Counts = field(default_factory=Counts)
    by_reader: list[tuple[str, Counts]] = field(default_factory=list)
    by_theme: list[tuple[str, Counts]] = field(default_factory=list)


def progress_of(contributions: ContributionQuerySet, titles: dict[int, str]) -> Progress:
    """Of those that stand; ``titles`` are those of the questionnaires, by their ids."""
    progress = Progress()
    standing = contributions.standing()
    by_reader: dict[int | None, Counts] = defaultdict(Counts)
    rows = standing.order_by().values_list("reading__state", "reading__assignee")
    for state, assignee, number in rows.annotate(number=Count("pk")):
        progress.all.add(state, number)
        by_reader[assignee].add(state, number)
    people = {user.pk: user for user in User.objects.filter(pk__in=[pk for pk in by_reader if pk])}
    nobody = by_reader.pop(None, None)
    named = [(name_of(people.get(pk)), counts) for pk, counts in by_reader.items() if pk]
    progress.by_reader = sorted(named, key=lambda row: row[0].casefold())
    if nobody is not None:
        progress.by_reader.append((pgettext("reader", "Nobody"), nobody))
    progress.by_theme = _by_theme(standing, titles)
    return progress


def _by_theme(standing: ContributionQuerySet, titles: dict[int, str]) -> list[tuple[str, Counts]]:
    """A contribution counts for each questionnaire of which it answers a question."""
    answered: Any = (
        Answer.objects.filter(contribution__in=standing.order_by().values("pk"))
        .order_by()
        .values_list("question__questionnaire", "contribution__reading__state")
        .annotate(number=Count("contribution", distinct=True))
    )
    counts: dict[int, Counts] = defaultdict(Counts)
    for questionnaire, state, number in answered:
        counts[questionnaire].add(state, number)
    totals = Counter({pk: one.total for pk, one in counts.items()})
    return [(titles.get(pk, str(pk)), counts[pk]) for pk, _total in totals.most_common()]
