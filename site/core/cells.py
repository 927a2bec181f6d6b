"""A cell of a CSV file, and its lines: what tables that leave the site, or enter it, are read by.

CSV is for spreadsheets: a text that would start a formula is prefixed by an apostrophe, and so is a
text that starts with apostrophes before such a sign, so that taking one away always gives the text
back. Numbers are numbers: a negative one is not prefixed.
"""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal

Cell = str | int | Decimal | None

# Full-width forms too: spreadsheets in East Asian settings take them for the plain signs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads accents wrong


def harmless(text: str) -> str:
    """``text`` as a spreadsheet shows it: never a formula."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def bare(cell: str) -> str:
    """The text that ``harmless`` was given, where ``cell`` came from it."""
    rest = cell.removeprefix("'")
    return rest if rest != cell and harmless(rest) == cell else cell


def dialect_of(text: str) -> type[csv.Dialect]:
    """Commas, or the semicolons and tabs that spreadsheets of some countries write."""
    head = text.partition("\n")[0]

    class Written(csv.excel):
        delimiter = max((",", ";", "\t"), key=head.count)

    return Written


def plain(amount: Decimal) -> Decimal:
    """``amount`` without the zeros that its column adds, and never written with an exponent."""
    short = amount.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def csv_lines(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Lines of a CSV file (RFC 4180), which begins with ``BYTE_ORDER_MARK``: texts in quotes.

    In quotes a text stays in its cell, whichever of ``,``, ``;`` and tab is taken for a separator.
    """
    writer = csv.writer(_Line(), quoting=csv.QUOTE_NONNUMERIC)
    for row in rows:
        yield writer.writerow(
            [
                "" if cell is None else harmless(cell) if isinstance(cell, str) else cell
                for cell in row
            ]
        )


class _Line:
    """A file whose ``write`` gives back the line, for the csv module."""

    def write(self, line: str) -> str:
        return line
