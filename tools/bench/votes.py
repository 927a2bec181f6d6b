"""A vote over HTTP, beside a bare view that writes the same row, and beside pgbench.

Votes and the bare view take turns, so that whatever else the machine does burdens both. Each vote
is a new row. The time of the processor is that of the server's processes and of PostgreSQL's.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg

from tools.bench.demonstration import WORKERS, Demonstration, demonstration
from tools.bench.load import Cost, process_with, request_bytes, send
from tools.bench.rows import Row
from tools.console import Trouble, step
from tools.postgres_files import wheel_folder
from tools.production import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Sequence

IDEAS, VOTERS = 50, 600
ROUNDS, VOTES_A_ROUND, TO_WARM_UP = 4, 1_500, 300
LINKS = 4
PGBENCH_SECONDS = 8
LEAST_SHARE = 0.70  # of the bare view's rate
PAIRS = """
CREATE TABLE bench_pair AS
SELECT row_number() OVER () AS number, idea.id AS idea, who.id AS who
FROM submissions_idea AS idea CROSS JOIN submissions_participant AS who
WHERE idea.status = 'published' LIMIT 100000;
CREATE UNIQUE INDEX ON bench_pair (number);
ANALYZE bench_pair;
"""
UPSERT = """\\set number random(1, 100000)
INSERT INTO submissions_vote (idea_id, participant_id, choice, read_in, key_valid)
SELECT idea, who, 'agree', 'en', true FROM bench_pair WHERE number = :number
ON CONFLICT ON CONSTRAINT one_vote_per_participant DO UPDATE SET choice = EXCLUDED.choice;
"""


@dataclass(frozen=True)
class Target:
    """A server to send to, with the processes that do the work."""

    address: str
    site: int
    database: int

    def send(self, requests: Sequence[bytes]) -> Cost:
        """Send them all, over a few connections."""
        return send(self.address, requests, links=LINKS, site=self.site, database=self.database)


def target(address: str, database_url: str) -> Target:
    """Where ``address`` answers, and the postmaster of ``database_url``."""
    with psycopg.connect(database_url) as connection:
        backend = connection.info.backend_pid
        record = Path(f"/proc/{backend}/stat").read_text()
    postmaster = int(record.rpartition(") ")[2].split()[1])
    return Target(address, process_with("granian", str(urlsplit(address).port)), postmaster)


def inside(environment: dict[str, str], name: str, *numbers: int) -> list[Any]:
    """What ``tools.bench.inside`` prints, a line of JSON each."""
    command = [sys.executable, "-m", "tools.bench.inside", name, *map(str, numbers)]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Trouble(f"tools.bench.inside {name} failed:\n{answer.stderr[-2000:]}")
    return [json.loads(line) for line in answer.stdout.splitlines()]


def together(costs: list[Cost]) -> Cost:
    """Several rounds as one."""
    statuses = costs[0].statuses.copy()
    for cost in costs[1:]:
        statuses.update(cost.statuses)
    return Cost(
        sum(cost.requests for cost in costs),
        sum(cost.seconds for cost in costs),
        sum(cost.site for cost in costs),
        sum(cost.database for cost in costs),
        statuses,
    )


def figures(cost: Cost) -> dict[str, str]:
    """A second, and milliseconds of the processor for each."""
    site, database = cost.milliseconds
    return {
        "a second": f"{cost.rate:,.0f}",
        "site": f"{site:.2f} ms",
        "database": f"{database:.2f} ms",
    }


def unexpected(cost: Cost, status: int) -> list[str]:
    """The answers that are not ``status``, in words."""
    others = {code: count for code, count in cost.statuses.items() if code != status}
    return [f"{count} answers were {code}, not {status}" for code, count in others.items()]


def vote_rows(site: Demonstration, ours: Target) -> list[Row]:
    """The vote and the bare view, taking turns."""
    votes = inside(site.environment, "voters", IDEAS, VOTERS, IDEAS * VOTERS)
    port = free_port()
    environment = site.environment | {"DJANGO_SETTINGS_MODULE": "tools.bench.inside.bare"}
    costs: dict[str, list[Cost]] = {"vote": [], "bare": []}
    with serving(environment, port, workers=WORKERS) as address:
        targets = {"vote": ours, "bare": target(address, environment["DATABASE_URL"])}
        unsent = iter(votes)

        def some(name: str, count: int) -> Cost:
            to = targets[name]
            batch = [next(unsent) for _number in range(count)]
            return to.send(
                [
                    request_bytes(
                        to.address, vote["path"], cookies=vote["cookies"], form=vote["form"]
                    )
                    for vote in batch
                ]
            )

        for name in costs:
            some(name, TO_WARM_UP)
        for _round in range(ROUNDS):
            for name, measured in costs.items():
                measured.append(some(name, VOTES_A_ROUND))
    vote, bare = together(costs["vote"]), together(costs["bare"])
    share = vote.rate / bare.rate
    missed = unexpected(vote, 302) + unexpected(bare, 204)
    if share < LEAST_SHARE:
        missed.append(f"{share:.0%} of the bare view's rate, not {LEAST_SHARE:.0%}")
    missed += not_counted(site, sum(cost.requests for cost in costs["vote"]) + TO_WARM_UP)
    return [
        Row("vote", figures(vote) | {"of the bare view": f"{share:.0%}"}, missed),
        Row("bare view, one upsert", figures(bare)),
    ]


def not_counted(site: Demonstration, sent: int) -> list[str]:
    """What is wrong if not each vote that was sent stands, trusted, with its event."""
    lately = "SELECT count(*) FROM submissions_voteevent WHERE kind = 'cast' AND key_valid"
    lately += " AND at > now() - interval '10 minutes' AND participant_id IN"
    lately += " (SELECT id FROM submissions_participant WHERE reads = '{en,fr}')"
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        answer = connection.execute(lately).fetchone()
    stand = answer[0] if answer else 0
    return [] if stand == sent else [f"{stand} trusted votes stand of {sent} sent"]


def pgbench_row(site: Demonstration) -> Row:
    """The same upsert by PostgreSQL's own program: four in five are new rows."""
    url = site.environment["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(PAIRS)
    pgbench = wheel_folder() / "pginstall" / "bin" / "pgbench"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(UPSERT)
        script.flush()
        answer = subprocess.run(
            [
                *(pgbench, "--no-vacuum", "--client", str(LINKS), "--jobs", "1"),
                *("--time", str(PGBENCH_SECONDS), "--file", script.name, url),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    said = [line for line in answer.stdout.splitlines() if line.startswith("tps = ")]
    if not said:
        raise Trouble(f"pgbench failed:\n{answer.stderr[-2000:]}")
    return Row("pgbench, one upsert", {"a second": f"{float(said[0].split()[2]):,.0f}"})


def run() -> list[Row]:
    """The three of them, on one machine in one run."""
    with demonstration() as site:
        ours = target(site.address, site.environment["DATABASE_URL"])
        with step("Votes, and a bare view in turn"):
            rows = vote_rows(site, ours)
        with step("pgbench"):
            rows.append(pgbench_row(site))
    return rows
