"""One prepared statement, one round trip: how votes and ideas are written."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import OperationalError, connection

Parameters = Sequence[Any] | Mapping[str, Any]


def answer_of(statement: str, parameters: Parameters) -> tuple[Any, ...] | None:
    """The row that ``statement`` gives, if it gives one.

    The connection is not asked first whether it lives, as Django does once a request: when it was
    lost, another is opened. So what is sent a second time must change nothing more.
    """
    try:
        return _prepared(statement, parameters)
    except OperationalError:
        lost = connection.connection is not None and connection.connection.closed
        if not lost or connection.in_atomic_block:
            raise
    connection.close()
    return _prepared(statement, parameters)


def _prepared(statement: str, parameters: Parameters) -> tuple[Any, ...] | None:
    """Django binds on this side and has all planned anew: three times what this takes to run."""
    connection.ensure_connection()
    link: psycopg.Connection[Any] = connection.connection
    link.prepare_threshold = 1  # Django's own cursors prepare nothing, whatever this is
    with connection.wrap_database_errors, psycopg.Cursor(link) as cursor:
        return cursor.execute(statement, parameters, prepare=True).fetchone()
