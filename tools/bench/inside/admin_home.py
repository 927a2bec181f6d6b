"""The home of the admin, and what is counted for it: a line of JSON."""

import json
import time

from django.db import connection

from submissions.figures import count_days
from tools.bench.inside.contribution_pages import as_administrator, taken

# Each vote that a crowd cast has its event, on one of the last thirty days.
EVENTS = """
INSERT INTO submissions_voteevent (idea_id, participant_id, kind, choice, read_in, key_valid, at)
SELECT idea_id, participant_id, 'cast', choice, read_in, key_valid,
    now() - random() * interval '30 days'
FROM submissions_vote AS vote WHERE NOT EXISTS (
    SELECT FROM submissions_voteevent AS event
    WHERE event.participant_id = vote.participant_id AND event.idea_id = vote.idea_id)
"""


def main() -> None:
    """Give votes their events, count the days, then ask for the page."""
    with connection.cursor() as cursor:
        cursor.execute(EVENTS)
        cursor.execute("VACUUM ANALYZE")
    counted = {"all": _seconds(lately=False), "lately": _seconds(lately=True)}
    print(json.dumps(taken(as_administrator(), "/admin/") | counted))


def _seconds(*, lately: bool) -> float:
    begun = time.perf_counter()
    count_days(lately=lately)
    return time.perf_counter() - begun
