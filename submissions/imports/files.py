"""CSV files read strictly: what can't be read is named by its line, and nothing is guessed."""

import csv
from collections.abc import Iterator
from pathlib import Path

from core.graphemes import TextRefused, clean, graphemes

LONGEST_TEXT = 1000  # characters, as a reader counts them
_CODE_POINTS = 4 * LONGEST_TEXT


class UnreadableFile(Exception):
    """What is wrong, in which file, at which line (1 is the header)."""

    def __init__(self, path: Path, problem: str, line: int | None = None) -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {problem}")


class Row:
    """One row under the header: its cells by column, and the line on which it begins."""

    def __init__(self, path: Path, line: int, cells: dict[str, str]) -> None:
        self.path = path
        self.line = line
        self._cells = cells

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def problem(self, words: str) -> UnreadableFile:
        """An error that points to this row."""
        return UnreadableFile(self.path, words, self.line)

    def text(self, column: str) -> str:
        """The cell as the text of an idea: 1 to 1,000 characters, line breaks become spaces."""
        try:
            text = clean(self[column], one_line=True, code_points=_CODE_POINTS)
        except TextRefused as refused:
            raise self.problem(_REFUSALS[refused.code]) from refused
        if len(text) > LONGEST_TEXT and graphemes(text) > LONGEST_TEXT:
            raise self.problem(_REFUSALS["too_many_code_points"])
        return text

    def number(self, column: str) -> int:
        """The cell as a whole number that is not negative."""
        cell = self[column].strip()
        if not (cell.isascii() and cell.isdecimal()):
            raise self.problem(f"“{column}” should be a whole number, and is “{cell[:40]}”.")
        return int(cell)


_REFUSALS = {
    "blank": "The text is empty.",
    "control_character": "The text holds characters that can't be shown, such as NUL.",
    "unreadable": "The text holds characters that can't be read.",
    "too_many_code_points": f"The text has more than {LONGEST_TEXT} characters.",
}


class Table:
    """A CSV file in UTF-8 with a header: ``columns``, and at least one row when it is read."""

    def __init__(self, path: Path) -> None:
        """Read the header. Raises ``UnreadableFile``, as reading the rows does."""
        self.path = path
        self._records = _records(path)
        _line, self.columns = next(self._records, (1, []))
        if not self.columns:
            raise UnreadableFile(path, "The file is empty.", 1)
        self.columns = [column.strip() for column in self.columns]
        twice = {column for column in self.columns if self.columns.count(column) > 1}
        if twice:
            raise UnreadableFile(path, f"Two columns are named “{min(twice)}”.", 1)

    def require(self, *columns: str) -> None:
        """Raise ``UnreadableFile`` for the first column that is not there."""
        for column in columns:
            if column not in self.columns:
                here = ", ".join(f"“{name[:40]}”" for name in self.columns[:10])
                problem = f"There is no column “{column}”. The columns are: {here}."
                raise UnreadableFile(self.path, problem, 1)

    def rows(self) -> Iterator[Row]:
        """Every row, in order. Blank lines are none."""
        line = 1
        for line, cells in self._records:
            if len(cells) != len(self.columns):
                problem = f"The row has {len(cells)} cells under {len(self.columns)} columns."
                raise UnreadableFile(self.path, problem, line)
            yield Row(self.path, line, dict(zip(self.columns, cells, strict=True)))
        if line == 1:
            raise UnreadableFile(self.path, "There is no row under the header.", 1)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each record that holds something, with the line on which it begins."""
    reader = csv.reader(_lines(path), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFile(path, f"This is not CSV: {error}.", line) from error
        if cells:
            yield line, cells


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file in UTF-8, with or without a byte order mark."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    problem = f"Byte {error.start + 1} of the line is not UTF-8."
                    raise UnreadableFile(path, problem, number) from error
    except OSError as error:
        raise UnreadableFile(path, error.strerror or str(error)) from error
