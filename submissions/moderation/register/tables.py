"""The figures in the reader's language: a sentence and a table for each question."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.alternates import own_name
from core.dates import day
from core.numbers import number, percent
from submissions.models import DecisionKind, IdeaStatus, RefusalReason
from submissions.moderation.letters import EXPLANATIONS
from submissions.moderation.register.figures import ALL, Figures, Promise

NONE = "–"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Row:
    """A line of a table."""

    name: str
    cells: list[str]


@dataclass(frozen=True)
class Section:
    """A question, its answer in a sentence, and the figures."""

    id: str
    title: str
    sentence: str
    caption: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)


def sections(figures: Figures, language: str) -> list[Section]:
    """Everything the register tells, in ``language``, which is active."""
    return [
        _ideas(figures, language),
        _promise(figures, language),
        _reasons(figures, language),
        _appeals(figures, language),
        _periods(figures, language),
    ]


def _by_language(figures: Figures) -> list[tuple[str, str]]:
    """Each language of the consultation, then all of them."""
    total = pgettext("table", "All languages")
    return [*((code, own_name(code)) for code in figures.languages), (ALL, total)]


def _ideas(figures: Figures, language: str) -> Section:
    columns = {
        "received": pgettext("register", "Received"),
        IdeaStatus.AWAITING.value: pgettext("register", "Awaiting a moderator"),
        IdeaStatus.PUBLISHED.value: pgettext("register", "Published"),
        IdeaStatus.REFUSED.value: pgettext("register", "Refused"),
        IdeaStatus.WITHDRAWN.value: pgettext("register", "Withdrawn"),
    }
    received = figures.ideas[ALL, "received"]
    published = figures.ideas[ALL, IdeaStatus.PUBLISHED.value]
    sentence = ngettext(
        "%(received)s idea was received. Ideas that can be read now: %(published)s.",
        "%(received)s ideas were received. Ideas that can be read now: %(published)s.",
        received,
    ) % {"received": number(received, language), "published": number(published, language)}
    rows = [
        Row(name, [number(figures.ideas[code, key], language) for key in columns])
        for code, name in _by_language(figures)
    ]
    return Section(
        "ideas",
        pgettext("register", "What became of the ideas"),
        sentence,
        _("Ideas by the language they were written in, and where they stand today"),
        [pgettext("table", "Language"), *columns.values()],
        rows,
    )


def _promise(figures: Figures, language: str) -> Section:
    hours = number(figures.hours, language)
    overall = figures.promises.get(ALL, Promise())
    if overall.share is None or overall.median is None:
        sentence = _("Nothing was answered yet.")
    else:
        sentence = ngettext(
            "A moderator promises to read each idea within %(hours)s hour. This was kept for"
            " %(share)s of them, and half of them were answered within %(median)s.",
            "A moderator promises to read each idea within %(hours)s hours. This was kept for"
            " %(share)s of them, and half of them were answered within %(median)s.",
            figures.hours,
        ) % {
            "hours": hours,
            "share": percent(overall.share, language),
            "median": delay_in_words(overall.median, language),
        }
    rows = []
    for code, name in _by_language(figures):
        told = figures.promises.get(code, Promise())
        rows.append(
            Row(
                name,
                [
                    number(told.answered, language),
                    number(told.in_time, language),
                    number(told.overdue, language),
                    NONE if told.share is None else percent(told.share, language),
                    NONE if told.median is None else delay_in_words(told.median, language),
                ],
            )
        )
    return Section(
        "promise",
        pgettext("register", "How long it took"),
        sentence,
        _("First answers to ideas: how many came within the promised time, and the median delay"),
        [
            pgettext("table", "Language"),
            pgettext("register", "Answered"),
            pgettext("register", "Of these, in time"),
            pgettext("register", "Unanswered and late"),
            pgettext("register", "Promise kept"),
            pgettext("register", "Median delay"),
        ],
        rows,
    )


def _reasons(figures: Figures, language: str) -> Section:
    languages = _by_language(figures)
    refusals = sum(figures.reasons[ALL, DecisionKind.REFUSE, reason] for reason in RefusalReason)
    withdrawals = sum(
        figures.reasons[ALL, DecisionKind.WITHDRAW, reason] for reason in RefusalReason
    )
    sentence = _("Moderators refused %(refused)s and withdrew %(withdrawn)s.") % {
        "refused": _ideas_counted(refusals, language),
        "withdrawn": _ideas_counted(withdrawals, language),
    }
    rows = []
    for reason in RefusalReason:
        cells = [
            number(
                figures.reasons[code, DecisionKind.REFUSE, reason]
                + figures.reasons[code, DecisionKind.WITHDRAW, reason],
                language,
            )
            for code, _name in languages
        ]
        rows.append(Row(str(reason.label), cells))
    return Section(
        "reasons",
        pgettext("register", "Why ideas were refused or withdrawn"),
        sentence,
        _("Refusals and withdrawals by reason, and by the language of the idea"),
        [pgettext("table", "Reason"), *(name for _code, name in languages)],
        rows,
    )


def _appeals(figures: Figures, language: str) -> Section:
    columns = {
        "made": pgettext("register", "Appeals made"),
        "waiting": pgettext("register", "Awaiting an answer"),
        DecisionKind.PUBLISH.value: pgettext("register", "Published after all"),
        DecisionKind.UPHOLD.value: pgettext("register", "Refusal upheld"),
    }
    made = figures.appeals[ALL, "made"]
    sentence = ngettext(
        "%(number)s author asked another moderator to read their idea again.",
        "%(number)s authors asked another moderator to read their idea again.",
        made,
    ) % {"number": number(made, language)}
    rows = [
        Row(name, [number(figures.appeals[code, key], language) for key in columns])
        for code, name in _by_language(figures)
    ]
    return Section(
        "appeals",
        pgettext("register", "Appeals"),
        sentence,
        _("Appeals against refusals and their outcome, by the language of the idea"),
        [pgettext("table", "Language"), *columns.values()],
        rows,
    )


def _periods(figures: Figures, language: str) -> Section:
    columns = {
        "received": pgettext("register", "Received"),
        DecisionKind.PUBLISH.value: pgettext("register", "Published"),
        DecisionKind.REFUSE.value: pgettext("register", "Refused"),
        DecisionKind.WITHDRAW.value: pgettext("register", "Withdrawn"),
    }
    rows = [
        Row(day(begins, language), [number(counted[key], language) for key in columns])
        for begins, counted in sorted(figures.periods.items())
    ]
    by_month = figures.by_month
    return Section(
        "periods",
        pgettext("register", "Month by month") if by_month else pgettext("register", "By week"),
        _("Decisions are counted on the day they were taken, ideas on the day they came."),
        _("Ideas received and decisions taken in each period, all languages together"),
        [
            pgettext("table", "Month of") if by_month else pgettext("table", "Week of"),
            *columns.values(),
        ],
        rows,
    )


def reasons_explained() -> list[tuple[str, str]]:
    """Each reason with what its author is told."""
    return [(str(reason.label), str(EXPLANATIONS[reason])) for reason in RefusalReason]


def delay_in_words(delay: timedelta, language: str) -> str:
    """In whole hours, minutes under one hour, days past 48 hours; rounded to the nearest."""
    if delay < HOUR:
        minutes = round(delay / timedelta(minutes=1))
        said = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes)
        return said % {"minutes": number(minutes, language)}
    hours = round(delay / HOUR)
    if hours < 48:  # noqa: PLR2004 (as core.dates tells ages)
        return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {
            "hours": number(hours, language)
        }
    days = round(hours / 24)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days, language)}


def _ideas_counted(total: int, language: str) -> str:
    said = ngettext("%(number)s idea", "%(number)s ideas", total)
    return said % {"number": number(total, language)}
