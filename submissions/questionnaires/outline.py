"""A questionnaire as its editors read it: sections, questions in order, each rule in words."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from core.numbers import number
from submissions.models import (
    NOT_ANSWERED,
    AnswerPublication,
    Question,
    QuestionKind,
    Questionnaire,
)
from submissions.questionnaires.rules import rules_of
from submissions.registry.typo import may_be_typo


@dataclass(frozen=True)
class Condition:
    """“Asked after question 2 when one of these is ticked”; ``gone`` of them is not offered now."""

    place: int  # of the question that it follows, 0 for one that is no longer asked
    label: str
    choices: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One question of the outline. ``place`` counts those that are answered; 0 for the others."""

    question: Question
    place: int
    rules: tuple[str, ...]
    conditions: tuple[Condition, ...]
    warnings: tuple[str, ...]
    typo: bool

    @property
    def has_rules(self) -> bool:
        """Whether there is anything to set."""
        return bool(rules_of(self.question.kind))


@dataclass(frozen=True)
class Part:
    """A section: its heading (None before any), and what stands under it."""

    heading: Line | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Outline:
    """All that is asked, by section, and what is no longer asked."""

    parts: tuple[Part, ...]
    retired: tuple[Line, ...]


def outline_of(questionnaire: Questionnaire) -> Outline:
    """The questions in their order. As many queries whatever their number."""
    questions = list(questionnaire.questions.with_words().prefetch_related("follows__labels"))
    asked = [question for question in questions if question.retired_at is None]
    answered = [question.pk for question in asked if question.kind not in NOT_ANSWERED]
    places = {pk: place for place, pk in enumerate(answered, start=1)}
    by_id = {question.pk: question for question in questions}

    def line(question: Question) -> Line:
        conditions = _conditions(question, by_id, places)
        return Line(
            question,
            places.get(question.pk, 0),
            tuple(_said(question)),
            tuple(conditions),
            tuple(_warnings(question, conditions, by_id)),
            may_be_typo(question),
        )

    parts: list[tuple[Line | None, list[Line]]] = [(None, [])]
    for question in asked:
        if question.kind == QuestionKind.SECTION:
            parts.append((line(question), []))
        else:
            parts[-1][1].append(line(question))
    return Outline(
        tuple(Part(heading, tuple(lines)) for heading, lines in parts if heading or lines),
        tuple(line(question) for question in questions if question.retired_at is not None),
    )


def _said(question: Question) -> list[str]:
    """Its rules, each in a few words; what everything has by default goes without saying."""
    named = rules_of(question.kind)
    said = []
    if "required" in named:
        said.append(
            pgettext("answer", "Required") if question.required else pgettext("answer", "Optional")
        )
    if "word_limit" in named:
        said.append(
            ngettext("%(limit)s word at most", "%(limit)s words at most", question.word_limit)
            % {"limit": _number(question.word_limit)}
        )
    if "scale_points" in named:
        said.append(
            ngettext("%(count)s point", "%(count)s points", question.scale_points)
            % {"count": _number(question.scale_points)}
        )
    if "most_choices" in named and question.most_choices:
        said.append(
            ngettext("%(count)s choice at most", "%(count)s choices at most", question.most_choices)
            % {"count": _number(question.most_choices)}
        )
    if "other" in named and question.other:
        said.append(_("With “Other, say which”"))
    if "lowest" in named:
        said.extend(_bounds(question))
    if "publication" in named and question.publication != AnswerPublication.WITH_THE_REST:
        said.append(
            _("Never published")
            if question.publication == AnswerPublication.NEVER
            else _("Published if the contributor agrees for this answer")
        )
    return said


def _bounds(question: Question) -> list[str]:
    bounds = {
        name: _number(value.normalize() + 0)
        for name in ("lowest", "highest")
        if (value := getattr(question, name)) is not None
    }
    if len(bounds) == 2:  # noqa: PLR2004 (both)
        return [_("From %(lowest)s to %(highest)s") % bounds]
    if "lowest" in bounds:
        return [_("%(lowest)s or more") % bounds]
    if "highest" in bounds:
        return [_("%(highest)s or less") % bounds]
    return []


def _number(value: object) -> str:
    return number(value, get_language() or "en")  # type: ignore[arg-type] # int or Decimal


def _conditions(
    question: Question, by_id: dict[int, Question], places: dict[int, int]
) -> list[Condition]:
    ticked: dict[int, list[tuple[str, bool]]] = {}
    for choice in sorted(question.follows.all(), key=lambda choice: choice.position):
        ticked.setdefault(choice.question_id, []).append(
            (str(choice), choice.retired_at is not None)
        )
    return [
        Condition(
            places.get(earlier, 0),
            str(by_id[earlier]),
            tuple(label for label, gone in labels if not gone),
            tuple(label for label, gone in labels if gone),
        )
        for earlier, labels in ticked.items()
    ]


def _warnings(
    question: Question, conditions: list[Condition], by_id: dict[int, Question]
) -> list[str]:
    """What makes of a follow-up a question that is never asked, or asked too soon."""
    if not conditions or question.retired_at:
        return []
    if not any(condition.place and condition.choices for condition in conditions):
        return [
            _(
                "Nobody is asked this: the choices that it follows are no longer offered. Choose"
                " others, or none to ask everybody."
            )
        ]
    earlier = {choice.question_id for choice in question.follows.all()}
    if any(by_id[pk].position > question.position for pk in earlier):
        return [
            _("It stands before the question that it follows. Move it further down in the page.")
        ]
    return []
