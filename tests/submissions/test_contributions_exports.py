"""Contributions as a dataset: one column a question, whatever the language, and safe to open."""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as patient
from hypothesis import strategies as st

from core.cells import BYTE_ORDER_MARK, csv_lines, harmless
from core.clock import database_now
from submissions.models import (
    Attachment,
    Code,
    CodedContribution,
    Consultation,
    ContributionState,
    Question,
    Questionnaire,
)
from tests.submissions.exporting import (
    asked,
    exported,
    headings_of,
    objects_of,
    rows_of,
    said,
    sent,
    some_consultation,
    some_questionnaire,
    tick,
    undone,
    worded,
)

pytestmark = pytest.mark.django_db

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://e.example")', "＝1"]  # noqa: RUF001
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from("=+-@\t\r\n\x0b';,\"＝"),  # noqa: RUF001
)


@pytest.fixture
def consultation() -> Consultation:
    return some_consultation()


@pytest.fixture
def questionnaire(consultation: Consultation) -> Questionnaire:
    return some_questionnaire(consultation)


def table(place: Path, consultation: Consultation, language: str = "en") -> list[dict[str, str]]:
    return rows_of(exported(place, "csv", consultation, language))


# --- One dataset ----------------------------------------------------------------------------------


def test_english_and_french_answers_stand_in_the_same_columns(
    tmp_path, consultation, questionnaire
):
    text = asked(questionnaire, "long_text", "What?")
    one = asked(questionnaire, "one_choice", "Which?", ["Health", "Schools"])
    sent(consultation, said(text, "In English"), said(one, "", tick(one, 1)))
    sent(consultation, said(text, "En français"), said(one, "", tick(one, 1)), language="fr")
    english, french = table(tmp_path, consultation)
    assert [row[f"q{text.pk}"] for row in (english, french)] == ["In English", "En français"]
    assert english[f"q{one.pk}"] == french[f"q{one.pk}"] == "Schools"
    assert (english["language"], french["language"]) == ("en", "fr")


def test_the_french_file_differs_in_headings_and_labels_only(tmp_path, consultation, questionnaire):
    every_kind(consultation, questionnaire)
    files = [exported(tmp_path, "csv", consultation, language) for language in ("en", "fr")]
    headings = [headings_of(file) for file in files]
    codes = [[heading.partition(":")[0] for heading in line] for line in headings]
    assert codes[0] == codes[1]
    assert headings[0] != headings[1]
    assert "respondent_type: Respondent" in headings[0]
    english, french = (rows_of(file)[0] for file in files)
    differ = {code for code in english if english[code] != french[code]}
    labels = {code for code in english if f"{code}_code" in english}
    several = {f"q{q.pk}" for q in questionnaire.questions.filter(kind="several_choices")}
    assert differ <= labels | several
    assert {"respondent_type", "publication", *several} <= differ


def every_kind(consultation: Consultation, questionnaire: Questionnaire) -> dict[str, Question]:
    """A question of each kind, answered once."""
    asked(questionnaire, "section", "Part one")
    asked(questionnaire, "statement", "Read this.")
    kinds = {
        "short_text": asked(questionnaire, "short_text", "Name one."),
        "long_text": asked(questionnaire, "long_text", "What?", word_limit=1000),
        "one_choice": asked(questionnaire, "one_choice", "Which?", ["Health", "Work"], other=True),
        "several_choices": asked(questionnaire, "several_choices", "Lacks?", ["Data", "Money"]),
        "ranking": asked(questionnaire, "ranking", "First?", ["A", "B", "C"]),
        "matrix": asked(questionnaire, "matrix", "How?", ["Tools", "Rules"], ["Bad", "Good"]),
        "scale": asked(questionnaire, "scale", "How open?"),
        "number": asked(questionnaire, "number", "How many?", lowest=Decimal("-2.5")),
        "date": asked(questionnaire, "date", "When?"),
        "link": asked(questionnaire, "link", "Where?", publication="asked"),
        "file": asked(questionnaire, "file", "Show."),
    }
    one = sent(
        consultation,
        said(kinds["short_text"], "Maps"),
        said(kinds["long_text"], "**Open** it."),
        said(kinds["one_choice"], "Sea", tick(kinds["one_choice"], 1)),
        said(kinds["several_choices"], "", tick(kinds["several_choices"], 1)),
        said(
            kinds["ranking"],
            "",
            tick(kinds["ranking"], 2, place=1),
            tick(kinds["ranking"], 0, place=2),
        ),
        said(kinds["matrix"], "", tick(kinds["matrix"], 0, column=3)),
        said(kinds["scale"], number=4),
        said(kinds["number"], amount=Decimal("-12.500000")),
        said(kinds["date"], day="2026-02-28"),
        said(kinds["link"], "https://example.org/", may_publish=False),
        publication="publication_with_name",
    )
    for number, question in enumerate([kinds["file"], kinds["file"], None]):
        Attachment.objects.create(
            contribution=one,
            question=question,
            key=str(number),
            name=f"a{number}.pdf",
            kind="pdf",
            size=9,
            sha256="0" * 64,
        )
    return kinds


