"""What goes wrong between a browser and the database, made on purpose: cuts, kills, full disks."""

import http.client
import os
import signal
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.fixtures.database import database_url

SECONDS = 60
LOCK = 19_190_019  # an advisory lock that nothing of the site takes


def until(true: Callable[[], object], what: str) -> None:
    """Wait until ``true`` says so; fail with ``what`` after a while."""
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


# --- A form, sent by a connection that can be watched ---------------------------------------------


@dataclass
class Sending:
    """One POST on its way, in a thread of its own."""

    server: str
    path: str
    cookies: str
    form: dict[str, list[str]]
    status: int = 0
    location: str = ""
    broken: bool = False
    port: int = 0  # of our end
    _thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._send, daemon=True)
        self._thread.start()

    def _send(self) -> None:
        host = urllib.parse.urlsplit(self.server).netloc
        link = http.client.HTTPConnection(host, timeout=SECONDS)
        try:
            link.connect()
            self.port = link.sock.getsockname()[1]
            body = urllib.parse.urlencode(self.form, doseq=True)
            link.request(
                "POST",
                self.path,
                body,
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": self.cookies,
                    "Host": "127.0.0.1",
                    "Sec-Fetch-Site": "same-origin",
                },
            )
            answer = link.getresponse()
            answer.read()
            self.status, self.location = answer.status, answer.getheader("Location", "")
        except (OSError, http.client.HTTPException):
            self.broken = True
        finally:
            link.close()

    def wait(self) -> "Sending":
        """Until it was answered, or broke."""
        self._thread.join(SECONDS)
        assert not self._thread.is_alive(), "no answer"
        return self


# --- A transaction that is held open --------------------------------------------------------------


@contextmanager
def held_open(table: str) -> Iterator[Callable[[], bool]]:
    """Whatever inserts into ``table`` waits, inside its transaction, until the block is left.

    Yields a function that says whether somebody waits.
    """
    with psycopg.connect(database_url(), autocommit=True) as mine:
        mine.execute(
            f"CREATE FUNCTION held_open() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" PERFORM pg_advisory_xact_lock({LOCK}); RETURN NEW; END $$"
        )
        mine.execute(
            f"CREATE TRIGGER held_open AFTER INSERT ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION held_open()"
        )
        mine.execute("SELECT pg_advisory_lock(%s)", [LOCK])

        def somebody_waits() -> bool:
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            row = mine.execute(waiting).fetchone()
            return bool(row and row[0])

        try:
            yield somebody_waits
        finally:
            mine.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
            until(lambda: not somebody_waits(), "somebody still waits")
            mine.execute(f"DROP TRIGGER held_open ON {table}")
            mine.execute("DROP FUNCTION held_open()")


@contextmanager
def full_disk(table: str) -> Iterator[None]:
    """PostgreSQL says of every insert into ``table`` that its disk is full (SQLSTATE 53100)."""
    with psycopg.connect(database_url(), autocommit=True) as mine:
        mine.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE"
            " 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
        )
        mine.execute(
            f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
        try:
            yield
        finally:
            mine.execute(f"DROP TRIGGER full_disk ON {table}")
            mine.execute("DROP FUNCTION full_disk()")


# --- Processes ------------------------------------------------------------------------------------


def process_that_serves(port: int) -> int:
    """The process that holds the other end of the local connection from ``port``."""
    inodes = {
        fields[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if (fields := line.split())[2].endswith(f":{port:04X}")
    }
    for entry in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if os.readlink(entry).removeprefix("socket:[").rstrip("]") in inodes:
                return int(entry.parts[2])
    raise AssertionError("nobody holds that connection")


def kill(process: int) -> None:
    """As the kernel does when memory is short: no farewell."""
    os.kill(process, signal.SIGKILL)


# --- A network that is cut ------------------------------------------------------------------------


@contextmanager
def cutting(server: str, *, after_answer: bool) -> Iterator[str]:
    """The address of a proxy that hangs up: before the server has the request, or after its answer.

    After: the server has answered in full, and nothing of it reaches the browser.
    """
    there = urllib.parse.urlsplit(server)
    listening = socket.create_server(("127.0.0.1", 0))

    def carry(browser: socket.socket) -> None:
        with browser:
            if not after_answer:
                browser.recv(200)  # part of the request, and no more
                return
            request = _whole(browser)
            with socket.create_connection((str(there.hostname), int(there.port or 80))) as link:
                link.sendall(request)
                link.settimeout(SECONDS)
                answer = b""
                while b"\r\n\r\n" not in answer:
                    answer += link.recv(65536)

    def accept() -> None:
        with suppress(OSError):
            while True:
                browser, _address = listening.accept()
                threading.Thread(target=carry, args=[browser], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()


def _whole(browser: socket.socket) -> bytes:
    """A request with its body, as its length says."""
    request = b""
    while b"\r\n\r\n" not in request:
        request += browser.recv(65536)
    head, _gap, body = request.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        body += browser.recv(65536)
    return head + b"\r\n\r\n" + body
