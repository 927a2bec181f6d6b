"""Votes: cast, qualified, taken back. Each is one statement with its line in the log.

The same statement judges whether the vote may be: the idea published, the debate open by the
database's clock, the participant known to this consultation and not too fast. So a vote costs one
round trip, and nothing can change between the question and the answer.
"""

from functools import cache
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.conf import settings

from submissions.debate.services import DebateClosed
from submissions.debate.statements import answer_of
from submissions.limits import TooMany
from submissions.models import (
    QUALIFIES,
    Idea,
    IdeaText,
    Participant,
    Qualification,
    Vote,
    VoteChoice,
    VoteEvent,
)

Happened = Literal["cast", "changed", "unchanged", "qualified", "undone", "nothing"]
QUALIFIED_CHOICE = {said: choice for choice, all_said in QUALIFIES.items() for said in all_said}


class Outcome(NamedTuple):
    """What a statement did, and in which debate."""

    happened: Happened
    debate_id: int


# Whoever erases a participant, or makes a guest somebody else, locks the row: this waits for them,
# and then finds nobody. The lock is the one that the vote's foreign key takes anyway.
# ``wait``: null, unless a minute is full; then the seconds until there is room. The log itself is
# counted: the last lines of this participant, found by its index.
VOTABLE = """
WITH possible (id, debate_id, language, participant_id, wait) AS (
    SELECT open.id, open.debate_id, open.language, participant.id, (
        SELECT ceil(extract(epoch FROM event.at + '1 minute' - statement_timestamp()))::integer
        FROM {voteevent} AS event
        WHERE event.participant_id = participant.id
            AND event.at > statement_timestamp() - interval '1 minute'
        ORDER BY event.at DESC LIMIT 1 OFFSET %s
    )
    FROM ({open}) AS open (id, debate_id, language, consultation_id, site_id)
    JOIN {participant} AS participant ON participant.consultation_id = open.consultation_id
    WHERE open.id = %s AND participant.id = %s AND participant.became_id IS NULL
        AND open.site_id = %s
    FOR KEY SHARE OF participant
),
votable AS (SELECT * FROM possible WHERE wait IS NULL),
"""

# An identical vote changes nothing and is no event; it may bring the valid key that the first one
# lacked, which is one. A row that this statement inserts has no ``xmax``, one that it updates has.
# The language read is the one said, if the idea has words in it, else what the page would show.
CAST = """
standing AS (
    INSERT INTO {vote} AS vote (idea_id, participant_id, choice, key_valid, read_in)
    SELECT votable.id, votable.participant_id, %s, %s, coalesce(
        (
            SELECT text.language FROM {ideatext} AS text
            WHERE text.idea_id = votable.id AND text.language IN (%s, %s)
                AND (text.origin = 'author' OR text.approved_at IS NOT NULL)
            ORDER BY text.language = %s DESC LIMIT 1
        ),
        votable.language
    )
    FROM votable
    ON CONFLICT ON CONSTRAINT one_vote_per_participant DO UPDATE
    SET choice = EXCLUDED.choice, read_in = EXCLUDED.read_in, key_valid = EXCLUDED.key_valid,
        cast_at = EXCLUDED.cast_at,
        qualifications = CASE WHEN vote.choice = EXCLUDED.choice THEN vote.qualifications
            ELSE EXCLUDED.qualifications END
    WHERE vote.choice <> EXCLUDED.choice OR (EXCLUDED.key_valid AND NOT vote.key_valid)
    RETURNING idea_id, participant_id, choice, qualifications, read_in, key_valid,
        CASE WHEN xmax = 0 THEN 'cast' ELSE 'changed' END AS kind
),
"""

QUALIFY = """
standing AS (
    UPDATE {vote} AS vote
    SET qualifications = CASE WHEN said.stands THEN array_append(qualifications, said.value)
        ELSE array_remove(qualifications, said.value) END
    FROM votable, (SELECT %s::varchar AS value, %s AS stands) AS said
    WHERE vote.idea_id = votable.id AND vote.participant_id = votable.participant_id
        AND vote.choice = %s AND (said.value = ANY (qualifications)) <> said.stands
    RETURNING vote.idea_id, vote.participant_id, choice, qualifications, read_in, key_valid,
        'qualified' AS kind
),
"""

