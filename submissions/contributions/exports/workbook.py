"""The workbook: a sheet of contributions, one of what did not fit, one of the codebook.

Rows are written as they come and none is held. Every text is a text cell, never a formula, and
none is cut: Excel holds 32,767 characters in a cell, so a longer text ends with a mark and goes on
in the rows of a sheet of its own.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.cells import FORMULA_STARTS, Cell

LONGEST = 32_500  # UTF-16 units: what a cell holds (32,767), less the mark
DIGITS = 15  # that a cell holds of a number
# C0 controls and DEL stand as their pictures (U+2400…): XML forbids them, or nobody sees them.
PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {
    0x7F: 0x2421,
    0xFFFE: 0xFFFD,
    0xFFFF: 0xFFFD,
}
# What the format itself would read as an escaped character.
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ESCAPE = "_x005F_"
WIDTH = 24
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def visible(text: str) -> str:
    """``text`` with a mark for each character that a cell can't hold or show; line ends are one."""
    return text.replace("\r\n", "\n").translate(PICTURES)


def in_cells(text: str, longest: int = LONGEST) -> list[str]:
    """``text`` as the cells that hold it, in order: together they are it, whole."""
    written = ESCAPED.sub(ESCAPE, visible(text))
    parts = []
    while _units(written) > longest:
        end = _end(written, longest)
        parts.append(written[:end])
        written = written[end:]
    return [*parts, written]


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _end(text: str, longest: int) -> int:
    """Where a part ends: after a line or a word where there is one, never inside a character."""
    part = text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")
    after = max(part.rfind("\n"), part.rfind(" ")) + 1
    if after > len(part) // 2:
        return after
    for escape in re.finditer(ESCAPE, text):
        if escape.end() > len(part):
            return min(escape.start(), len(part))
    return len(part)


class Book:
    """A workbook whose sheets are filled row by row, and saved once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = Workbook(write_only=True)
        self.rest: Sheet | None = None
        self.mark = _("[Continued on the sheet “%(sheet)s”]") % {"sheet": self._title_of_rest}

    def sheet(self, title: str, headings: Sequence[str]) -> "Sheet":
        """A new one, below its headings."""
        return Sheet(self, title, headings)

    def close(self) -> None:
        """Write the file."""
        self.book.save(self.path)

    def continue_text(self, sheet: str, row: str, column: str, parts: Sequence[str]) -> None:
        """What is left of a text, a row a part."""
        if self.rest is None:
            headings = [
                pgettext("export", "sheet: Sheet"),
                pgettext("export", "row: First cell of the row"),
                pgettext("export", "column: Column"),
                pgettext("export", "part: Part of the text"),
                pgettext("export", "text: How the text goes on"),
            ]
            self.rest = self.sheet(self._title_of_rest, headings)
        for number, part in enumerate(parts, start=2):
            self.rest.write([sheet, row, column, number, part])

    @property
    def _title_of_rest(self) -> str:
        return pgettext("export", "Long texts")


class Sheet:
    """One sheet; a text that is too long for a cell goes on where the book says."""

    def __init__(self, book: Book, title: str, headings: Sequence[str]) -> None:
        self.book, self.title = book, title
        self.codes = [heading.partition(":")[0] for heading in headings]
        self.rows = book.book.create_sheet(title)
        self.rows.freeze_panes = "B2"
        for number in range(1, len(headings) + 1):
            self.rows.column_dimensions[get_column_letter(number)].width = WIDTH
        self.rows.append([self._heading(heading) for heading in headings])

    def write(self, row: Sequence[Cell]) -> None:
        """A row of as many cells as there are headings."""
        self.rows.append(
            [
                self._text(value, str(row[0]), code) if isinstance(value, str) else _number(value)
                for code, value in zip(self.codes, row, strict=True)
            ]
        )

    def _text(self, text: str, row: str, code: str) -> Any:
        first, *more = in_cells(text)
        if more:
            self.book.continue_text(self.title, row, code, more)
            first += self.book.mark
        return self._cell(first)

    def _cell(self, text: str) -> Any:
        """A text is a text, whatever it looks like, and stays one when it is edited."""
        if not text.startswith((*FORMULA_STARTS, "#")):
            return text
        cell = WriteOnlyCell(self.rows, text)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell

    def _heading(self, text: str) -> Any:
        cell = WriteOnlyCell(self.rows, in_cells(text)[0])
        cell.data_type = "s"
        cell.font = BOLD
        cell.alignment = WRAPPED
        return cell


def _number(value: int | Decimal | None) -> int | Decimal | str | None:
    """A number, or the text of one that has more digits than a cell keeps."""
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > DIGITS:
        return str(value)
    return value
