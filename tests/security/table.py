"""The table of docs/roles.md: which address is open to whom.

A line names addresses that share a rule, the rows that they are asked with, then one mark for each
of ``PEOPLE``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.security.people import PEOPLE

PAGE = Path(__file__).parents[2] / "docs" / "roles.md"
OPEN, READ, REFUSED, NOT_THERE = "✓", "r", "–", "∅"
MARKS = (OPEN, READ, REFUSED, NOT_THERE)
USUAL_ROWS = "·"
SPACE = re.compile(r"^\*\*(.+)\*\* ")


@dataclass(frozen=True)
class Line:
    """One address, asked with one choice of rows."""

    address: str
    rows: str  # "page_id=page fr, revision_id=revision fr"; empty: the usual ones
    marks: tuple[str, ...]

    @property
    def chosen(self) -> dict[str, str]:
        """By parameter of the address, the row or the value that stands there."""
        pairs = (one.split("=", 1) for one in self.rows.split(", ") if one)
        return {name.strip(): row.strip() for name, row in pairs}

    def rule(self, person: str) -> str:
        """What the address is to ``person``."""
        return self.marks[PEOPLE.index(person)]


def lines() -> Iterator[Line]:
    """Every address with every choice of rows, in the order of the page."""
    for text in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in text.strip("|").split(" | ")]
        if text.startswith("| ") and cells[-1] in MARKS:
            named, asked, *marks = cells
            space = SPACE.match(named)
            before = f"{space[1]}:" if space else ""
            for name in re.findall(r"`([^`]+)`", named):
                for rows in asked.split("; "):
                    address = before + name.replace("&#124;", "|")
                    yield Line(address, "" if rows == USUAL_ROWS else rows, tuple(marks))
