"""What a form asks, to be looked at: as it is published, or as its page's editor has it so far."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from core.typography import typeset
from submissions.contributions.questions import WITH_QUESTIONS, AskedQuestion, asked_in
from submissions.models import Choice, Question, QuestionKind, Questionnaire, QuestionWording
from submissions.question_blocks import items_of, words_of

UNSAVED = 10**9  # ids of what stands in no row yet: it is looked at, and never sent


@dataclass(frozen=True)
class ShownSection:
    """A section as it is looked at; without title when it is the only one, or the first."""

    title: str
    introduction: str
    asked: tuple[AskedQuestion, ...]


def sections_of(asked: list[AskedQuestion]) -> list[ShownSection]:
    """The questions by section, as contributors go through them; none that is empty."""
    parts: list[tuple[str, str, list[AskedQuestion]]] = [("", "", [])]
    for one in asked:
        if one.question.kind == QuestionKind.SECTION:
            introduction = typeset(one.wording.help_text, one.wording.language)
            parts.append((one.label, introduction, []))
        else:
            parts[-1][2].append(one)
    return [
        ShownSection(title, introduction, tuple(inside))
        for title, introduction, inside in parts
        if inside
    ]


def with_all(rows: Any) -> Any:
    """With everything that showing a form reads: words, choices, conditions."""
    return rows.prefetch_related(*WITH_QUESTIONS, "questions__follows__labels")


def published_questions(questionnaire: Questionnaire, language: str) -> list[AskedQuestion]:
    """What the live page of ``language`` asks, whether or not the form is open."""
    return asked_in(questionnaire, language)


def questionnaire_blocks(page: Page) -> list[tuple[str, Any]]:
    """The questionnaires of a page as its editor has it: block id and value of each."""
    return [
        (child.id or "", child.value)
        for child in getattr(page, "body", [])
        if child.block_type == "questionnaire"
    ]


def drafted_questions(
    value: Any, questionnaire: Questionnaire | None, language: str
) -> list[AskedQuestion]:
    """What a block asks that is not published yet; with the rules that are set already.

    Nothing of it is stored: a question without a row has an id that no form can send.
    """
    known = (
        {str(question.block_id): question for question in questionnaire.questions.all()}
        if questionnaire
        else {}
    )
    return [
        drafted_question(
            child.block_type, child.value, language, place=place, row=known.get(child.id or "")
        )
        for place, child in enumerate(value["questions"], start=1)
    ]


def drafted_question(
    kind: str, value: Any, language: str, *, place: int = 1, row: Question | None = None
) -> AskedQuestion:
    """What one block asks; ``row`` is the question that it became, if it did already."""
    question = row or Question(pk=UNSAVED + place * 1000, kind=kind, position=place)
    wording = QuestionWording(
        question=question, version=question.version, language=language, **words_of(value)
    )
    lines, columns = _choices(question, wording, value)
    return AskedQuestion(question, wording, lines, columns)


Labelled = tuple[tuple[Choice, str], ...]


def _choices(question: Question, wording: QuestionWording, value: Any) -> tuple[Labelled, Labelled]:
    """The choices, or lines; and the columns of a matrix."""
    stored = question.pk < UNSAVED
    known = {str(one.item_id): one for one in question.choices.all()} if stored else {}
    first = question.pk * 1000 if stored else question.pk
    both: tuple[list[tuple[Choice, str]], list[tuple[Choice, str]]] = ([], [])
    for place, (is_column, item) in enumerate(items_of(value), start=1):
        choice = known.get(item.id or "") or Choice(
            pk=first + place, question=question, item_id=item.id, is_column=is_column
        )
        both[is_column].append((choice, typeset(item.value, wording.language)))
    return tuple(both[False]), tuple(both[True])
