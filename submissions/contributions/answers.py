"""What an answer says, in words: on the page that checks it, the receipt, for staff, in public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import dates
from core.numbers import number
from core.typography import typeset
from submissions.contributions.kinds.choosing import OTHER
from submissions.contributions.questions import AskedQuestion, wording_at
from submissions.contributions.sent import GivenAnswer, Tick
from submissions.models import (
    Answer,
    AnswerPublication,
    Question,
    QuestionKind,
    QuestionWording,
)

AnswerLike = Answer | GivenAnswer


@dataclass(frozen=True)
class Said:
    """An answer in words. ``lines``: one for each thing said; ``text``: all of it.

    ``formatted``: the words may hold light formatting (``formatting.as_html``).
    """

    text: str
    lines: list[str]
    formatted: bool = False


def said(question: Question, answer: AnswerLike, language: str) -> Said:
    """What ``answer`` says; labels in ``language``, texts as they were written.

    Labels are those of the version that was answered. Reads the prefetched wordings, choices and
    labels of ``question``, and the ``ticks`` of an ``Answer``. A file says nothing: it stands
    beside.
    """
    if question.kind in {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.LINK}:
        lines = [answer.text] if answer.text else []
        return Said(answer.text, lines, formatted=question.kind == QuestionKind.LONG_TEXT)
    wording = wording_at(question, language, answer.version)
    with translation.override(language):
        lines = _lines(question, wording, answer, language)
    return Said("\n".join(lines), lines)


def publication_said(question: Question, may_publish: bool) -> str:
    """What its author said of one answer alone; nothing where it goes with the rest."""
    match question.publication:
        case AnswerPublication.NEVER:
            return _("This answer is never published.")
        case AnswerPublication.ASKED:
            return _("It may be published.") if may_publish else _("It is not to be published.")
    return ""


def _lines(
    question: Question, wording: QuestionWording, answer: AnswerLike, language: str
) -> list[str]:
    match question.kind:
        case QuestionKind.SCALE if answer.number is not None:
            return [_point(answer.number, question, wording)]
        case QuestionKind.NUMBER if answer.amount is not None:
            return [amount_in_words(answer.amount, wording.unit, language)]
        case QuestionKind.DATE if answer.day is not None:
            return [dates.day(answer.day, language)]
    return [*_ticked(question, wording, _ticks_of(answer)), *_other(answer.text)]


def amount_in_words(amount: Decimal, unit: str, language: str) -> str:
    """The number with its unit, as ``language`` writes them: "1,234.5 people"."""
    written = number(Decimal(f"{amount.normalize():f}"), language)
    unit = typeset(unit, language)
    return f"{written}\u00a0{unit}" if unit else written


def _point(point: int, question: Question, wording: QuestionWording) -> str:
    return pgettext("scale", "%(point)s, where 1 is “%(low)s” and %(points)s is “%(high)s”") % {
        "point": point,
        "points": question.scale_points,
        "low": typeset(wording.low_label, wording.language),
        "high": typeset(wording.high_label, wording.language),
    }


def _ticks_of(answer: AnswerLike) -> list[Tick]:
    if isinstance(answer, GivenAnswer):
        return list(answer.ticks)
    return [Tick(tick.choice_id, tick.place, tick.column_id) for tick in answer.ticks.all()]


def _ticked(question: Question, wording: QuestionWording, ticks: Iterable[Tick]) -> list[str]:
    """The choices in the order of the question, those of a ranking in the order of the answer."""
    by_choice = {tick.choice: tick for tick in ticks}
    labels = {
        choice.pk: typeset(
            wording.choices.get(str(choice.item_id)) or choice.label_in(wording.language),
            wording.language,
        )
        for choice in question.choices.all()
    }
    ordered = [by_choice[pk] for pk in labels if pk in by_choice]
    match question.kind:
        case QuestionKind.RANKING:
            ordered.sort(key=lambda tick: tick.place or 0)
            return [
                pgettext("ranking", "%(place)s. %(choice)s")
                % {"place": tick.place, "choice": labels[tick.choice]}
                for tick in ordered
            ]
        case QuestionKind.MATRIX:
            told = pgettext("matrix", "%(line)s: %(column)s")
            return [
                told % {"line": labels[tick.choice], "column": labels.get(tick.column or 0, "")}
                for tick in ordered
            ]
    return [labels[tick.choice] for tick in ordered]


def _other(words: str) -> list[str]:
    return [_("Other: %(words)s") % {"words": words}] if words else []


def typed_in_words(asked: AskedQuestion, data: Mapping[str, Sequence[str]]) -> str:
    """What stands in the fields of a question, judged by nobody: a line for each thing typed."""
    name = asked.field_name
    labels = {str(choice.pk): label for choice, label in (*asked.choices, *asked.columns)}

    def under(*parts: str) -> list[str]:
        names = [f"{name}_{part}" if part else name for part in parts]
        return [value for one in names for value in data.get(one, ()) if value.strip()]

    match asked.question.kind:
        case QuestionKind.DATE:
            told = [" ".join(under("day", "month", "year"))]
        case QuestionKind.RANKING:
            ranked = [
                (rank, label) for choice, label in asked.choices for rank in under(str(choice.pk))
            ]
            told = [f"{rank}. {label}" for rank, label in sorted(ranked)]
        case QuestionKind.MATRIX:
            told = [
                f"{label}: {labels.get(column, column)}"
                for choice, label in asked.choices
                for column in under(str(choice.pk))
            ]
        case QuestionKind.ONE_CHOICE | QuestionKind.SEVERAL_CHOICES:
            chosen, words = under(""), ", ".join(under("other"))
            told = [labels[value] for value in chosen if value in labels]
            told += _other(words) or [_("Other, say which") for value in chosen if value == OTHER]
        case _:
            told = under("")
    return "\n".join(line for line in told if line)
