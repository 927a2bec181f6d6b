"""What citizens do: write an idea, vote, take a vote back. Each is one transaction."""

import uuid
from dataclasses import dataclass
from typing import Any, Literal

from django.db import IntegrityError, connection, transaction

from submissions.debate.participants import take_part
from submissions.models import (
    Debate,
    Idea,
    IdeaText,
    Participant,
    TextOrigin,
    Vote,
    VoteChoice,
    VoteEvent,
)

Happened = Literal["cast", "changed", "unchanged", "undone", "nothing"]


class DebateClosed(Exception):
    """By the database's clock, the debate takes nothing: not yet, no more, or not this language."""


# An identical vote changes nothing and is no event; it may bring the valid key that the first one
# lacked, which is one. A row that this statement inserts has no ``xmax``, one that it updates has.
CAST = """
WITH votable (id) AS ({votable}),
standing AS (
    INSERT INTO {vote} AS vote (idea_id, participant_id, choice, read_in, key_valid)
    SELECT votable.id, %s::uuid, %s, %s, %s FROM votable
    ON CONFLICT ON CONSTRAINT one_vote_per_participant DO UPDATE
    SET choice = EXCLUDED.choice, read_in = EXCLUDED.read_in, key_valid = EXCLUDED.key_valid,
        cast_at = EXCLUDED.cast_at
    WHERE vote.choice <> EXCLUDED.choice OR (EXCLUDED.key_valid AND NOT vote.key_valid)
    RETURNING idea_id, participant_id, choice, read_in, key_valid,
        CASE WHEN xmax = 0 THEN 'cast' ELSE 'changed' END AS kind
),
logged AS (
    INSERT INTO {event} (idea_id, participant_id, kind, choice, read_in, key_valid)
    SELECT idea_id, participant_id, kind, choice, read_in, key_valid FROM standing
)
SELECT EXISTS (SELECT FROM votable), (SELECT kind FROM standing)
"""

UNDO = """
WITH votable (id) AS ({votable}),
taken_back AS (
    DELETE FROM {vote} USING votable
    WHERE idea_id = votable.id AND participant_id = %s
    RETURNING idea_id, participant_id, choice, read_in, key_valid
),
logged AS (
    INSERT INTO {event} (idea_id, participant_id, kind, choice, read_in, key_valid)
    SELECT idea_id, participant_id, 'undone', choice, read_in, key_valid FROM taken_back
)
SELECT EXISTS (SELECT FROM votable), (SELECT 'undone' FROM taken_back)
"""


def cast(
    idea: Idea,
    participant: Participant,
    choice: VoteChoice,
    *,
    read_in: str,
    page_language: str,
    key_valid: bool,
) -> Happened:
    """Make ``choice`` the participant's standing on ``idea``, whatever it was before.

    One ``INSERT … ON CONFLICT`` with its event: parallel requests leave one row (case 1). Says
    whether the vote was ``cast``, ``changed`` or was ``unchanged``; raises ``DebateClosed`` when
    the idea can't be voted on from ``page_language`` by the database's clock.
    """
    parameters = [participant.pk, choice.value, read_in, key_valid]
    return _in_one_statement(CAST, idea, participant, page_language, parameters) or "unchanged"


def undo(idea: Idea, participant: Participant, *, page_language: str) -> Happened:
    """Take the vote back and log it in one statement: ``undone``, or ``nothing`` to take back.

    Raises ``DebateClosed`` as ``cast`` does.
    """
    return _in_one_statement(UNDO, idea, participant, page_language, [participant.pk]) or "nothing"


def _in_one_statement(
    template: str, idea: Idea, participant: Participant, language: str, parameters: list[Any]
) -> Happened | None:
    """Run ``template`` over ``idea`` if it is votable: what that means is said by the queryset."""
    votable = Idea.objects.votable_in(language).filter(
        pk=idea.pk, debate__consultation=participant.consultation_id
    )
    condition, of_condition = votable.order_by().values("pk").query.sql_with_params()
    statement = template.format(
        votable=condition, vote=Vote._meta.db_table, event=VoteEvent._meta.db_table
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*of_condition, *parameters])
        was_votable, happened = cursor.fetchone()
    if not was_votable:
        raise DebateClosed
    found: Happened | None = happened
    return found


@dataclass(frozen=True)
class Received:
    """An idea that was kept, and who is to be remembered as its author in this browser."""

    idea: Idea
    author: Participant | None  # None: it came twice, and this visitor is not known as its author


def submit_idea(
    debate: Debate,
    participant: Participant | None,
    *,
    text: str,
    language: str,
    page_language: str,
    form_key: uuid.UUID,
) -> Received:
    """Keep an idea for a moderator to read; without a participant, make one.

    ``text`` has passed the form's rules. What one form sends twice is one idea: the second time
    gives the first one back. Raises ``DebateClosed`` by the database's clock.
    """
    # A page in a shared cache gives the same key to many: the words make the difference.
    key = uuid.uuid5(form_key, f"{debate.pk} {language} {text}")
    try:
        with transaction.atomic():
            is_open = Debate.objects.open_at().readable_in(page_language)
            if not is_open.filter(pk=debate.pk).exists():
                raise DebateClosed
            author = take_part(debate.consultation, participant, page_language)
            idea = Idea.objects.create(
                debate=debate, author=author, language=language, form_key=key
            )
            IdeaText.objects.create(
                idea=idea, language=language, text=text, origin=TextOrigin.AUTHOR
            )
            return Received(idea, author)
    except IntegrityError:
        first = Idea.objects.filter(form_key=key).first()
        if first is None:
            raise
        is_own = participant is not None and first.author_id == participant.pk
        return Received(first, participant if is_own else None)
