"""The time that decides: the database's. Several servers have several clocks, and one database."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The database's clock, as an aware datetime."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
