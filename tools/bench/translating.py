"""The desk of a page with 60 texts beside one with a single text: as many queries.

Without the network: the page is asked for and rendered in one process, as an administrator sees it.
"""

from __future__ import annotations

from statistics import median, quantiles
from typing import Any

from tools.bench.demonstration import Demonstration, demonstration
from tools.bench.rows import Row
from tools.bench.votes import inside
from tools.console import step

FEW, MANY = 1, 60
MOST_AS_MUCH = 3.0  # time of many beside one


def measured(site: Demonstration) -> list[Row]:
    """A row for each desk, and what misses a goal with many texts."""
    with step("The desk"):
        (found,) = inside(site.environment, "desks", FEW, MANY)
    rows = []
    for state in ("", ", translated"):
        few, many = found[f"{FEW}{state}"], found[f"{MANY}{state}"]
        missed = []
        if few["queries"] != many["queries"]:
            missed.append(f"{many['queries']} queries, {few['queries']} with {FEW}")
        ratio = median(many["ms"]) / median(few["ms"])
        if ratio > MOST_AS_MUCH:
            missed.append(f"× {ratio:.2f} the time of one text, not {MOST_AS_MUCH:.0f}")
        rows += [
            row(f"{FEW} text{state}", few, []),
            row(f"{MANY} texts{state}", many, missed, {"beside one text": f"× {ratio:.2f}"}),
        ]
    return rows


def p95(taken: dict[str, Any]) -> float:
    """Milliseconds, 95 times in 100."""
    return quantiles(taken["ms"], n=20)[-1]


def row(
    subject: str, taken: dict[str, Any], missed: list[str], more: dict[str, str] | None = None
) -> Row:
    """What one desk costs."""
    figures = {
        "queries": str(taken["queries"]),
        "p50": f"{median(taken['ms']):.0f} ms",
        "p95": f"{p95(taken):.0f} ms",
    }
    return Row(subject, figures | (more or {}), missed)


def run() -> list[Row]:
    """With nothing translated, and with all of it."""
    with demonstration() as site:
        return measured(site)
