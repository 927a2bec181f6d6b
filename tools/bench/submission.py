"""A contribution of ten answers and three files, sent over HTTP: how long its author waits.

The files are there already, as they are when somebody presses the button: what is measured is the
last press, from the first byte sent to the last one received, of one author after the other.
"""

from __future__ import annotations

import time
from collections import Counter
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

from tools.bench.demonstration import Demonstration, demonstration
from tools.bench.load import Link
from tools.bench.rows import Row
from tools.bench.votes import inside
from tools.console import step

WANTED, TO_WARM_UP = 100, 10
MOST_MS = 1_000.0  # writes under a second, at p95
SEEN_OTHER = 302


def request_of(address: str, line: dict[str, Any]) -> bytes:
    """The form as a browser sends it: a name may come twice."""
    body = urlencode(line["form"], doseq=True).encode()
    head = [
        f"POST {line['path']} HTTP/1.1",
        f"Host: {urlsplit(address).netloc}",
        f"Cookie: {line['cookies']}",
        "Sec-Fetch-Site: same-origin",
        f"Content-Length: {len(body)}",
        "Content-Type: application/x-www-form-urlencoded",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def measured(site: Demonstration) -> Row:
    """Milliseconds of each, and what was stored."""
    with step(f"{WANTED} drafts with their files"):
        drafts = inside(site.environment, "drafts", WANTED + TO_WARM_UP)
    before = stored(site)
    link = Link(site.address)
    waited, statuses = [], Counter[int]()
    with step("Contributions"):
        for number, draft in enumerate(drafts):
            request = request_of(site.address, draft)
            began = time.perf_counter()
            status, _answer = link.ask(request)
            if number >= TO_WARM_UP:
                waited.append((time.perf_counter() - began) * 1000)
            statuses[status] += 1
    return row(waited, statuses, stored(site) - before)


def row(waited: list[float], statuses: Counter[int], kept: int) -> Row:
    """What one press takes, against the goal."""
    p95 = quantiles(waited, n=20)[-1]
    missed = []
    if p95 > MOST_MS:
        missed.append(f"{p95:.0f} ms at p95, not {MOST_MS:.0f}")
    if set(statuses) != {SEEN_OTHER} or kept != statuses[SEEN_OTHER]:
        missed.append(f"{kept} contributions are kept of {sum(statuses.values())}: {statuses}")
    figures = {
        "p50": f"{median(waited):.0f} ms",
        "p95": f"{p95:.0f} ms",
        "longest": f"{max(waited):.0f} ms",
    }
    return Row("ten answers, three files", figures, missed)


def stored(site: Demonstration) -> int:
    """How many versions there are, each with its three files."""
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        answer = connection.execute(
            "SELECT count(*) FROM submissions_contributionversion"
            " WHERE jsonb_array_length(content->'files') = 3"
        ).fetchone()
    return answer[0] if answer else 0


def run() -> list[Row]:
    """One row."""
    with demonstration() as site:
        return [measured(site)]
