"""Rows of every kind: made, changed, retired, revived, translated, said in words (case 26)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User

from core import dates
from submissions.contributions.answers import said
from submissions.contributions.questions import asked_in
from submissions.contributions.sent import GivenAnswer, Tick
from submissions.models import Answer, AnswerChoice, Contribution, Question
from submissions.registry import differences
from submissions.registry.attach import attach
from submissions.registry.typo import confirm_typo, may_be_typo
from tests.factories import published, questionnaire_block, translate
from tests.submissions.asking import EVERY_KIND, Asking, asking

pytestmark = pytest.mark.django_db
Questions = list[dict[str, Any]]
DAY = date(2026, 3, 1)


@pytest.fixture
def door() -> Asking:
    return asking()


def edit(
    door: Asking, change: Callable[[Questions], Questions | None], *, both: bool = False
) -> None:
    """Publish the English page with ``change`` done to its questions; ``both``: the French too."""
    body = list(door.page.body.raw_data)
    body[0]["value"]["questions"] = (
        change(body[0]["value"]["questions"]) or body[0]["value"]["questions"]
    )
    door.page.body = body
    door.page = published(door.page)
    if both:
        door.page_fr = translate(door.page)


def of_kind(questions: Questions, kind: str) -> dict[str, Any]:
    value: dict[str, Any] = next(one["value"] for one in questions if one["type"] == kind)
    return value


def words(question: Question, language: str) -> Any:
    question = Question.objects.with_words().get(pk=question.pk)
    return question.wording_in(language)


def test_each_kind_has_its_row_and_its_words_in_each_language(door):
    rows = list(door.row.questions.order_by("position"))
    assert [(row.kind, row.position) for row in rows] == [
        (kind, place) for place, (kind, _words) in enumerate(EVERY_KIND)
    ]
    for row, (_kind, written) in zip(rows, EVERY_KIND, strict=True):
        english, french = words(row, "en"), words(row, "fr")
        assert english.label == written["label"]
        assert french.label == f"[fr] {written['label']}"
        assert english.version == french.version == 1
    assert words(door.question("number"), "fr").unit == "[fr] people"
    assert words(door.question("scale"), "fr").low_label == "[fr] Not at all"
    assert differences(door.fresh()) == []
    assert door.fresh().level


def test_columns_of_a_matrix_are_choices_that_say_so(door):
    choices = list(door.question("matrix").choices.order_by("position"))
    assert [(one.label_in("en"), one.is_column) for one in choices] == [
        ("Research", False),
        ("Teaching", False),
        ("Less", True),
        ("As now", True),
        ("More", True),
    ]
    asked = door.one("matrix", "fr")
    assert [label for _choice, label in asked.choices] == ["[fr] Research", "[fr] Teaching"]
    assert [label for _choice, label in asked.columns] == ["[fr] Less", "[fr] As now", "[fr] More"]


def test_the_same_ids_ask_the_same_rows_in_each_language(door):
    english, french = (
        {one.question.pk: [c.pk for c, _label in (*one.choices, *one.columns)] for one in asked}
        for asked in (asked_in(door.fresh(), "en"), asked_in(door.fresh(), "fr"))
    )
    assert english == french
    assert len(english) == len(EVERY_KIND)


def test_a_column_that_one_language_lacks_is_named(door):
    edit(
        door,
        lambda questions: of_kind(questions, "matrix")["columns"].append(
            {"type": "item", "id": "6f1f4f0e-58a4-4b7e-a4b1-9f3a3a5b7c01", "value": "Much more"}
        ),
    )
    found = [one.sentence for one in differences(door.fresh())]
    assert found == ["In French, “How much of each?” lacks choices: 1 missing."]
    door.page_fr = translate(door.page)
    assert differences(door.fresh()) == []


def test_a_column_is_retired_and_comes_back_as_the_same_row(door):
    before = door.choice("matrix", 4)
    kept: list[dict[str, Any]] = []
    edit(door, lambda questions: kept.append(of_kind(questions, "matrix")["columns"].pop()))
    before.refresh_from_db()
    assert before.retired_at is not None
    assert len(door.one("matrix").columns) == 2
    edit(door, lambda questions: of_kind(questions, "matrix")["columns"].append(kept[0]))
    before.refresh_from_db()
    assert before.retired_at is None
    assert before.is_column
    assert door.question("matrix").choices.count() == 5


@pytest.mark.parametrize("kind", ["section", "statement", "ranking", "number", "file"])
def test_a_question_is_retired_and_comes_back_as_the_same_row(door, kind):
    row = door.question(kind)
    all_of_it = list(door.page.body.raw_data[0]["value"]["questions"])
    edit(door, lambda questions: [one for one in questions if one["id"] != str(row.block_id)])
    row.refresh_from_db()
    assert row.retired_at is not None
    assert row.pk not in {one.question.pk for one in door.asked()}
    edit(door, lambda questions: all_of_it)
    row.refresh_from_db()
    assert row.retired_at is None
    assert [one.question.kind for one in door.asked()] == [kind for kind, _words in EVERY_KIND]


def test_another_unit_is_another_version_and_answers_keep_theirs(door):
    def other_unit(questions: Questions) -> None:
        of_kind(questions, "number")["unit"] = "full-time posts"

    question = door.question("number")
    answer = GivenAnswer(question.pk, 1, amount=Decimal(1234))
    edit(door, other_unit, both=True)
    question = Question.objects.with_words().get(pk=question.pk)
    assert question.version == 2
    assert not may_be_typo(question)
    assert said(question, answer, "en").text == "1,234\u00a0people"
    newer = GivenAnswer(question.pk, 2, amount=answer.amount)
    assert said(question, newer, "fr").text == "1\u202f234\u00a0[fr] full-time posts"


def test_a_unit_that_was_misspelt_may_be_mended(door):
    def misspelt(questions: Questions) -> None:
        of_kind(questions, "number")["unit"] = "peoplle"

    edit(door, misspelt)
    question = door.question("number")
    assert question.version == 2
    assert may_be_typo(question)
    confirm_typo(question, User.objects.create_superuser("chief"))
    question.refresh_from_db()
    assert question.version == 1
    assert words(question, "en").unit == "peoplle"


def test_attaching_tells_lines_from_columns_and_their_words_are_found():
    same = ["Less", "More"]
    kinds: list[tuple[str, dict[str, Any]]] = [
        ("one_choice", {"label": "Do you use it?", "choices": ["Yes", "No"]}),
        ("matrix", {"label": "How much?", "choices": same, "columns": same}),
        ("date", {"label": "Since when?"}),
    ]
    door = asking(kinds)
    lines = [one.pk for one, _label in door.one("matrix").choices]
    columns = [one.pk for one, _label in door.one("matrix").columns]
    contribution = contribution_with(door, door.question("matrix"), lines[0], columns[1])
    retired = door.row
    door.page.body = [questionnaire_block(questions=kinds)]
    door.page = published(door.page)
    new = type(retired).objects.exclude(pk=retired.pk).get()
    retired.refresh_from_db()
    attach(retired, new, User.objects.create_superuser("chief"))
    assert [one.pk for one, _label in door.one("matrix").choices] == lines
    assert [one.pk for one, _label in door.one("matrix").columns] == columns
    tick = contribution.answers.get().ticks.get()
    assert (tick.choice_id, tick.column_id) == (lines[0], columns[1])


def contribution_with(door: Asking, question: Question, line: int, column: int) -> Any:
    """A contribution that ticks a column of a line."""
    contribution = Contribution.objects.create(
        consultation=door.row.consultation, language="en", name="A", country="FR"
    )
    answer = Answer.objects.create(
        contribution=contribution, question=question, version=1, language="en"
    )
    AnswerChoice.objects.create(answer=answer, choice_id=line, column_id=column)
    return contribution


def test_an_answer_in_words_of_either_language(door):
    def pk(kind: str, position: int) -> int:
        return door.choice(kind, position).pk

    def told(kind: str, language: str = "en", **given: Any) -> list[str]:
        question = Question.objects.with_words().get(pk=door.question(kind).pk)
        return said(question, GivenAnswer(question.pk, 1, **given), language).lines

    several = {Tick(pk("several_choices", 2)), Tick(pk("several_choices", 0))}
    ranked = {Tick(pk("ranking", 0), place=2), Tick(pk("ranking", 2), place=1)}
    matrix = {
        Tick(pk("matrix", 1), column=pk("matrix", 3)),
        Tick(pk("matrix", 0), column=pk("matrix", 2)),
    }
    assert told("several_choices", ticks=frozenset(several), text="Water") == [
        "Data",
        "People",
        "Other: Water",
    ]
    assert told("ranking", ticks=frozenset(ranked)) == ["1. Farms", "2. Hospitals"]
    assert told("matrix", ticks=frozenset(matrix)) == ["Research: Less", "Teaching: As now"]
    assert told("matrix", "fr", ticks=frozenset(matrix))[0] == "[fr] Research\u00a0: [fr] Less"
    assert told("scale", number=5) == ["5, where 1 is “Not at all” and 5 is “Entirely”"]
    assert told("long_text", text="As *typed*\nhere") == ["As *typed*\nhere"]
    assert told("date", day=DAY) == [dates.day(DAY, "en")]
    assert told("date", "fr", day=DAY) == [dates.day(DAY, "fr")]
    assert told("file") == []
