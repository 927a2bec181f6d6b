"""The public library, its filters and its search with 100 and with 10,000 publications.

Without the network: the pages are asked for and rendered in one process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.bench.contribution_list import measured
from tools.bench.demonstration import demonstration

if TYPE_CHECKING:
    from tools.bench.rows import Row


def run() -> list[Row]:
    """A row for each page that is measured."""
    with demonstration() as site:
        return measured(site, "published", "library_pages")
