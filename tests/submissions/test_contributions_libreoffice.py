"""What a spreadsheet makes of our files: LibreOffice opens each, and every cell is the text sent.

Debian's ``libreoffice-calc-nogui``, headless, with a profile of its own.
"""

import csv
import io
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from submissions.contributions.exports.workbook import visible
from tests.submissions.exporting import (
    asked,
    exported,
    said,
    sent,
    some_consultation,
    some_questionnaire,
    undone,
)

pytestmark = [pytest.mark.more, pytest.mark.django_db]

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
# Fields end at a comma, are held by quotes, are in UTF-8; quoted ones are text.
COMMAS = "44,34,76,1,,0,true,true"
# As a reader in France has it by default: a semicolon, a comma and a tab all end a field.
ALL_THREE = "59/44/9,34,76,1,,0,false,true"
HARD = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://e.example";"x")',
    "＝1",  # noqa: RUF001
    "'=1",
    "'quoted'",
    'a "b", c; d\te',
    "one;=1+1",
    "one\n=1+1\n- two",
    "#N/A",
    "_x0041_",
    " lead and trail ",
    "\x0bcontrol\x01",
    "émoji 😀 œ",
    "007",
    "1/2",
    "3,5",
    "TRUE",
    "=" + "é" * 40_000,
]


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory):
    """Converts a file, and gives back what it became."""
    place = tmp_path_factory.mktemp("office")

    def convert(file: Path, to: str, *options: str) -> Path:
        answer = subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{place}/profile",
                *("--headless", "--norestore", *options),
                *("--convert-to", to, "--outdir", str(place), str(file)),
            ],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        made = place / f"{file.stem}.{to.partition(':')[0]}"
        assert made.exists(), answer.stdout + answer.stderr
        return made

    return convert


@pytest.fixture
def consultation():
    """Each hard text, as an answer and as a name."""
    consultation = some_consultation()
    question = asked(some_questionnaire(consultation), "long_text", "What?")
    for text in HARD:
        sent(consultation, said(question, text), name=text[:200])
    return consultation


def cells(flat: Path) -> list[list[tuple[str, bool]]]:
    """Type and whether it is a formula, of every cell of the first sheet that holds anything."""
    sheet = ElementTree.parse(flat).getroot().find(f".//{{{TABLE}}}table")
    assert sheet is not None
    return [
        [
            (cell.get(f"{{{OFFICE}}}value-type", ""), f"{{{TABLE}}}formula" in cell.attrib)
            for cell in row.iter(f"{{{TABLE}}}table-cell")
        ]
        for row in sheet.iter(f"{{{TABLE}}}table-row")
    ]


def read(file: Path) -> list[dict[str, str]]:
    """The CSV that LibreOffice writes of what it has read."""
    rows = csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""))
    codes = [heading.partition(":")[0] for heading in next(rows)]
    return [dict(zip(codes, row, strict=True)) for row in rows]


# case 52
@pytest.mark.parametrize("separators", [COMMAS, ALL_THREE])
def test_the_table_opens_as_text(tmp_path, consultation, office, separators):
    file = exported(tmp_path, "csv", consultation)
    opened = f"--infilter=Text - txt - csv (StarCalc):{separators}"
    every = cells(office(file, "fods", opened))
    assert len(every) > len(HARD)
    assert not [cell for row in every for cell in row if cell[1]]


# case 52
def test_the_table_reads_back_whole(tmp_path, consultation, office):
    file = exported(tmp_path, "csv", consultation)
    opened = f"--infilter=Text - txt - csv (StarCalc):{COMMAS}"
    rows = read(office(file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true", opened))
    (column,) = [code for code in rows[0] if code.startswith("q")]
    assert [as_lines(undone(row[column])) for row in rows] == [as_lines(text) for text in HARD]


# case 52
def test_the_workbook_opens_as_text_and_reads_back(tmp_path, consultation, office):
    file = exported(tmp_path, "xlsx", consultation)
    assert not [cell for row in cells(office(file, "fods")) for cell in row if cell[1]]
    rows = read(office(file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true"))
    (column,) = [code for code in rows[0] if code.startswith("q")]
    for row, text in zip(rows[:-1], HARD[:-1], strict=True):
        assert row[column] == visible(text)
    assert rows[-1][column].startswith("=éé")
    assert rows[-1][column].endswith("[Continued on the sheet “Long texts”]")


def as_lines(text: str) -> str:
    """LibreOffice has one kind of line end within a cell."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
