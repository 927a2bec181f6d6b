"""What a bench gives back, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """Figures about one thing, by column, and in words each goal that it misses."""

    subject: str
    figures: dict[str, str]
    missed: list[str] = field(default_factory=list)


def table(rows: list[Row]) -> str:
    """The rows below their columns; a column that a row lacks stays empty."""
    columns = list(dict.fromkeys(name for row in rows for name in row.figures))
    lines = [["", *columns]]
    lines += [[row.subject, *(row.figures.get(name, "") for name in columns)] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns) + 1)]
    shown = []
    for subject, *figures in lines:
        cells = [figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True)]
        shown.append("  ".join([subject.ljust(widths[0]), *cells]).rstrip())
    return "\n".join(shown)


def missed(rows: list[Row]) -> list[str]:
    """Every goal that is missed, with what misses it."""
    return [f"{row.subject}: {goal}" for row in rows for goal in row.missed]
