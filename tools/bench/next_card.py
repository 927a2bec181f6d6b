"""The next card: whether finding it takes longer with more ideas, or with more votes in the table.

Measured as a page over HTTP and as the bare search for the card. The small and the large take
turns; for votes, the database is copied before it is filled, and a server stands before each.
"""

from __future__ import annotations

import time
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import psycopg

from tools.bench.demonstration import WORKERS, Demonstration, demonstration
from tools.bench.load import Link, request_bytes
from tools.bench.rows import Row
from tools.bench.votes import inside
from tools.console import step
from tools.production import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW_IDEAS, MANY_IDEAS = 100, 18_690
FEW_VOTES, MANY_VOTES = 5_000, 5_000_000
PAGES, SEARCHES, ROUNDS = 150, 200, 3
MOST_FOR_IDEAS, MOST_FOR_VOTES = 1.5, 1.2
COPY = "few_votes"


def copied(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a copy of the database, made while nobody is connected to it."""
    url = environment["DATABASE_URL"]
    base, _, rest = url.rpartition("/bench")
    with psycopg.connect(f"{base}/postgres{rest}", autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'bench'"
        )
        connection.execute(f"CREATE DATABASE {COPY} TEMPLATE bench")
    return environment | {"DATABASE_URL": f"{base}/{COPY}{rest}"}


def milliseconds(pages: dict[str, tuple[str, int, list[str]]]) -> dict[str, list[float]]:
    """How long each of ``pages`` (address, debate, cookies) took to come, one by one, in turn."""
    taken: dict[str, list[float]] = {name: [] for name in pages}
    links = {name: Link(page[0]) for name, page in pages.items()}
    for number in range(-20, PAGES):
        for name, (address, debate, cookies) in pages.items():
            request = request_bytes(
                address,
                f"/en/debates/{debate}/vote/?more=1",
                cookies=cookies[number % len(cookies)],
            )
            begun = time.perf_counter()
            status, _answer = links[name].ask(request)
            if number >= 0:
                taken[name].append((time.perf_counter() - begun) * 1000)
            if status != 200:  # noqa: PLR2004
                raise RuntimeError(f"A card of debate {debate} answered {status}")
    return taken


def row(subject: str, page: list[float], search: list[dict[str, Any]]) -> Row:
    """Medians, and the pages' 95th percentile."""
    return Row(
        subject,
        {
            "page": f"{median(page):.1f} ms",
            "p95": f"{quantiles(page, n=20)[-1]:.1f} ms",
            "search": f"{median(one['median'] for one in search):.2f} ms",
            "what is remembered, read": f"{median(one['reading'] for one in search):.0f} ms",
        },
    )


def ratio(
    subject: str,
    pages: tuple[list[float], list[float]],
    searches: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    most: float,
) -> Row:
    """The larger against the smaller, for page and search."""
    page = median(pages[1]) / median(pages[0])
    search = median(one["median"] for one in searches[1]) / median(
        one["median"] for one in searches[0]
    )
    missed = [
        f"the {name} takes {found:.2f} times as long, not {most}"
        for name, found in (("page", page), ("search", search))
        if found > most
    ]
    return Row(subject, {"page": f"× {page:.2f}", "search": f"× {search:.2f}"}, missed)


def measured(site: Demonstration) -> Iterator[Row]:
    """Fill, copy, fill the first on, then measure."""
    few_votes, many_votes = "few votes", "many votes"
    with step(f"{MANY_IDEAS} ideas, {FEW_VOTES} votes"):
        ((small, large),) = inside(site.environment, "crowd", FEW_IDEAS, MANY_IDEAS, FEW_VOTES)
        copy = copied(site.environment)
    with step(f"{MANY_VOTES} votes"):
        inside(site.environment, "crowd", FEW_IDEAS, MANY_IDEAS, MANY_VOTES - FEW_VOTES)
    port = free_port()
    environments = {few_votes: copy, many_votes: site.environment}
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    with step("The next card"), serving(copy, port, workers=WORKERS) as address:
        addresses = {few_votes: address, many_votes: site.address}
        for _round in range(ROUNDS):
            for name, environment in environments.items():
                answers = inside(environment, "next_cards", SEARCHES, small, large)
                for debate, answer in zip((small, large), answers, strict=True):
                    found.setdefault((name, debate), []).append(answer)
        pages = milliseconds(
            {
                f"{name} {debate}": (addresses[name], debate, found[name, debate][0]["cookies"])
                for name, debate in found
            }
        )
    of = {key: (pages[f"{key[0]} {key[1]}"], found[key]) for key in found}
    few, many, more = of[few_votes, small], of[few_votes, large], of[many_votes, large]
    yield row(f"{FEW_IDEAS:,} ideas, {FEW_VOTES:,} votes", *few)
    yield row(f"{MANY_IDEAS:,} ideas, {FEW_VOTES:,} votes", *many)
    yield row(f"{MANY_IDEAS:,} ideas, {MANY_VOTES:,} votes", *more)
    yield ratio("more ideas", (few[0], many[0]), (few[1], many[1]), MOST_FOR_IDEAS)
    yield ratio("more votes", (many[0], more[0]), (many[1], more[1]), MOST_FOR_VOTES)


def run() -> list[Row]:
    """Three sizes and two ratios."""
    with demonstration() as site:
        return list(measured(site))
