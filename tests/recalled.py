"""Rows that take long to make: made once a worker, copied back where a test wants them again.

What is made depends on what there was. So it is recalled only where the tables that it changes, and
those that it was made after, hold what they held before; elsewhere, and for a database user who is
no superuser, it is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import psycopg
from django.core.cache import cache as site_cache
from django.db import connection, transaction

Made = TypeVar("Made")


@dataclass(frozen=True)
class Snapshot:
    """The tables that something changed, before and after, as COPY gives them."""

    rows_before: dict[str, bytes]  # of those, too, which something before it had changed
    rows_after: dict[str, bytes]
    sequences: dict[str, int]
    keys: Any


snapshots: dict[tuple[str, bool], Snapshot] = {}


def recalled(
    name: str, make: Callable[[], Made], keys: Callable[[Made], Any], *, after: str = ""
) -> Any:
    """The ``keys`` of what ``make`` makes, which is made, or recalled under ``name``.

    ``after`` names what it is made upon. What happens when a transaction ends has happened or not:
    both are kept apart.
    """
    said = (name, connection.in_atomic_block)
    ground = snapshots.get((after, connection.in_atomic_block))
    snapshot = snapshots.get(said)
    if snapshot is not None and _as_before(snapshot):
        _copy_back(snapshot)
        return snapshot.keys
    if snapshot is not None or not may_set_triggers_aside():
        return keys(make())
    tables = _tables()
    before = {table: _rows(table) for table in tables}
    found = keys(make())
    changed = {table: rows for table in tables if (rows := _rows(table)) != before[table]}
    held = {*changed, *(ground.rows_after if ground is not None else ())}
    snapshots[said] = Snapshot(
        {table: before[table] for table in held},
        changed,
        _sequences(list(changed)),
        found,
    )
    return found


def _link() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    link: psycopg.Connection[Any] = connection.connection
    return link


@cache  # of this run's one server
def may_set_triggers_aside() -> bool:
    """Whether rows can be copied back: a superuser alone may do it."""
    answer = _link().execute("SELECT current_setting('is_superuser') = 'on'").fetchone()
    return bool(answer and answer[0])


def _tables() -> list[str]:
    said = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    return [name for (name,) in _link().execute(said)]


@cache  # tables don't change while tests run
def _columns(table: str) -> str:
    """Those that are written; the database makes the generated ones."""
    said = """SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"""
    (columns,) = _link().execute(said, [table]).fetchone() or ("",)
    return str(columns)


def _rows(table: str) -> bytes:
    with _link().cursor().copy(f"COPY {table} ({_columns(table)}) TO STDOUT") as copied:
        return b"".join(bytes(part) for part in copied)


def _sequences(tables: list[str]) -> dict[str, int]:
    said = """SELECT sequence.oid::regclass::text FROM pg_class AS sequence
        JOIN pg_depend ON pg_depend.objid = sequence.oid AND deptype IN ('a', 'i')
        WHERE relkind = 'S' AND refobjid = ANY (%s::regclass[]::oid[])"""
    names = [name for (name,) in _link().execute(said, [tables])]
    read = "SELECT last_value FROM {}"
    return {name: _link().execute(read.format(name)).fetchone()[0] for name in names}


def _as_before(snapshot: Snapshot) -> bool:
    """In whatever order: what tests before took back leaves gaps, which new rows fill."""
    return all(_same(_rows(table), rows) for table, rows in snapshot.rows_before.items())


def _same(rows: bytes, others: bytes) -> bool:
    return rows == others or sorted(rows.split(b"\n")) == sorted(others.split(b"\n"))


def _copy_back(snapshot: Snapshot) -> None:
    with transaction.atomic():
        link = _link()
        link.execute("SET LOCAL session_replication_role = replica")  # no trigger: all is there
        for table, rows in snapshot.rows_after.items():
            link.execute(f"DELETE FROM {table}")
            with link.cursor().copy(f"COPY {table} ({_columns(table)}) FROM STDIN") as copied:
                copied.write(rows)
        link.execute("SET LOCAL session_replication_role = origin")
        for name, last in snapshot.sequences.items():
            link.execute(f"SELECT setval('{name}', greatest(%s, last_value)) FROM {name}", [last])
    site_cache.clear()
