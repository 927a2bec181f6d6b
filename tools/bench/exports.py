"""10,000 contributions of 2,000 words each, exported in every format: 300 MiB at most.

Each file is made in a process of its own, as the worker makes it, from asking to the stored bytes;
the memory is the most that this process ever held, Django and the site included.
"""

from __future__ import annotations

import os

from tools.bench.demonstration import Demonstration, demonstration
from tools.bench.rows import Row
from tools.bench.votes import inside
from tools.console import step

CONTRIBUTIONS = int(os.environ.get("BENCH_CONTRIBUTIONS", "10000"))  # fewer, while building
WORDS = 2_000
MOST_MIB = 300


def measured(site: Demonstration) -> list[Row]:
    """A row a format."""
    with step(f"{CONTRIBUTIONS:,} contributions of {WORDS:,} words"):
        (formats,) = inside(site.environment, "dossiers", CONTRIBUTIONS, WORDS)
    rows = []
    for number, name in enumerate(formats):
        with step(f"The file: {name}"):
            (taken,) = inside(site.environment, "export", number)
        rows.append(row(name, taken))
    return rows


def row(name: str, taken: dict[str, float]) -> Row:
    """What one file costs, against the goal."""
    missed = []
    if taken["peak"] > MOST_MIB:
        missed.append(f"{taken['peak']:.0f} MiB at most, not {MOST_MIB}")
    if taken["done"] < CONTRIBUTIONS:
        missed.append(f"{taken['done']} contributions are in it, not {CONTRIBUTIONS}")
    figures = {
        "seconds": f"{taken['seconds']:.1f}",
        "of the processor": f"{taken['processor']:.1f}",
        "peak": f"{taken['peak']:.0f} MiB",
        "file": f"{taken['size'] / 1e6:.1f} MB",
    }
    return Row(name, figures, missed)


def run() -> list[Row]:
    """A row for each format."""
    with demonstration() as site:
        return measured(site)
