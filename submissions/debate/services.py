"""What citizens write: an idea, in one statement. Votes are in ``debate/ballots.py``."""

import uuid
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from submissions.consents import TAKING_PART
from submissions.debate.statements import answer_of
from submissions.models import (
    Address,
    Consent,
    Debate,
    Idea,
    IdeaStatus,
    IdeaText,
    Participant,
    SpeaksFor,
)

# Whoever erases a participant, or makes a guest somebody else, locks the row: this waits for them,
# and then finds nobody. ``earlier``: what the same form sent before, or its author in the same
# words; then nothing is written. ``newcomer``: a participant is made when none is named.
WRITE = """
WITH open AS (
    SELECT * FROM ({open}) AS open (debate_id, consultation_id, confirms)
    WHERE debate_id = %(debate)s::bigint
),
known AS (
    SELECT participant.id FROM {participant} AS participant
    JOIN open ON open.consultation_id = participant.consultation_id
    WHERE participant.id = %(participant)s::uuid AND participant.became_id IS NULL
    FOR KEY SHARE OF participant
),
earlier AS (
    SELECT id, author_id, status FROM {idea} WHERE form_key = %(form_key)s::uuid
    UNION ALL
    SELECT idea.id, idea.author_id, idea.status FROM known
    JOIN {idea} AS idea ON idea.author_id = known.id
    JOIN {ideatext} AS text ON text.idea_id = idea.id AND text.language = idea.language
    WHERE idea.debate_id = %(debate)s::bigint AND idea.language = %(language)s::varchar
        AND text.text = %(text)s::text AND idea.status IN ('unconfirmed', 'awaiting', 'published')
    LIMIT 1
),
newcomer AS (
    INSERT INTO {participant} (id, consultation_id, suspect, source, source_key)
    SELECT %(newcomer)s::uuid, consultation_id, false, '', '' FROM open
    WHERE %(newcomer)s::uuid IS NOT NULL AND NOT EXISTS (SELECT FROM earlier)
    RETURNING id
),
author AS (
    SELECT id FROM (SELECT id FROM known UNION ALL SELECT id FROM newcomer) AS either
    WHERE NOT EXISTS (SELECT FROM earlier)
),
consented AS (
    INSERT INTO {consent} (participant_id, purpose, version, language)
    SELECT id, %(purpose)s::varchar, %(version)s::varchar, %(page_language)s::varchar FROM author
    WHERE NOT EXISTS (
        SELECT FROM {consent} AS given
        WHERE given.participant_id = author.id AND given.purpose = %(purpose)s::varchar
            AND given.version = %(version)s::varchar AND given.withdrawn_at IS NULL
    )
),
written AS (
    INSERT INTO {idea} (
        debate_id, author_id, language, speaks_for, organisation, form_key,
        extremity, source, source_row, status
    )
    SELECT debate_id, author.id, %(language)s::varchar, %(speaks_for)s::varchar,
        %(organisation)s::varchar, %(form_key)s::uuid, 0, '', '',
        CASE WHEN confirms AND NOT EXISTS (
            SELECT FROM {address} AS address WHERE address.participant_id = author.id
        ) THEN 'unconfirmed' ELSE 'awaiting' END
    FROM open, author
    RETURNING id, author_id, status
),
worded AS (
    INSERT INTO {ideatext} (idea_id, language, text, origin)
    SELECT id, %(language)s::varchar, %(text)s::text, 'author' FROM written
)
SELECT id, author_id, status FROM written UNION ALL SELECT id, author_id, status FROM earlier
"""
TABLES = (Address, Consent, Idea, IdeaText, Participant)


