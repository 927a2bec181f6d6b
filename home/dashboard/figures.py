"""How the consultation goes: by day and language, from the figures that the worker counts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext

from core.alternates import own_name
from core.dates import day as day_in_words
from core.numbers import number
from submissions.models import (
    Consultation,
    DailyFigure,
    Debate,
    FigureKind,
    Idea,
    IdeaStatus,
)
from submissions.moderation.queue import with_promise

DAYS = 30  # as many are drawn
HEIGHT = 60  # of a chart, in its own units
STEP = 10  # from one day to the next
BAR = 8


@dataclass(frozen=True)
class Bar:
    """Part of a day: one language's share, as a rectangle of the chart."""

    x: int
    y: float
    height: float
    language: int  # its place among the languages: the style says the colour


@dataclass(frozen=True)
class Row:
    """One day of the table beside a chart."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """One kind of figure: what it says in a sentence, drawn, and as a table."""

    kind: str
    title: str | Promise
    total: str
    by_language: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    highest: str  # of a day that is drawn
    first: str
    last: str
    width: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Promised:
    """Whether ideas are read within the hours that were promised."""

    hours: int
    waiting: int
    overdue: int

    @property
    def kept(self) -> bool:
        """Nobody waits for longer."""
        return not self.overdue


def charts(consultation: Consultation) -> list[Chart]:
    """One for each kind, over the last ``DAYS`` days and in all: one query."""
    counted: dict[str, dict[date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for figure in DailyFigure.objects.filter(consultation=consultation):
        counted[figure.kind][figure.day][figure.language] = figure.count
    today = localtime(consultation.now).date()
    days = [today - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]
    return [_chart(kind, counted[kind], days) for kind in FigureKind]


def promised(consultation: Consultation) -> Promised:
    """How many ideas wait, and for how many it has been too long: one query."""
    debates = Debate.objects.filter(consultation=consultation)
    awaiting = Idea.objects.filter(status=IdeaStatus.AWAITING, debate__in=debates)
    held = with_promise(awaiting).aggregate(
        waiting=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=consultation.now))
    )
    return Promised(consultation.moderation_hours, held["waiting"], held["overdue"])


def _chart(kind: FigureKind, counted: Mapping[date, Mapping[str, int]], days: list[date]) -> Chart:
    reader = get_language() or settings.LANGUAGE_CODE
    everywhere: dict[str, int] = defaultdict(int)
    for shares in counted.values():
        for language, count in shares.items():
            everywhere[language] += count
    languages = [code for code, _name in settings.LANGUAGES if code in everywhere] or [""]
    highest = max((sum(counted.get(day, {}).values()) for day in days), default=0)
    names = tuple(own_name(code) if code else pgettext("figures", "All") for code in languages)
    return Chart(
        kind=kind.value,
        title=kind.label,
        total=number(sum(everywhere.values()), reader),
        by_language=tuple(
            (name, number(everywhere[code], reader))
            for code, name in zip(languages, names, strict=True)
            if code
        ),
        bars=tuple(_bars(counted, days, languages, highest)),
        highest=number(highest, reader),
        first=day_in_words(days[0], reader),
        last=day_in_words(days[-1], reader),
        width=STEP * len(days),
        columns=(pgettext("figures", "Day"), *names),
        rows=tuple(
            Row(
                day_in_words(day, reader),
                tuple(number(counted[day].get(code, 0), reader) for code in languages),
            )
            for day in sorted(counted, reverse=True)
        ),
    )


def _bars(
    counted: Mapping[date, Mapping[str, int]], days: list[date], languages: list[str], highest: int
) -> list[Bar]:
    bars = []
    for place, day in enumerate(days):
        top = float(HEIGHT)
        for order, language in enumerate(languages):
            count = counted.get(day, {}).get(language, 0)
            if count:
                height = round(HEIGHT * count / highest, 2)
                top -= height
                bars.append(Bar(place * STEP, round(top, 2), height, order))
    return bars
