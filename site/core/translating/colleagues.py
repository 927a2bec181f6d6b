"""Who else works on the same page: told when its desk is opened, before words are written twice."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

RECENT = timedelta(hours=2)


class Signed(Protocol):
    """What bears the name of who saved it, and when."""

    by: str
    by_id: int | None
    at: datetime | None


def last_of_another(saved: Iterable[Signed], user: Any, now: datetime) -> Signed | None:
    """What somebody else saved last, if that is recent: they may be at it still."""
    others = [
        one
        for one in saved
        if one.by_id not in (None, user.pk) and one.at is not None and now - one.at < RECENT
    ]
    return max(others, key=lambda one: one.at or now, default=None)
