"""Counting what happened on each day, from the rows themselves: a recount gives the same."""

from django.conf import settings
from django.db import connection, transaction

from submissions.models import FigureKind

# What a day holds, by consultation and language; a vote counts on the day it was first cast, in the
# language that was on screen. Each takes the zone, and the moment from which days are counted.
_SOURCES = {
    FigureKind.PARTICIPANTS: (
        "SELECT consultation_id, created_at AS at, '' AS language FROM submissions_participant"
        " WHERE became_id IS NULL"
    ),
    FigureKind.IDEAS: (
        "SELECT debate.consultation_id, idea.created_at AS at, idea.language"
        " FROM submissions_idea idea JOIN submissions_debate debate ON debate.id = idea.debate_id"
        " WHERE idea.status <> 'unconfirmed'"
    ),
    FigureKind.VOTES: (
        "SELECT debate.consultation_id, event.at, event.read_in AS language"
        " FROM submissions_voteevent event"
        " JOIN submissions_idea idea ON idea.id = event.idea_id"
        " JOIN submissions_debate debate ON debate.id = idea.debate_id"
        " WHERE event.kind = 'cast'"
    ),
    FigureKind.CONTRIBUTIONS: (
        "SELECT consultation_id, submitted_at AS at, language FROM submissions_contribution"
    ),
}
_YESTERDAY = "(date_trunc('day', now() AT TIME ZONE %(zone)s) - interval '1 day')"
_FORGET = "DELETE FROM submissions_dailyfigure"
_FORGET_LATELY = f"{_FORGET} WHERE day >= {_YESTERDAY}::date"
_COUNT = """
INSERT INTO submissions_dailyfigure (consultation_id, kind, day, language, count)
SELECT consultation_id, %(kind)s, (at AT TIME ZONE %(zone)s)::date, language, count(*)
FROM ({source}) AS happened WHERE {since} GROUP BY 1, 3, 4
"""


@transaction.atomic
def count_days(*, lately: bool) -> None:
    """Count each day anew, or (``lately``) today and yesterday only. One statement a kind."""
    since = f"at >= {_YESTERDAY} AT TIME ZONE %(zone)s" if lately else "true"
    with connection.cursor() as cursor:
        zone = {"zone": settings.TIME_ZONE}
        cursor.execute(_FORGET_LATELY if lately else _FORGET, zone)
        for kind, source in _SOURCES.items():
            cursor.execute(
                _COUNT.format(source=source, since=since),
                {"kind": kind.value, "zone": settings.TIME_ZONE},
            )
