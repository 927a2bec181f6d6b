"""The same questionnaire in each language, side by side, and what one has that another lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from submissions.models import Question, Questionnaire, QuestionWording
from submissions.registry.parity import language_name


@dataclass(frozen=True)
class ChoiceSide:
    """A choice as one language has it; ``label`` empty: it is missing there."""

    label: str
    is_column: bool


@dataclass(frozen=True)
class Side:
    """A question as one language has it. ``wording`` None: it is missing there.

    ``behind``: another language has changed its words since, and this one has not followed.
    """

    language: str
    wording: QuestionWording | None
    choices: tuple[ChoiceSide, ...] = ()
    behind: bool = False

    @property
    def lacks_choices(self) -> bool:
        """Whether another language has a choice that this one has not."""
        return self.wording is not None and any(not choice.label for choice in self.choices)


@dataclass(frozen=True)
class ComparedQuestion:
    """One question in every language that the consultation offers."""

    question: Question
    place: int
    sides: tuple[Side, ...]

    @property
    def differs(self) -> bool:
        """Whether the form can't open because of it."""
        return any(side.wording is None or side.lacks_choices for side in self.sides)

    @property
    def behind(self) -> bool:
        """Whether a language says what another has changed since."""
        return any(side.behind for side in self.sides)


@dataclass(frozen=True)
class Column:
    """One language: the title and introduction there; None: not published in it."""

    language: str
    name: str
    label: Any
    stands: bool


@dataclass(frozen=True)
class Comparison:
    """The columns, and the questions in their order."""

    columns: tuple[Column, ...]
    questions: tuple[ComparedQuestion, ...]

    @property
    def differing(self) -> int:
        """How many questions are not the same in every language."""
        return sum(question.differs for question in self.questions)

    @property
    def behind(self) -> int:
        """How many questions say in one language what another has changed since."""
        return sum(question.behind for question in self.questions)


def compare(questionnaire: Questionnaire) -> Comparison:
    """What stands on the live page of each language. As many queries however many questions."""
    languages = questionnaire.consultation.languages
    labels = {label.language: label for label in questionnaire.labels.all()}
    columns = tuple(
        Column(
            code,
            language_name(code),
            labels.get(code),
            code in labels and labels[code].present and labels[code].live,
        )
        for code in languages
    )
    placed = {
        column.language: {part[0]: set(_flat(part[2:])) for part in column.label.structure}
        for column in columns
        if column.stands
    }
    standing = set().union(*placed.values()) if placed else set()
    questions = [
        question
        for question in questionnaire.questions.with_words()
        if str(question.block_id) in standing
    ]
    return Comparison(
        columns,
        tuple(
            ComparedQuestion(
                question,
                place,
                tuple(
                    _side(question, code, placed[code].get(str(question.block_id)), placed)
                    for code in languages
                    if code in placed
                ),
            )
            for place, question in enumerate(questions, start=1)
        ),
    )


def _side(
    question: Question, language: str, here: set[str] | None, placed: dict[str, dict[str, set[str]]]
) -> Side:
    if here is None:
        return Side(language, None)
    newest = {}
    for one in sorted(question.wordings.all(), key=lambda one: one.version):
        newest[one.language] = one
    wording = newest.get(language)
    if wording is None:
        return Side(language, None)
    wanted = set().union(*(parts.get(str(question.block_id), set()) for parts in placed.values()))
    choices = tuple(
        ChoiceSide(
            str(wording.choices.get(str(choice.item_id), ""))
            if str(choice.item_id) in here
            else "",
            choice.is_column,
        )
        for choice in sorted(question.choices.all(), key=lambda c: (c.is_column, c.position))
        if str(choice.item_id) in wanted
    )
    return Side(language, wording, choices, behind=wording.version < question.version)


def _flat(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _flat(value)
