"""An idea sent over HTTP by somebody who takes part: with the look for near ideas, and without.

The time of the processor is that of the server's processes and of PostgreSQL's. The ideas differ in
their words, and none is published, so the look finds nothing: what it costs among many ideas is the
bench ``duplicates``.
"""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING

import psycopg

from tools.bench.demonstration import Demonstration, demonstration
from tools.bench.load import request_bytes
from tools.bench.rows import Row
from tools.bench.votes import Target, figures, inside, target, together, unexpected
from tools.console import step

if TYPE_CHECKING:
    from tools.bench.load import Cost

ROUNDS, IDEAS_A_ROUND, TO_WARM_UP = 4, 150, 100
MOST_MS_AN_IDEA = 7.0
WORDS = [
    *("town", "river", "garden", "school", "tree", "street", "bus", "library", "clinic", "market"),
    *("bridge", "child", "farmer", "teacher", "nurse", "voice", "data", "energy", "water", "paper"),
    *("small", "public", "open", "local", "free", "slow", "warm", "early", "share", "build"),
    *("plant", "teach", "mend", "lend", "count", "paint", "close", "light", "heat", "protect"),
]
WAYS: dict[str, dict[str, str]] = {
    "idea sent": {},
    "idea sent all the same": {"despite": "near"},
}


def rows_of(site: Demonstration, ours: Target) -> list[Row]:
    """The two ways of sending, taking turns."""
    wanted = len(WAYS) * (TO_WARM_UP + ROUNDS * IDEAS_A_ROUND)
    unsent = iter(inside(site.environment, "voters", 1, wanted, wanted))
    costs: dict[str, list[Cost]] = {name: [] for name in WAYS}

    chance = random.Random(2025)  # noqa: S311 (no secret)

    def some(name: str, count: int) -> Cost:
        return ours.send(
            [
                request_bytes(
                    ours.address,
                    "/en/debates/1/write/",
                    cookies=next(unsent)["cookies"],
                    form={
                        "text": f"We should {' '.join(chance.sample(WORDS, 9))}.",
                        "language": "en",
                        "speaks_for": "citizen",
                        "form_key": str(uuid.uuid4()),
                        **WAYS[name],
                    },
                )
                for _number in range(count)
            ]
        )

    before = stored(site)
    for name in WAYS:
        some(name, TO_WARM_UP)
    for _round in range(ROUNDS):
        for name, measured in costs.items():
            measured.append(some(name, IDEAS_A_ROUND))
    rows = [row(name, together(measured)) for name, measured in costs.items()]
    kept = stored(site) - before
    if kept != wanted:
        rows[0].missed.append(f"{kept} ideas are kept of {wanted} sent")
    return rows


def row(name: str, cost: Cost) -> Row:
    """What one idea costs, against the goal."""
    total = sum(cost.milliseconds)
    missed = unexpected(cost, 302)
    if total > MOST_MS_AN_IDEA:
        missed.append(f"{total:.1f} ms of the processor, not {MOST_MS_AN_IDEA}")
    return Row(name, figures(cost) | {"together": f"{total:.2f} ms"}, missed)


def stored(site: Demonstration) -> int:
    """How many ideas there are."""
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        answer = connection.execute("SELECT count(*) FROM submissions_ideatext").fetchone()
    return answer[0] if answer else 0


def run() -> list[Row]:
    """A row for each way."""
    with demonstration() as site:
        ours = target(site.address, site.environment["DATABASE_URL"])
        with step("Ideas"):
            return rows_of(site, ours)
