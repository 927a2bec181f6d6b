"""Asking for an address, and what came of it: opened, refused or not there; what was written."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.test import Client

from tests.security.table import NOT_THERE, OPEN, READ, REFUSED
from tests.security.world import Rows

# Written by whoever is signed in, whatever they ask for.
OF_THE_SESSION = {"django_session"}
SERVED_NO_SUCH_WAY = 405
GONE = (404, 409, 410)  # 409: it was there once, and is not any more, or never
FAULT = 500
# What Wagtail's own forms always send, and their views take for granted.
FORM = {
    "body-count": "0",
    "external-link-chooser-url": "https://example.org/",
}
SIGNING_IN = "/admin/login/"
WRITES = re.compile(r'(?:INSERT INTO|DELETE FROM|UPDATE(?= "?\w+"?\s+SET))\s+"?(\w+)')


@dataclass(frozen=True)
class Answer:
    """What came of asking one way."""

    mark: str  # empty for an address that isn't served this way to anybody
    status: int
    written: frozenset[str]  # the tables; what was written is taken back


@dataclass(frozen=True)
class Both:
    """What came of asking twice: as an address is read, and as it is written to."""

    read: Answer
    write: Answer

    @property
    def mark(self) -> str:
        """One mark for both; what is refused is never also open."""
        read, write = self.read.mark, self.write.mark
        if read == OPEN:
            return OPEN if write in {OPEN, ""} else READ
        if write == OPEN:
            return OPEN if not read else f"{read}{write}"
        return REFUSED if REFUSED in {read, write} else read or write

    @property
    def faults(self) -> list[str]:
        """What no address may do, whoever asks."""
        found = []
        if FAULT in {self.read.status, self.write.status}:
            found.append("is a fault (500)")
        if self.mark not in {OPEN, READ} and self.read.written | self.write.written:
            found.append(f"wrote {', '.join(sorted(self.read.written | self.write.written))}")
        elif self.mark == READ and self.write.written:
            found.append(f"refused, it wrote {', '.join(sorted(self.write.written))}")
        return found


def ask_both(browser: Client, path: str, rows: Rows) -> Both:
    """Read the address, then write to it a form without words."""
    form = FORM | {"new_parent_page": rows["parent"]}
    return Both(_ask(browser, path), _ask(browser, path, form))


@dataclass
class _Writing:
    """Notes which tables are written."""

    tables: set[str] = field(default_factory=set)

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """A statement that changes no row writes nothing."""
        done = execute(sql, params, many, context)
        if context["cursor"].rowcount > 0:
            self.tables.update(WRITES.findall(str(sql)))
        return done


def _ask(browser: Client, path: str, form: dict[str, Any] | None = None) -> Answer:
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    writing = _Writing()
    words = patch("django.template.base.Template._render", _no_words)
    with transaction.atomic(), words, connection.execute_wrapper(writing):
        answer = browser.get(path) if form is None else browser.post(path, form)
        transaction.set_rollback(True)
    browser.cookies.clear()  # one that leaves by an address comes back for the next
    browser.cookies.load(cookies)
    written = frozenset(writing.tables - OF_THE_SESSION)
    return Answer(_mark(answer, written), answer.status_code, written)


def _mark(answer: Any, written: frozenset[str]) -> str:
    if answer.status_code == SERVED_NO_SUCH_WAY:
        return ""
    if answer.status_code in GONE:
        return NOT_THERE
    if answer.status_code == 302 and not written and _leads_away(answer):
        return REFUSED
    return REFUSED if answer.status_code == 403 else OPEN


def _leads_away(answer: Any) -> bool:
    """To the page for signing in, or to the admin's home, where Wagtail says what it refuses."""
    where = answer["Location"]
    if answer.wsgi_request.path == SIGNING_IN:
        return False
    return where == "/admin/" or where.startswith((f"{SIGNING_IN}?next=", "/en/_util/login/"))


def _no_words(*_arguments: Any) -> str:
    """Who may open a page is known before it is drawn; what it says is tested in its own room."""
    return ""
