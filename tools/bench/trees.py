"""A tree of 100 pages sent to translation by the worker: seconds a page."""

from __future__ import annotations

from tools.bench.demonstration import Demonstration, demonstration
from tools.bench.rows import Row
from tools.bench.votes import inside
from tools.console import step

PAGES, PARAGRAPHS = 100, 10
MOST_SECONDS_A_PAGE = 0.5
MOST_SECONDS_TO_ASK = 1.0


def measured(site: Demonstration) -> list[Row]:
    """One row: how long the click takes, and how long the worker."""
    with step(f"{PAGES} pages"):
        (found,) = inside(site.environment, "trees", PAGES, PARAGRAPHS)
    a_page = found["seconds"] / PAGES
    missed = []
    if (found["made"], found["state"]) != (PAGES, "done"):
        missed.append(f"{found['made']} pages are there, the job is {found['state']}")
    if a_page > MOST_SECONDS_A_PAGE:
        missed.append(f"{a_page:.2f} s a page, not {MOST_SECONDS_A_PAGE}")
    if found["asked"] > MOST_SECONDS_TO_ASK:
        missed.append(f"it took {found['asked']:.1f} s to ask for it")
    figures = {
        "asked for in": f"{found['asked']:.2f} s",
        "all sent in": f"{found['seconds']:.1f} s",
        "a page": f"{a_page:.3f} s",
        "processor of the worker": f"{found['processor'] / PAGES:.3f} s",
        "turns": str(found["turns"]),
    }
    return [Row(f"{PAGES} pages of {PARAGRAPHS} paragraphs", figures, missed)]


def run() -> list[Row]:
    """As production's worker does it, without the wait for its turn."""
    with demonstration() as site:
        return measured(site)
