"""Contributions as one dataset, whatever the language: a column a question.

CSV is for spreadsheets: what would start a formula is prefixed by an apostrophe. JSON Lines is for
programs: nothing is prefixed, and each answer says which version of its question it answers.
E-mail addresses are in neither. Nothing is cut, and nothing but a few hundred rows is held at once.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from submissions.contributions.questions import wording_at
from submissions.contributions.sent import IDENTITY, publication_of
from submissions.models import Answer, Contribution, Question, QuestionKind

ROWS_AT_ONCE = 200
# Full-width forms too: spreadsheets in East Asian settings take them for the plain signs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads accents wrong
# Line ends to some readers, and allowed in JSON.
JSON_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def questions_of_export() -> list[Question]:
    """A column each: what is asked now, and what has been answered."""
    asked_or_answered = Q(retired_at__isnull=True) | Q(answers__isnull=False)
    return list(
        Question.objects.filter(asked_or_answered)
        .distinct()
        .order_by("questionnaire_id", "position", "pk")
        .with_words()
    )


def as_csv(contributions: QuerySet[Contribution], language: str) -> Iterator[str]:
    """Lines of a CSV file; questions and choices in ``language``, answers as they were written."""
    questions = questions_of_export()
    labels = {
        choice.pk: choice.label_in(language)
        for question in questions
        for choice in question.choices.all()
    }
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    yield writer.writerow(
        [*_facts_header(), *(_column(question, language) for question in questions)]
    )
    for contribution in _in_portions(contributions):
        answers = {answer.question_id: answer for answer in contribution.answers.all()}
        texts = (_as_text(answers.get(question.pk), labels) for question in questions)
        facts = (str(value) for value in _facts(contribution).values())
        yield writer.writerow([harmless(text) for text in (*facts, *texts)])


def as_json_lines(contributions: QuerySet[Contribution], language: str) -> Iterator[str]:
    """One JSON object a line: the contribution, its answers by question."""
    questions = {question.pk: question for question in questions_of_export()}
    for contribution in _in_portions(contributions):
        answers = {
            _name(questions[answer.question_id]): _as_object(answer, questions[answer.question_id])
            for answer in contribution.answers.all()
            if answer.question_id in questions
        }
        line = json.dumps({**_facts(contribution), "answers": answers}, ensure_ascii=False)
        yield line.translate(JSON_LINE_ENDS) + "\n"


def harmless(text: str) -> str:
    """``text`` as a spreadsheet shows it: never a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Line:
    """A file whose ``write`` gives back the line, for the csv module."""

    def write(self, line: str) -> str:
        return line


def _in_portions(contributions: QuerySet[Contribution]) -> Iterable[Contribution]:
    return contributions.prefetch_related("answers__choices", "consents").iterator(ROWS_AT_ONCE)


def _facts_header() -> list[str]:
    return ["reference", "received", "language", *IDENTITY, "publication", "synthetic"]


def _facts(contribution: Contribution) -> dict[str, Any]:
    """What is known besides the answers; codes, not words, so that both languages agree."""
    values = (
        contribution.reference,
        contribution.submitted_at.isoformat(timespec="seconds"),
        contribution.language,
        *(getattr(contribution, name) for name in IDENTITY),
        publication_of(contribution) or "not_published",
        contribution.synthetic,
    )
    return dict(zip(_facts_header(), values, strict=True))


def _name(question: Question) -> str:
    return f"q{question.pk}"


def _column(question: Question, language: str) -> str:
    wording = question.wording_in(language)
    return f"{_name(question)} {wording.label}" if wording else _name(question)


def _as_text(answer: Answer | None, labels: dict[int, str]) -> str:
    if answer is None:
        return ""
    if answer.number is not None:
        return str(answer.number)
    chosen = [labels.get(choice.pk, str(choice.item_id)) for choice in answer.choices.all()]
    return " | ".join(chosen) if chosen else answer.text


def _as_object(answer: Answer, question: Question) -> dict[str, Any]:
    said: dict[str, Any] = {
        "question": wording_at(question, answer.language, answer.version).label,
        "kind": question.kind,
        "version": answer.version,
        "language": answer.language,
    }
    match question.kind:
        case QuestionKind.SCALE:
            return said | {"number": answer.number, "points": question.scale_points}
        case QuestionKind.ONE_CHOICE | QuestionKind.SEVERAL_CHOICES:
            chosen = {choice.pk for choice in answer.choices.all()}
            return said | {
                "choices": [
                    {
                        "id": str(choice.item_id),
                        "label": {label.language: label.text for label in choice.labels.all()},
                    }
                    for choice in question.choices.all()
                    if choice.pk in chosen
                ]
            }
        case _:
            return said | {"text": answer.text}
