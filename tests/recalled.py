"""Rows that take long to make: made once a worker, copied back where a test wants them again.

What is made depends on what there was. So it is recalled only where the tables that it changes, and
those that it was made after, hold what they held before; elsewhere it is made, and kept for that
ground as well. For a database user who is no superuser, it is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

import psycopg
from django.core.cache import cache as site_cache
from django.db import connection, transaction
from django.db.models import Model

Made = TypeVar("Made")
GROUNDS = 8  # kept of one name: whoever asks upon more of them has worlds of their own


@dataclass(frozen=True)
class Snapshot:
    """The tables that something changed, before and after, as COPY gives them."""

    rows_before: dict[str, bytes]  # of those, too, which something before it had changed
    rows_after: dict[str, bytes]
    sequences: dict[str, int]
    found: Callable[[], Any]  # what was made, its rows read anew


snapshots: dict[tuple[str, bool], list[Snapshot]] = {}


def recalled(name: str, make: Callable[[], Made], *, after: str = "") -> Made:
    """What ``make`` makes, which is made, or recalled under ``name``; its rows are read anew.

    It may be a row, or a list, a dictionary or a dataclass of rows. ``after`` names what it is made
    upon. What happens when a transaction ends has happened or not: both are kept apart.
    """
    kept = snapshots.setdefault((name, connection.in_atomic_block), [])
    known = next((snapshot for snapshot in kept if _as_before(snapshot)), None)
    if known is not None:
        _copy_back(known)
        return known.found()
    if len(kept) == GROUNDS or not may_set_triggers_aside():
        return make()
    tables = _tables()
    before = {table: _rows(table) for table in tables}
    found = _reader(make())
    changed = {table: rows for table in tables if (rows := _rows(table)) != before[table]}
    grounds = snapshots.get((after, connection.in_atomic_block), [])
    held = {*changed, *(table for ground in grounds for table in ground.rows_after)}
    kept.append(
        Snapshot(
            {table: before[table] for table in held},
            changed,
            _sequences(list(changed)),
            found,
        )
    )
    return found()


def _reader(made: Any) -> Callable[[], Any]:
    """Gives ``made`` again and again, each time with rows of its own."""
    if isinstance(made, Model):
        model, key = type(made), made.pk
        return lambda: model._default_manager.get(pk=key)
    if isinstance(made, dict):
        values = {key: _reader(value) for key, value in made.items()}
        return lambda: {key: read() for key, read in values.items()}
    if isinstance(made, list | tuple):
        kind, parts = type(made), [_reader(part) for part in made]
        return lambda: kind(read() for read in parts)
    if is_dataclass(made) and not isinstance(made, type):
        whole = type(made)
        named = {field.name: _reader(getattr(made, field.name)) for field in fields(made)}
        return lambda: whole(**{name: read() for name, read in named.items()})
    return lambda: made


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
