"""Requests over real connections, and what they cost in time of the processor."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TICKS = os.sysconf("SC_CLK_TCK")
SECONDS_TO_ANSWER = 30


def request_bytes(
    address: str, path: str, *, cookies: str = "", form: dict[str, str] | None = None
) -> bytes:
    """One request as it goes over the wire."""
    host = urlsplit(address).netloc
    body = urlencode(form).encode() if form is not None else b""
    lines = [
        f"{'POST' if form is not None else 'GET'} {path} HTTP/1.1",
        f"Host: {host}",
        f"Cookie: {cookies}",
        "Sec-Fetch-Site: same-origin",
        f"Content-Length: {len(body)}",
        "Content-Type: application/x-www-form-urlencoded",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Link:
    """One connection that stays open; what reads its answers costs next to nothing."""

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        self.socket = socket.create_connection((place.hostname, place.port), SECONDS_TO_ANSWER)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and whole answer."""
        self.socket.sendall(request)
        answer = b""
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        head = answer[:end].lower()
        if b"transfer-encoding: chunked" in head:
            while not answer.endswith(b"0\r\n\r\n"):
                answer += self._more()
        elif (at := head.find(b"content-length:")) >= 0:
            length = int(head[at + 15 :].split(b"\r\n")[0])
            while len(answer) < end + 4 + length:
                answer += self._more()
        return int(answer[9:12]), answer

    def _more(self) -> bytes:
        read = self.socket.recv(65_536)
        if not read:
            raise ConnectionError("the site closed the connection")
        return read


@dataclass(frozen=True)
class Cost:
    """What some requests took."""

    requests: int
    seconds: float
    site: float  # seconds of the processor
    database: float
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def milliseconds(self) -> tuple[float, float]:
        """Of the processor, a request: in the site, in the database."""
        return self.site * 1000 / self.requests, self.database * 1000 / self.requests


def processor_seconds(parent: int) -> float:
    """Time of the processor that ``parent`` and its children have used, the ended ones included."""
    ticks = 0
    for record in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = record.read_text().partition(" (")
        except OSError:
            continue
        fields = rest.rpartition(") ")[2].split()
        if int(number) == parent:
            ticks += sum(map(int, fields[11:15]))  # with what its ended children used
        elif int(fields[1]) == parent:
            ticks += sum(map(int, fields[11:13]))
    return ticks / TICKS


def process_with(*words: str) -> int:
    """The process whose command line holds all of ``words``: the parent where there are several."""
    found = []
    for record in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said = record.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if all(word in said for word in words):
            found.append(int(record.parent.name))
    return min(found)


def send(address: str, requests: Sequence[bytes], *, links: int, site: int, database: int) -> Cost:
    """Send ``requests`` over ``links`` connections; ``site`` and ``database`` are processes."""
    statuses: Counter[int] = Counter()
    lock = threading.Lock()

    def some(mine: Sequence[bytes]) -> Callable[[], None]:
        def go() -> None:
            link = Link(address)
            own = Counter(link.ask(request)[0] for request in mine)
            with lock:
                statuses.update(own)

        return go

    threads = [threading.Thread(target=some(requests[number::links])) for number in range(links)]
    before = processor_seconds(site), processor_seconds(database)
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begun
    after = processor_seconds(site), processor_seconds(database)
    return Cost(
        sum(statuses.values()), seconds, after[0] - before[0], after[1] - before[1], statuses
    )
