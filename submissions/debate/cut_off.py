"""What stays of somebody who is gone: their votes as they stood, in the log too.

Lines of nobody can't be told apart, so what was changed or taken back could not be followed any
more: of each vote that stands one line stays, and a recount from the log counts it.
"""

from django.db import connection

from submissions.models import Participant, VoteEvent

FORGET = """
DELETE FROM {voteevent} AS line WHERE participant_id = %(who)s AND (
    kind = 'undone' OR EXISTS (
        SELECT FROM {voteevent} AS later
        WHERE later.participant_id = line.participant_id AND later.idea_id = line.idea_id
            AND (later.at, later.id) > (line.at, line.id)
    )
)
"""


def leave_what_stands(participant: Participant) -> None:
    """Make the log of ``participant``, whose row is locked and about to go, say what stands.

    Set aside as suspect, they don't get counted by going: their votes stay uncounted.
    """
    with connection.cursor() as cursor:
        statement = FORGET.format(voteevent=VoteEvent._meta.db_table)
        cursor.execute(statement, {"who": participant.pk})
    if participant.suspect:
        participant.votes.update(key_valid=False)
        participant.vote_events.update(key_valid=False)
