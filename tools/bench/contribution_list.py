"""The admin's list of contributions with 100 and with 10,000: as many queries.

Without the network: the pages are asked for and rendered in one process.
"""

from __future__ import annotations

from statistics import median, quantiles
from typing import Any

from tools.bench.demonstration import Demonstration, demonstration
from tools.bench.rows import Row
from tools.bench.votes import inside
from tools.console import step

FEW, MANY, WORDS = 100, 10_000, 500
MOST_MS = 1_000.0


def measured(site: Demonstration, making: str, pages: str) -> list[Row]:
    """A row for each of ``pages``, with few and with many of what ``making`` makes."""
    taken = []
    for wanted, more in ((FEW, FEW), (MANY, MANY - FEW)):
        with step(f"{wanted:,} contributions"):
            inside(site.environment, making, more, WORDS)
        with step("The pages"):
            taken += inside(site.environment, pages)
    few, many = taken
    return [row(name, few[name], many[name]) for name in few]


def row(name: str, few: dict[str, Any], many: dict[str, Any]) -> Row:
    """What one page costs with few and with many."""
    missed = []
    if few["queries"] != many["queries"]:
        missed.append(f"{many['queries']} queries with {MANY:,}, {few['queries']} with {FEW}")
    p95 = quantiles(many["ms"], n=20)[-1]
    if p95 > MOST_MS:
        missed.append(f"{p95:.0f} ms at p95, not {MOST_MS:.0f}")
    figures = {
        f"queries, {FEW}": str(few["queries"]),
        f"queries, {MANY:,}": str(many["queries"]),
        f"p50, {FEW}": f"{median(few['ms']):.0f} ms",
        f"p50, {MANY:,}": f"{median(many['ms']):.0f} ms",
        f"p95, {MANY:,}": f"{p95:.0f} ms",
    }
    return Row(name, figures, missed)


def run() -> list[Row]:
    """A row for each page that is measured."""
    with demonstration() as site:
        return measured(site, "dossiers", "contribution_pages")
