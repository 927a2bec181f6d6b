"""A consultation with questions of every kind and contributions, made as rows: for exports."""

import csv
import io
import json
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils import translation
from wagtail.models import Page, Site

from core.cells import BYTE_ORDER_MARK, FORMULA_STARTS
from submissions.contributions.exports.dataset import Dataset
from submissions.contributions.exports.making import write
from submissions.models import (
    Answer,
    AnswerChoice,
    Choice,
    ChoiceLabel,
    Consent,
    Consultation,
    ContactDetails,
    Contribution,
    Question,
    Questionnaire,
    QuestionnaireLabel,
    QuestionWording,
)
from tests.factories import open_consultation


def some_consultation(host: str = "localhost") -> Consultation:
    """That of the site at ``host``, made if it is not there; it has no pages."""
    root = {"root_page": Page.get_first_root_node()}
    return open_consultation(Site.objects.get_or_create(hostname=host, defaults=root)[0])


def some_questionnaire(consultation: Consultation) -> Questionnaire:
    """One that asks nothing yet."""
    row = Questionnaire.objects.create(
        consultation=consultation, translation_key=uuid.uuid4(), block_id=uuid.uuid4()
    )
    for language, title in (("en", "Culture"), ("fr", "La culture")):
        QuestionnaireLabel.objects.create(questionnaire=row, language=language, page_title=title)
    return row


def asked(
    questionnaire: Questionnaire,
    kind: str,
    label: str = "What?",
    choices: Iterable[str] = (),
    columns: Iterable[str] = (),
    **rules: Any,
) -> Question:
    """A question with its words and choices in both languages; French ones begin with ``[fr]``."""
    question = Question.objects.create(
        questionnaire=questionnaire,
        block_id=uuid.uuid4(),
        kind=kind,
        position=questionnaire.questions.count(),
        **rules,
    )
    rows = [
        Choice.objects.create(
            question=question, item_id=uuid.uuid4(), position=place, is_column=is_column
        )
        for place, (_word, is_column) in enumerate(_words(choices, columns))
    ]
    words = [word for word, _is_column in _words(choices, columns)]
    for row, word in zip(rows, words, strict=True):
        for language in ("en", "fr"):
            text = _in(language, word)
            ChoiceLabel.objects.create(choice=row, language=language, text=text)
    worded(question, label, dict(zip(rows, words, strict=True)))
    return question


def worded(
    question: Question, label: str, choices: dict[Choice, str] | None = None, version: int = 1
) -> None:
    """The words of a version, in both languages."""
    for language in ("en", "fr"):
        QuestionWording.objects.create(
            question=question,
            version=version,
            language=language,
            label=_in(language, label),
            choices={
                str(row.item_id): _in(language, word) for row, word in (choices or {}).items()
            },
        )
    Question.objects.filter(pk=question.pk).update(version=version)


def sent(consultation: Consultation, *answers: Answer, **facts: Any) -> Contribution:
    """A contribution with these answers, of which ``said`` makes one."""
    publication = facts.pop("publication", None)
    told = {
        "language": "en",
        "respondent_type": "academic",
        "name": "Camille Noël",
        "organisation": "Institut d’étude",
        "country": "FR",
    } | facts
    contribution = Contribution.objects.create(consultation=consultation, **told)
    ContactDetails.objects.create(
        contribution=contribution, email=f"{contribution.reference.lower()}@example.org"
    )
    for answer in answers:
        ticks = getattr(answer, "unsaved_ticks", ())
        answer.contribution = contribution
        answer.language = answer.language or contribution.language
        answer.save()
        for tick in ticks:
            tick.answer = answer
            tick.save()
    if publication:
        Consent.objects.create(
            contribution=contribution, purpose=publication, version="2026-11", language="en"
        )
    return contribution


def said(question: Question, text: str = "", *ticks: AnswerChoice, **values: Any) -> Answer:
    """An answer, to be given to ``sent``."""
    answer = Answer(question=question, text=text, version=values.pop("version", 1), **values)
    answer.unsaved_ticks = ticks  # type: ignore[attr-defined]
    return answer


def tick(
    question: Question, number: int, *, place: int | None = None, column: int | None = None
) -> AnswerChoice:
    """A tick of the choice at that position; ``column`` is a position too."""
    choices = question.choices
    at = None if column is None else choices.get(position=column)
    return AnswerChoice(choice=choices.get(position=number), place=place, column=at)


# --- Files ----------------------------------------------------------------------------------------


def exported(place: Path, format: str, consultation: Consultation, language: str = "en") -> Path:
    """The file of all contributions of ``consultation``, in the order of their numbers."""
    path = place / f"{uuid.uuid4()}.{format}"
    ids = list(consultation.contributions.order_by("pk").values_list("pk", flat=True))
    with translation.override(language):
        write(path, format, Dataset.of(consultation, language), ids)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    """A CSV file as a program reads it back: by code of column, apostrophes taken away."""
    text = path.read_bytes().decode()
    assert text.startswith(BYTE_ORDER_MARK)
    rows = csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))
    codes = [heading.partition(":")[0] for heading in next(rows)]
    assert len(set(codes)) == len(codes)
    return [dict(zip(codes, map(undone, row), strict=True)) for row in rows]


def headings_of(path: Path) -> list[str]:
    """Of a CSV file."""
    return next(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def objects_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_bytes().decode().split("\n")[:-1]]


def undone(text: str) -> str:
    """A cell of a CSV file as it was before it was made harmless: docs/exports.md."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(FORMULA_STARTS) else text


def _words(choices: Iterable[str], columns: Iterable[str]) -> Iterator[tuple[str, bool]]:
    yield from ((word, False) for word in choices)
    yield from ((word, True) for word in columns)


def _in(language: str, word: str) -> str:
    return word if language == "en" else f"[fr] {word}"
