"""Tallies: recounted from the votes by the worker, never incremented.

There is no row that every vote must lock, and a recount is equal by construction.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from submissions.models import Idea, Participant, Tally, Vote, VoteEvent

# Recounts wait for each other: an older one must not overwrite a newer one.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('submissions.tallies', 0))"

EVERY_IDEA = """
    SELECT idea_id FROM {vote} UNION SELECT idea_id FROM {tally}
"""
TOUCHED_LATELY = """
    SELECT idea_id FROM {event} WHERE at > statement_timestamp() - %s::interval
    UNION SELECT idea_id FROM {tally} WHERE stale
"""
# Only what changed is written, so ``counted_at`` is when the figures last moved.
RECOUNT = """
WITH touched AS ({touched})
INSERT INTO {tally} AS tally (idea_id, agree, disagree, neutral, votes, counted_at)
SELECT touched.idea_id,
    count(vote.id) FILTER (WHERE counted AND choice = 'agree'),
    count(vote.id) FILTER (WHERE counted AND choice = 'disagree'),
    count(vote.id) FILTER (WHERE counted AND choice = 'neutral'),
    count(vote.id),
    statement_timestamp()
FROM touched
LEFT JOIN (
    SELECT vote.id, vote.idea_id, vote.choice,
        vote.key_valid AND NOT coalesce(participant.suspect, false) AS counted
    FROM {vote} AS vote LEFT JOIN {participant} AS participant ON participant.id = participant_id
) AS vote ON vote.idea_id = touched.idea_id
GROUP BY touched.idea_id
ORDER BY touched.idea_id
ON CONFLICT (idea_id) DO UPDATE
SET agree = EXCLUDED.agree, disagree = EXCLUDED.disagree, neutral = EXCLUDED.neutral,
    votes = EXCLUDED.votes, counted_at = EXCLUDED.counted_at, stale = false
WHERE tally.stale OR (tally.agree, tally.disagree, tally.neutral, tally.votes)
    IS DISTINCT FROM (EXCLUDED.agree, EXCLUDED.disagree, EXCLUDED.neutral, EXCLUDED.votes)
RETURNING idea_id
"""
# Lists are put in order by ``votes_counted``. An idea that somebody holds (a moderator, an erasure,
# which may be waiting for this recount) is not waited for: its tally is marked, for the next round.
COPY = """
WITH moved AS (
    SELECT idea_id, agree + disagree + neutral AS counted FROM {tally} WHERE idea_id = ANY (%s)
), held AS (
    SELECT idea.id, counted FROM {idea} AS idea JOIN moved ON moved.idea_id = idea.id
    FOR NO KEY UPDATE OF idea SKIP LOCKED
), copied AS (
    UPDATE {idea} AS idea SET votes_counted = held.counted FROM held
    WHERE idea.id = held.id AND votes_counted <> held.counted
)
UPDATE {tally} SET stale = true
WHERE idea_id IN (SELECT idea_id FROM moved EXCEPT SELECT id FROM held)
"""
# Waits for a recount that is under way: what it read may be older than what is marked here.
MARK = """
INSERT INTO {tally} AS tally (idea_id, agree, disagree, neutral, votes, stale)
SELECT DISTINCT idea_id, 0, 0, 0, 0, true FROM {vote} WHERE participant_id = ANY (%s)
ORDER BY idea_id
ON CONFLICT (idea_id) DO UPDATE SET stale = true
"""


@transaction.atomic
def refresh_tallies(*, touched_within: timedelta | None = None) -> int:
    """Recount ideas from their votes; how many tallies moved.

    ``touched_within``: only ideas with a vote event in that time, and those that ``recount_soon``
    marked. None: every idea, for what leaves neither (imports, a worker that was down).
    """
    touched = EVERY_IDEA if touched_within is None else TOUCHED_LATELY
    within: list[Any] = [] if touched_within is None else [touched_within]
    tables = {model.__name__.lower(): model._meta.db_table for model in (Participant, Tally, Vote)}
    statement = RECOUNT.format(
        touched=touched.format(event=VoteEvent._meta.db_table, **tables), **tables
    )
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        cursor.execute(statement, within)
        moved = [idea_id for (idea_id,) in cursor.fetchall()]
        if moved:
            cursor.execute(COPY.format(idea=Idea._meta.db_table, **tables), [moved])
    return len(moved)


@transaction.atomic
def recount_soon(*participants: UUID) -> None:
    """Mark every idea that ``participants`` voted on: the worker's next round counts it again.

    To be called in the transaction that sets them aside, takes them back or deletes their votes.
    """
    statement = MARK.format(tally=Tally._meta.db_table, vote=Vote._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        cursor.execute(statement, [list(participants)])
