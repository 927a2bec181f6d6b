"""The workbook of contributions reads back to what was written: text, whole, never a formula."""

import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from submissions.contributions.exports.workbook import LONGEST, Book, in_cells, visible
from tests.submissions.exporting import (
    asked,
    exported,
    said,
    sent,
    some_consultation,
    some_questionnaire,
)

# case 52

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "\x0b", "'", ";", ",", '"', "#", " "])
    | st.sampled_from(["_", "x", "0", "4", "1", "F", "😀", "é"]),
)
HARD = [
    "=1+1",
    "#N/A",
    "#REF!",
    " lead",
    "trail ",
    "\n",
    "_x0041_",
    "a_x000D_b",
    "'=1",
    "-",
    "\x0b",
]


def books(path: Path) -> dict[str, list[list[Any]]]:
    """The rows of each sheet, below its headings, as openpyxl reads them; no cell is a formula."""
    found = {}
    for sheet in load_workbook(path):
        cells = [list(row) for row in sheet.iter_rows(min_row=2)]
        assert not [cell for row in cells for cell in row if cell.data_type in "fe"]
        found[sheet.title] = [[cell.value for cell in row] for row in cells]
    return found


def decoded(cell: str | None) -> str:
    """What a spreadsheet shows of a cell: it reads ``_x005F_`` as an underscore."""
    return (cell or "").replace("_x005F_", "_")


@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_texts_read_back(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("book") / "texts.xlsx"
    book = Book(path)
    sheet = book.sheet("Texts", [f"c{number}: Column" for number in range(len(texts))])
    sheet.write(texts)
    book.close()
    ((*cells,),) = books(path)["Texts"] or [[None] * len(texts)]
    assert [decoded(cell) for cell in cells] == [visible(text) for text in texts]


@given(TEXTS, st.integers(8, 40))
@settings(deadline=None)
def test_the_cells_of_a_text_are_the_text(text, longest):
    parts = in_cells(text, longest)
    assert decoded("".join(parts)) == visible(text)
    assert all(len(part.encode("utf-16-le")) // 2 <= longest for part in parts)
    assert all(decoded(part) or not text for part in parts)
    # No part ends or begins inside what stands for one character.
    assert "".join(decoded(part) for part in parts) == visible(text)


@pytest.mark.parametrize("text", HARD)
def test_what_looks_like_something_else_is_text(tmp_path, text):
    path = tmp_path / "hard.xlsx"
    book = Book(path)
    book.sheet("Texts", ["a: A", "b: B"]).write(["K", text])
    book.close()
    ((_key, cell),) = books(path)["Texts"]
    assert decoded(cell) == visible(text)


def test_what_starts_a_formula_stays_text_when_it_is_edited(tmp_path):
    path = tmp_path / "edited.xlsx"
    book = Book(path)
    book.sheet("Texts", ["a: A"]).write(["=1+1"])
    book.close()
    assert load_workbook(path)["Texts"]["A2"].quotePrefix


def test_control_characters_are_shown():
    assert visible("a\x0bb\x01c\x7fd\r\ne\rf\tg") == "a␋b␁c␡d\ne␍f\tg"


def test_numbers_are_numbers_unless_digits_would_be_lost(tmp_path):
    path = tmp_path / "numbers.xlsx"
    book = Book(path)
    exact = Decimal("12345678901234.567891")
    book.sheet("Numbers", ["a: A", "b: B", "c: C"]).write([-3, Decimal("-12.5"), exact])
    book.close()
    assert books(path)["Numbers"] == [[-3, -12.5, "12345678901234.567891"]]


@pytest.mark.django_db
def test_long_texts_go_on_in_a_sheet_of_their_own(tmp_path):
    consultation = some_consultation()
    question = asked(some_questionnaire(consultation), "long_text", "What?")
    text = "=" + " ".join(["mot😀"] * 9_000) + "\x0b" + "x" * 40_000
    one = sent(consultation, said(question, text))
    path = exported(tmp_path, "xlsx", consultation)
    sheets = books(path)
    assert list(sheets) == ["Contributions", "Long texts", "Codebook"]
    headings = [cell.value for cell in next(load_workbook(path)["Contributions"].iter_rows())]
    (row,) = sheets["Contributions"]
    first = row[headings.index(f"q{question.pk}: What?")]
    mark = "[Continued on the sheet “Long texts”]"
    assert first.endswith(mark)
    rest = sheets["Long texts"]
    assert {tuple(line[:3]) for line in rest} == {
        ("Contributions", one.reference, f"q{question.pk}")
    }
    assert [line[3] for line in rest] == list(range(2, len(rest) + 2))
    whole = first.removesuffix(mark) + "".join(line[4] for line in rest)
    assert decoded(whole) == visible(text)
    assert all(len(line[4]) <= LONGEST for line in rest)
    assert any("Long texts" in str(line) for line in sheets["Codebook"])


@pytest.mark.django_db
def test_the_workbook_is_no_xml_that_a_control_character_breaks(tmp_path):
    consultation = some_consultation()
    question = asked(some_questionnaire(consultation), "short_text", "A\x0bquestion")
    sent(consultation, said(question, "a\x0bb"), name="N\x01")
    path = exported(tmp_path, "xlsx", consultation)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    (row,) = books(path)["Contributions"]
    assert "a␋b" in row
    assert "N␁" in row
