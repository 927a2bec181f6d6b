"""Counts of what was done, in one prepared statement: by participant, by network, by mailbox.

An office, a school or a phone company stands behind one address. So what is counted by network
leaves room for ``PEOPLE_BEHIND_ONE_ADDRESS``, each ten minutes; one person meets the narrower limit
of a participant first, and what is refused is counted for nobody else.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from submissions.debate.statements import answer_of
from submissions.limits.failing import out_of_the_way
from submissions.limits.keys import keyed_hash
from submissions.limits.networks import network_of
from submissions.limits.refusal import TooMany
from submissions.models import Draft, Participant, Rate

Action = Literal["start", "write", "mail", "report", "appeal", "invite", "upload", "begin", "save"]

A_DAY, AN_HOUR, TEN_MINUTES = 86_400, 3600, 600
# In an hour. Who starts is nobody yet.
BY_PARTICIPANT: dict[Action, int] = {
    **{"write": 20, "mail": 10, "report": 30, "appeal": 10},
    **{"invite": 20, "upload": 60, "save": 3000},  # by draft
}
BY_MAILBOX: dict[Action, int] = {"mail": 5, "invite": 3}
# In ten minutes, for each of the people behind an address: they begin in two browsers, and ask
# for a link again.
BY_NETWORK: dict[Action, int] = {
    **{"start": 2, "write": 2, "mail": 2, "report": 2, "appeal": 1},
    **{"invite": 1, "upload": 1, "begin": 2, "save": 100},
}
# In a day, for each of the same people: files take room, which comes back much later.
BY_NETWORK_A_DAY: dict[Action, int] = {"upload": 2}

# All of it is counted, or none: where one limit is reached, the others don't move. What others
# count at the same moment is seen by the count that comes back.
COUNT = """
WITH asked (key, most, expires_at) AS (
    SELECT * FROM unnest(%s::bytea[], %s::integer[], %s::timestamptz[])
),
reached AS (
    SELECT key FROM {rate} AS rate JOIN asked USING (key) WHERE rate.count >= asked.most
),
counted AS (
    INSERT INTO {rate} AS rate (key, count, expires_at)
    SELECT key, 1, expires_at FROM asked WHERE NOT EXISTS (SELECT FROM reached) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET count = rate.count + 1
    RETURNING key, count
)
SELECT array_agg(key) FROM (
    SELECT key FROM reached
    UNION SELECT key FROM counted JOIN asked USING (key) WHERE counted.count > asked.most
) AS reached_now
"""


class Limit(NamedTuple):
    """So many in so many seconds, for whom."""

    kind: str
    who: bytes
    most: int
    seconds: int


def check(
    request: HttpRequest,
    action: Action,
    participant: Participant | Draft | None = None,
    *,
    mailbox: str = "",
) -> None:
    """Count ``action`` once more; raise ``TooMany`` when it was done too often.

    A limiter that fails locks nobody out: it is logged, and the action goes on.
    """
    wait = 0
    with out_of_the_way():
        wait = _wait_after_counting(list(_limits(request, action, participant, mailbox)))
    if wait:
        raise TooMany(wait)


def _limits(
    request: HttpRequest, action: Action, participant: Participant | Draft | None, mailbox: str
) -> Iterator[Limit]:
    if participant is not None and action in BY_PARTICIPANT:
        yield Limit(f"{action} participant", participant.pk.bytes, BY_PARTICIPANT[action], AN_HOUR)
    if mailbox and action in BY_MAILBOX:
        yield Limit(f"{action} mailbox", mailbox.encode(), BY_MAILBOX[action], AN_HOUR)
    network = network_of(request)
    if network is not None:
        most = BY_NETWORK[action] * settings.PEOPLE_BEHIND_ONE_ADDRESS
        yield Limit(f"{action} network", network, most, TEN_MINUTES)
        if action in BY_NETWORK_A_DAY:
            most = BY_NETWORK_A_DAY[action] * settings.PEOPLE_BEHIND_ONE_ADDRESS
            yield Limit(f"{action} network day", network, most, A_DAY)


def _wait_after_counting(limits: list[Limit]) -> int:
    """Seconds until there is room again; 0 when there was room."""
    if not limits:
        return 0
    now = time.time()
    windows = {_key(limit, now): limit for limit in limits}
    ends = [timezone.now() + timedelta(seconds=_left(limit, now)) for limit in limits]
    answer = answer_of(
        COUNT.format(rate=Rate._meta.db_table),
        [list(windows), [limit.most for limit in limits], ends],
    )
    keys: list[bytes] = (answer and answer[0]) or []
    reached = [windows[key] for key in keys]
    return max((_left(limit, now) for limit in reached), default=0)


def _key(limit: Limit, now: float) -> bytes:
    window = int(now // limit.seconds)
    return keyed_hash(b"rate", limit.kind.encode(), limit.who, str(window).encode())


def _left(limit: Limit, now: float) -> int:
    """Whole seconds until the window of ``now`` is over, one at least."""
    return int(limit.seconds - now % limit.seconds) + 1