def test_each_kind_has_the_columns_that_say_it(tmp_path, consultation, questionnaire):
    kinds = every_kind(consultation, questionnaire)
    (row,) = table(tmp_path, consultation)
    q = {kind: f"q{question.pk}" for kind, question in kinds.items()}
    c = {
        kind: {choice.position: f"c{choice.pk}" for choice in question.choices.all()}
        for kind, question in kinds.items()
    }
    expected = {
        q["short_text"]: "Maps",
        q["long_text"]: "**Open** it.",
        q["one_choice"]: "Work",
        f"{q['one_choice']}_code": c["one_choice"][1],
        f"{q['one_choice']}_other": "Sea",
        q["several_choices"]: "Money",
        f"{q['several_choices']}_{c['several_choices'][0]}": "0",
        f"{q['several_choices']}_{c['several_choices'][1]}": "1",
        f"{q['ranking']}_{c['ranking'][0]}": "2",
        f"{q['ranking']}_{c['ranking'][1]}": "",
        f"{q['ranking']}_{c['ranking'][2]}": "1",
        f"{q['matrix']}_{c['matrix'][0]}": "Good",
        f"{q['matrix']}_{c['matrix'][0]}_code": c["matrix"][3],
        f"{q['matrix']}_{c['matrix'][1]}": "",
        f"{q['matrix']}_{c['matrix'][1]}_code": "",
        q["scale"]: "4",
        q["number"]: "-12.5",
        q["date"]: "2026-02-28",
        q["link"]: "https://example.org/",
        f"{q['link']}_may_publish": "0",
        q["file"]: "a0.pdf | a1.pdf",
    }
    assert {code: row[code] for code in row if code.startswith("q")} == expected
    assert row["files"] == "a2.pdf"


def test_facts_are_codes_and_words_and_the_address_is_in_no_file(tmp_path, consultation):
    one = sent(consultation, publication="publication_with_name")
    (row,) = table(tmp_path, consultation)
    assert row["reference"] == one.reference
    assert (row["respondent_type"], row["respondent_type_code"]) == (
        "Academic or research institute",
        "academic",
    )
    assert (row["country"], row["country_code"]) == ("France", "FR")
    assert row["publication_code"] == "publication_with_name"
    assert row["received"].endswith("Z")
    for format in ("csv", "jsonl", "answers", "codebook", "coding"):
        assert one.contact.email not in exported(tmp_path, format, consultation).read_text("utf-8")


def test_consent_that_was_taken_back_does_not_count(tmp_path, consultation):
    one = sent(consultation, publication="publication_with_name")
    one.consents.update(withdrawn_at=database_now())
    assert table(tmp_path, consultation)[0]["publication_code"] == "not_published"


# case 60
@pytest.mark.parametrize("format", ["csv", "jsonl", "answers", "coding", "contacts", "xlsx"])
def test_withdrawn_ones_and_those_of_other_sites_are_never_in(
    tmp_path, consultation, questionnaire, format
):
    question = asked(questionnaire, "short_text")
    here = sent(consultation, said(question, "Here"))
    gone = sent(consultation, said(question, "Gone"), state=ContributionState.WITHDRAWN)
    elsewhere = some_consultation("other.example.org")
    theirs = asked(some_questionnaire(elsewhere), "short_text", "Theirs?")
    other = sent(elsewhere, said(theirs, "Elsewhere"))
    code = Code.objects.create(consultation=consultation)
    for one in (here, gone, other):
        CodedContribution.objects.create(contribution=one, code=code)
    file = exported(tmp_path, format, consultation).read_bytes()
    if format == "xlsx":
        with zipfile.ZipFile(io.BytesIO(file)) as book:
            file = b"".join(book.read(name) for name in book.namelist())
    assert here.reference.encode() in file
    for text in (gone.reference, other.reference, "Gone", "Elsewhere", "Theirs?"):
        assert text.encode() not in file