class DebateClosed(Exception):
    """By the database's clock, the debate takes nothing: not yet, no more, or not this language."""


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
    speaks_for: str = SpeaksFor.CITIZEN,
    organisation: str = "",
) -> Received:
    """Keep an idea for a moderator to read; without a participant, make one.

    Of ``participant`` only the number is taken, as a cookie names it; the words have passed the
    form's rules. Where addresses are confirmed, the idea of somebody who has confirmed none waits
    for that first. What one form sends twice is one idea, and so is what its author sent in the
    same words, unless it was refused or withdrawn: the second time gives the first one back. Of one
    that waits for the address of somebody else nothing is known: it is no answer. Raises
    ``DebateClosed`` by the database's clock.
    """
    said = {
        "debate": debate.pk,
        # A page in a shared cache gives the same key to many: the words make the difference.
        "form_key": uuid.uuid5(form_key, f"{debate.pk} {language} {text}"),
        "text": text,
        "language": language,
        "page_language": page_language,
        "speaks_for": str(speaks_for),
        "organisation": organisation,
        "purpose": TAKING_PART.purpose,
        "version": TAKING_PART.version,
    }
    kept = _kept(said, participant)
    if kept is None and participant is not None:
        # Closed, or the participant is nobody (any more), or known by another number since.
        here = Participant.objects.filter(consultation=debate.consultation_id)
        same_or_other = Q(pk=participant.pk, became=None) | Q(guests=participant.pk)
        known = here.filter(same_or_other).first()
        if known != participant:
            participant = known
            kept = _kept(said, participant)
    if kept is not None and _waits_for_another(kept, participant):
        # A second press before the browser had its cookie, say: the answer to the first one never
        # came, so nobody could confirm that idea. Left alone, it is deleted; this one is not lost.
        kept = _kept(said | {"form_key": uuid.uuid4()}, participant)
    if kept is None:
        raise DebateClosed
    idea = Idea(
        pk=kept.idea_id,
        debate=debate,
        author_id=kept.author_id,
        language=language,
        speaks_for=speaks_for,
        organisation=organisation,
        status=kept.status,
    )
    if participant is None and kept.author_id == kept.newcomer:
        participant = Participant(pk=kept.newcomer, consultation_id=debate.consultation_id)
    is_own = participant is not None and kept.author_id == participant.pk
    return Received(idea, participant if is_own else None)


class Kept(NamedTuple):
    """The row of an idea, written now or before, and who would have been made its author."""

    idea_id: int
    author_id: uuid.UUID | None
    status: str
    newcomer: uuid.UUID | None


def _waits_for_another(kept: Kept, participant: Participant | None) -> bool:
    """Whether it is an earlier idea, unconfirmed, whose author this browser does not know."""
    own = participant.pk if participant is not None else kept.newcomer
    return kept.status == IdeaStatus.UNCONFIRMED and kept.author_id != own


def _kept(said: dict[str, Any], participant: Participant | None) -> Kept | None:
    """Write it, or find that it was; None: the debate is closed, or the participant nobody."""
    newcomer = uuid.uuid4() if participant is None else None
    statement, of_open = _statement(said["page_language"])
    who = {"participant": participant and participant.pk, "newcomer": newcomer}
    inside = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with inside:
            answer = answer_of(statement, said | of_open | who)
    except IntegrityError:  # the same form at the same moment: the other one was quicker
        first = Idea.objects.filter(form_key=said["form_key"])
        answer = first.values_list("pk", "author", "status").first()
        if answer is None:
            raise
    if answer is None:
        return None
    idea_id, author_id, status = answer
    return Kept(idea_id, author_id, status, newcomer)


@cache  # of few languages; the queryset, which says what is open, takes longer than the idea
def _statement(page_language: str) -> tuple[str, dict[str, Any]]:
    """The SQL, and the parameters of what makes a debate open."""
    debates = Debate.objects.open_at().readable_in(page_language).order_by()
    columns = ("pk", "consultation", "consultation__confirm_addresses")
    condition, values = debates.values_list(*columns).query.sql_with_params()
    named = {f"open_{number}": value for number, value in enumerate(values)}
    open_debates = condition % tuple(f"%({name})s" for name in named)
    tables = {model.__name__.lower(): model._meta.db_table for model in TABLES}
    return WRITE.format(open=open_debates, **tables), named
