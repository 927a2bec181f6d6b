"""Editors go on while a file is written: what they add and somebody answers is in it."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from submissions.contributions.exports import making
from submissions.contributions.exports.dossiers import Dossier, portions
from submissions.contributions.exports.formats import FORMATS
from submissions.contributions.exports.making import BEGINNINGS, make_file, place_of_files
from submissions.models import (
    Choice,
    ChoiceLabel,
    Consultation,
    Export,
    ExportState,
    Question,
    Questionnaire,
)
from tests.submissions.answering import staff
from tests.submissions.exporting import (
    asked,
    said,
    sent,
    some_consultation,
    some_questionnaire,
    tick,
    worded,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> Consultation:
    return some_consultation()


@pytest.fixture
def questionnaire(consultation: Consultation) -> Questionnaire:
    return some_questionnaire(consultation)


@pytest.fixture
def colours(questionnaire: Questionnaire) -> Question:
    return asked(questionnaire, "several_choices", "Which?", ["red", "blue"])


def add_choice(question: Question, word: str) -> None:
    """As a publication of the page does, in one language."""
    row = Choice.objects.create(
        question=question, item_id=uuid.uuid4(), position=question.choices.count()
    )
    ChoiceLabel.objects.create(choice=row, language="en", text=word)


def made(consultation: Consultation, format: str) -> Export:
    """The file, as the worker makes it for somebody who may have all there is."""
    export = Export.objects.create(
        consultation=consultation,
        by=staff("view_contribution", "export_contribution", "add_passage", "view_contactdetails"),
        format=format,
        language="en",
    )
    make_file.call(str(export.pk))
    export.refresh_from_db()
    return export


def while_written(monkeypatch: pytest.MonkeyPatch, happens: Any, times: int = 1) -> None:
    """``happens()`` once the questions were read, before the contributions are; so many times."""
    left = list(range(times))

    def read_late(ids: list[int]) -> Iterator[list[Dossier]]:
        if left:
            left.pop()
            happens()
        return portions(ids)

    monkeypatch.setattr(making, "portions", read_late)


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "codebook"])
def test_a_choice_that_is_added_and_ticked_meanwhile_is_in(
    consultation, colours, monkeypatch, format
):
    dossier = sent(consultation, said(colours, "", tick(colours, 0)))

    def green() -> None:
        add_choice(colours, "green")
        new = tick(colours, 2)
        new.answer = dossier.answers.get()
        new.save()

    while_written(monkeypatch, green)
    export = made(consultation, format)
    assert (export.state, export.total) == (ExportState.READY, 1)
    if format in {"csv", "jsonl"}:
        assert b"green" in place_of_files().open(export.key).read()


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_a_question_and_a_version_that_are_new_are_in(
    consultation, questionnaire, colours, monkeypatch, format
):
    dossier = sent(consultation, said(colours, "", tick(colours, 0)))

    def grown() -> None:
        worded(colours, "Which of them?", version=2)
        dossier.answers.update(version=2)
        answer = said(asked(questionnaire, "short_text", "Why?"), "Because it is bright.")
        answer.contribution, answer.language = dossier, "en"
        answer.save()

    while_written(monkeypatch, grown)
    export = made(consultation, format)
    assert export.state == ExportState.READY
    assert b"Because it is bright." in place_of_files().open(export.key).read()


def test_who_never_stops_is_not_waited_for(consultation, colours, monkeypatch):
    dossier = sent(consultation, said(colours, "", tick(colours, 0)))
    begun = []

    def another() -> None:
        begun.append(1)
        add_choice(colours, f"colour {len(begun)}")
        new = tick(colours, 1 + len(begun))
        new.answer = dossier.answers.get()
        new.save()

    while_written(monkeypatch, another, times=BEGINNINGS + 1)
    assert made(consultation, "csv").state == ExportState.FAILED
    assert len(begun) == BEGINNINGS
