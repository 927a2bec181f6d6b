"""Hashes that tell alike from unlike for a day, and nobody who.

Their key is drawn each day and destroyed after the next. It works together with ``SECRET_KEY``:
the database alone, or a copy of it, is not enough to try every address.
"""

import hmac
import secrets
from datetime import date

from django.conf import settings
from django.db import connection
from django.utils import timezone

from submissions.models import DailyKey

BYTES = 32
# Whoever draws first has drawn for all: the others are given what stands.
DRAW = """
INSERT INTO {key} AS key (day, secret) VALUES (%s, %s)
ON CONFLICT (day) DO UPDATE SET day = EXCLUDED.day RETURNING secret
"""
_remembered: dict[date, bytes] = {}  # today's alone


def keyed_hash(*parts: bytes) -> bytes:
    """A hash of ``parts`` that can be compared with others of this day (in UTC)."""
    digest = hmac.new(_key_of_today() + settings.SECRET_KEY.encode(), digestmod="sha256")
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.digest()


def _key_of_today() -> bytes:
    today = timezone.now().date()
    known = _remembered.get(today)
    if known is not None:
        return known
    with connection.cursor() as cursor:
        drawn = secrets.token_bytes(BYTES)
        cursor.execute(DRAW.format(key=DailyKey._meta.db_table), [today, drawn])
        secret = bytes(cursor.fetchone()[0])
    _remembered.clear()
    if not connection.in_atomic_block:  # what is rolled back was drawn for nobody
        _remembered[today] = secret
    return secret
