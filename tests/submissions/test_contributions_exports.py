"""Contributions as a dataset: one column a question, whatever the language, and safe to open."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.users.models import UserProfile

from submissions.contributions.exports import FORMULA_STARTS, as_csv, as_json_lines, harmless
from submissions.models import Answer, Contribution
from tests.factories import published, translate
from tests.submissions.answering import Door, expert_door, staff
from themes.models import ThemePage

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://e.example")', "＝1"]  # noqa: RUF001


@pytest.fixture
def door(db) -> Door:
    return expert_door()


def table(language: str = "en") -> list[dict[str, str]]:
    """The CSV file as a program reads it back."""
    text = "".join(as_csv(Contribution.objects.order_by("pk"), language))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def objects() -> list[dict]:
    lines = "".join(as_json_lines(Contribution.objects.order_by("pk"), "en"))
    return [json.loads(line) for line in lines.splitlines()]


def column(door: Door, kind: str, row: dict[str, str]) -> str:
    name = f"q{door.question(kind).pk} "
    found = [key for key in row if key.startswith(name)]
    assert len(found) == 1
    return row[found[0]]


def test_english_and_french_answers_stand_in_the_same_columns(door):
    choice = door.choice("one_choice", 1)
    door.received(long_text="In English", one_choice=choice, scale="2")
    door.received(language="fr", long_text="En français", one_choice=choice, scale="4")
    english, french = table()
    assert column(door, "long_text", english) == "In English"
    assert column(door, "long_text", french) == "En français"
    assert column(door, "one_choice", english) == column(door, "one_choice", french) == "Schools"
    assert [column(door, "scale", row) for row in (english, french)] == ["2", "4"]
    assert (english["language"], french["language"]) == ("en", "fr")
    assert list(english) == list(french)


def test_questions_and_choices_are_named_in_the_readers_language(door):
    door.received(several_choices=[door.choice("several_choices", n) for n in (0, 2)])
    (row,) = table("fr")
    assert column(door, "several_choices", row) == "[fr] Data | [fr] People"
    assert any(key.endswith("[fr] Name one project.") for key in row)


def test_facts_are_codes_and_the_address_is_in_no_file(door):
    contribution = door.received(publication="publication_with_name")
    (row,) = table()
    assert row["reference"] == contribution.reference
    assert row["respondent_type"] == "academic"
    assert row["country"] == "FR"
    assert row["publication"] == "publication_with_name"
    assert contribution.contact.email not in str(row) + str(objects())


# case 52
@pytest.mark.parametrize("words", FORMULAS)
def test_a_cell_is_never_a_formula(door, words):
    contribution = door.received()
    contribution.answers.update(text=words)  # as an import could have brought it
    Contribution.objects.update(name=words, organisation=words)
    (row,) = table()
    assert column(door, "long_text", row) == f"'{words}"
    assert row["name"] == row["organisation"] == f"'{words}"
    (line,) = objects()
    assert line["answers"][f"q{door.question('long_text').pk}"]["text"] == words
    assert line["name"] == words


@given(st.text())
def test_no_text_starts_a_formula(text):
    assert not harmless(text).startswith(FORMULA_STARTS)
    assert harmless(text).endswith(text)


# case 52
def test_nothing_is_cut_and_control_characters_survive(door):
    text = "début\x0b\x01 ; , \" ' \r\n\u2028\x85" + "é" * 40_000 + " fin"
    door.received().answers.update(text=text)
    (row,) = table()
    assert column(door, "long_text", row) == text
    (line,) = objects()
    assert line["answers"][f"q{door.question('long_text').pk}"]["text"] == text


def test_json_lines_tell_version_language_and_choices(door):
    first = door.choice("one_choice", 0)
    door.received(language="fr", one_choice=first, scale="5")
    (line,) = objects()
    choice = line["answers"][f"q{door.question('one_choice').pk}"]
    assert (choice["version"], choice["language"]) == (1, "fr")
    assert choice["question"] == "[fr] Which comes first?"
    assert choice["choices"] == [
        {
            "id": str(door.question("one_choice").choices.get(pk=first).item_id),
            "label": {"en": "Health", "fr": "[fr] Health"},
        }
    ]
    assert line["answers"][f"q{door.question('scale').pk}"]["number"] == 5


# case 26
def test_a_retired_question_keeps_its_column_and_each_answer_its_version(door):
    door.received(short_text="Kept")
    body = door.page.body.raw_data[0]
    asked = [one for one in body["value"]["questions"] if one["type"] != "short_text"]
    body["value"]["questions"] = asked
    for question in asked:
        if question["type"] == "long_text":
            question["value"]["label"] = "Quite another question: what would you stop?"
    page = ThemePage.objects.get(pk=door.page.pk)
    page.body = [dict(body)]
    translate(published(page))
    door.received()
    before, after = table()
    assert column(door, "short_text", before) == "Kept"
    assert column(door, "short_text", after) == ""
    versions = [line["answers"][f"q{door.question('long_text').pk}"] for line in objects()]
    assert [(answer["version"], answer["question"][:5]) for answer in versions] == [
        (1, "What "),
        (2, "Quite"),
    ]


def test_the_file_is_streamed_and_follows_the_filters(door, client):
    door.received(name="Ada")
    door.received(language="fr", name="Noor")
    client.force_login(staff("view_contribution", "export_contribution"))
    response = client.get(reverse("contributions:export_csv"), {"language": "fr"})
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="contributions-')
    text = response.getvalue().decode()
    assert "Noor" in text
    assert "Ada" not in text
    lines = client.get(reverse("contributions:export_jsonl")).getvalue().decode().splitlines()
    assert {json.loads(line)["name"] for line in lines} == {"Ada", "Noor"}


def test_the_stream_speaks_the_language_of_who_asked(door, client):
    door.received(one_choice=door.choice("one_choice", 1))
    user = staff("view_contribution", "export_contribution")
    UserProfile.objects.create(user=user, preferred_language="fr")
    client.force_login(user)
    text = client.get(reverse("contributions:export_csv")).getvalue().decode()
    assert "[fr] Schools" in text


def test_many_contributions_need_no_more_queries(door):
    door.received(scale="1", one_choice=door.choice("one_choice", 0))
    with CaptureQueriesContext(connection) as few:
        table()
    for _number in range(5):
        door.received(language="fr", scale="2", one_choice=door.choice("one_choice", 1))
    with CaptureQueriesContext(connection) as many:
        assert len(table()) == 6
    assert len(many) == len(few)
    assert Answer.objects.count() == 18