UNDO = """
standing AS (
    DELETE FROM {vote} AS vote USING votable
    WHERE vote.idea_id = votable.id AND vote.participant_id = votable.participant_id
    RETURNING vote.idea_id, vote.participant_id, choice, '{{}}'::varchar[] AS qualifications,
        read_in, key_valid, 'undone' AS kind
),
"""

LOGGED = """
logged AS (
    INSERT INTO {voteevent}
        (idea_id, participant_id, kind, choice, qualifications, read_in, key_valid)
    SELECT idea_id, participant_id, kind, choice, qualifications, read_in, key_valid FROM standing
)
SELECT (SELECT kind FROM standing), (SELECT debate_id FROM possible), (SELECT wait FROM possible)
"""


def cast(
    idea_id: int,
    participant_id: UUID,
    choice: VoteChoice,
    *,
    site_id: int | None,
    read_in: str,
    page_language: str,
    key_valid: bool,
) -> Outcome:
    """Make ``choice`` the participant's standing on the idea, whatever it was before.

    Parallel requests leave one row (case 1). Another choice than before empties the qualifications.
    Says whether the vote was ``cast``, ``changed`` or was ``unchanged``. ``DebateClosed``: the idea
    can't be voted on by this participant, on this site, from ``page_language``, at this moment.
    ``TooMany``: it can, and not yet: a minute holds ``VOTES_A_MINUTE`` lines of the log.
    """
    said = [choice.value, key_valid, read_in, page_language, read_in]
    return _in_one_statement(
        CAST, idea_id, participant_id, site_id, page_language, said, otherwise="unchanged"
    )


def qualify(
    idea_id: int,
    participant_id: UUID,
    qualification: Qualification,
    *,
    stands: bool,
    site_id: int | None,
    page_language: str,
) -> Outcome:
    """Add ``qualification`` to the vote, or take it away: ``qualified``.

    ``nothing``: it is so already, or the vote that stands is none that it belongs to. Raises
    ``DebateClosed`` and ``TooMany`` as ``cast`` does.
    """
    said = [qualification.value, stands, QUALIFIED_CHOICE[qualification].value]
    return _in_one_statement(
        QUALIFY, idea_id, participant_id, site_id, page_language, said, otherwise="nothing"
    )


def undo(idea_id: int, participant_id: UUID, *, site_id: int | None, page_language: str) -> Outcome:
    """Take the vote back: ``undone``, or ``nothing`` to take back.

    Raises ``DebateClosed`` and ``TooMany`` as ``cast`` does.
    """
    return _in_one_statement(
        UNDO, idea_id, participant_id, site_id, page_language, [], otherwise="nothing"
    )


def _in_one_statement(
    change: str,
    idea_id: int,
    participant_id: UUID,
    site_id: int | None,
    language: str,
    said: list[Any],
    *,
    otherwise: Happened,
) -> Outcome:
    """Run ``change`` over the idea if it is votable."""
    statement, of_condition = _statement(change, language)
    before_the_last = settings.VOTES_A_MINUTE - 1
    parameters = [before_the_last, *of_condition, idea_id, participant_id, site_id, *said]
    happened, debate_id, wait = answer_of(statement, parameters) or (None, None, None)
    if debate_id is None:
        raise DebateClosed
    if wait is not None:
        raise TooMany(wait)
    return Outcome(happened or otherwise, debate_id)


@cache  # of few languages; the queryset, which says what is votable, takes longer than the vote
def _statement(change: str, language: str) -> tuple[str, tuple[Any, ...]]:
    """The SQL of ``change`` and the first of its parameters."""
    votable = Idea.objects.votable_in(language).order_by()
    columns = ("pk", "debate", "language", "debate__consultation", "debate__consultation__site")
    condition, said = votable.values_list(*columns).query.sql_with_params()
    parameters = tuple(str(one) if isinstance(one, str) else one for one in said)  # no enums
    models = (IdeaText, Participant, Vote, VoteEvent)
    tables = {model.__name__.lower(): model._meta.db_table for model in models}
    return (VOTABLE + change + LOGGED).format(open=condition, **tables), parameters