# case 26
def test_both_versions_of_a_question_are_exported(tmp_path, consultation, questionnaire):
    question = asked(questionnaire, "long_text", "What would you do?")
    sent(consultation, said(question, "Start", version=1))
    worded(question, "What would you stop?", version=2)
    sent(consultation, said(question, "Stop", version=2))
    rows = table(tmp_path, consultation)
    assert [row[f"q{question.pk}_version"] for row in rows] == ["1", "2"]
    answers = [
        line["answers"][f"q{question.pk}"]
        for line in objects_of(exported(tmp_path, "jsonl", consultation))
    ]
    assert [(one["version"], one["question"]) for one in answers] == [
        (1, "What would you do?"),
        (2, "What would you stop?"),
    ]
    book = rows_of(exported(tmp_path, "codebook", consultation))
    worded_so = [(row["version"], row["text_fr"]) for row in book if row["what"] == "question"]
    assert worded_so == [("1", "[fr] What would you do?"), ("2", "[fr] What would you stop?")]


def test_a_retired_question_keeps_its_column_while_it_has_answers(
    tmp_path, consultation, questionnaire
):
    kept, dropped = asked(questionnaire, "short_text"), asked(questionnaire, "short_text")
    sent(consultation, said(kept, "Kept"))
    questionnaire.questions.update(retired_at=database_now())
    (row,) = table(tmp_path, consultation)
    assert row[f"q{kept.pk}"] == "Kept"
    assert f"q{dropped.pk}" not in row


# --- Safe to open, and whole ----------------------------------------------------------------------


# case 52
@pytest.mark.parametrize("words", FORMULAS)
def test_a_cell_is_never_a_formula(tmp_path, consultation, questionnaire, words):
    question = asked(questionnaire, "short_text", words, [words])
    sent(consultation, said(question, words), name=words, organisation=words)
    for format in ("csv", "codebook", "contacts"):
        text = exported(tmp_path, format, consultation).read_bytes().decode("utf-8-sig")
        for cells in csv.reader(io.StringIO(text, newline="")):
            assert not [cell for cell in cells if cell.startswith((*"=+-@\t\r\n", "＝"))]  # noqa: RUF001
    (row,) = table(tmp_path, consultation)
    assert row[f"q{question.pk}"] == row["name"] == words
    (line,) = objects_of(exported(tmp_path, "jsonl", consultation))
    assert line["answers"][f"q{question.pk}"]["text"] == line["name"] == words


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=4))
@patient(deadline=None)
def test_csv_reads_back_to_what_was_written(rows):
    text = BYTE_ORDER_MARK + "".join(csv_lines(rows))
    read = csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))
    assert [[undone(cell) for cell in row] for row in read] == rows


@given(TEXTS)
@patient(deadline=None)
def test_what_is_made_harmless_is_undone_exactly(text):
    assert undone(harmless(text)) == text
    assert not harmless(text).startswith((*"=+-@\t\r\n", "＝", "＋", "－", "＠"))  # noqa: RUF001


# case 52
def test_nothing_is_cut_and_control_characters_survive(tmp_path, consultation, questionnaire):
    text = "début\x0b\x01 ; , \" ' \r\n\u2028\x85" + "é" * 40_000 + " fin"
    question = asked(questionnaire, "long_text")
    sent(consultation, said(question, text))
    assert table(tmp_path, consultation)[0][f"q{question.pk}"] == text
    (line,) = objects_of(exported(tmp_path, "jsonl", consultation))
    assert line["answers"][f"q{question.pk}"]["text"] == text
    (answer,) = objects_of(exported(tmp_path, "answers", consultation))
    assert answer["answer"] == text
