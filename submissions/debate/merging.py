"""A guest and a person with a confirmed address who turn out to be one (case 14)."""

from typing import Any

from django.db import connection, transaction

from submissions.debate.tallies import recount_soon
from submissions.models import (
    Address,
    Mail,
    MailedLink,
    Origin,
    Participant,
    TranslationReport,
    Vote,
    VoteEvent,
)

# Where both voted alike, a vote that counted counts still.
AS_VALID = """
    UPDATE {vote} AS kept SET key_valid = true FROM {vote} AS other
    WHERE kept.idea_id = other.idea_id AND kept.choice = other.choice
        AND other.key_valid AND NOT kept.key_valid
        AND kept.participant_id = ANY (%(both)s) AND other.participant_id = ANY (%(both)s)
"""
# Where both voted, the newer vote stands; of two at the same moment the known person's.
OLDER = """
    DELETE FROM {vote} AS older USING {vote} AS newer
    WHERE older.idea_id = newer.idea_id
        AND older.participant_id = ANY (%(both)s) AND newer.participant_id = ANY (%(both)s)
        AND older.participant_id <> newer.participant_id
        AND (older.cast_at, older.participant_id = %(known)s)
            < (newer.cast_at, newer.participant_id = %(known)s)
"""
# Two logs become one. Where its last line does not say how the vote stands now (the guest took
# back what the other had cast, say), a line does: a recount from the log gives what stands.
SAID_ANEW = """
    INSERT INTO {voteevent}
        (idea_id, participant_id, kind, choice, qualifications, read_in, key_valid)
    SELECT vote.idea_id, vote.participant_id, 'changed', vote.choice, vote.qualifications,
        vote.read_in, vote.key_valid
    FROM {vote} AS vote
    CROSS JOIN LATERAL (
        SELECT kind, choice, qualifications, key_valid FROM {voteevent} AS event
        WHERE event.participant_id = vote.participant_id AND event.idea_id = vote.idea_id
        ORDER BY event.at DESC, event.id DESC LIMIT 1
    ) AS last
    WHERE vote.participant_id = %(known)s AND (
        last.kind = 'undone' OR (last.choice, last.qualifications, last.key_valid)
            IS DISTINCT FROM (vote.choice, vote.qualifications, vote.key_valid)
    )
"""


@transaction.atomic
def merge(guest: Participant, known: Participant) -> bool:
    """Make ``guest`` one with ``known``: all that was the guest's is theirs. Whether it was done.

    Once, whoever asks, and at the same time as anything: votes of both wait meanwhile. The guest's
    row stays, so that another browser which brings its number speaks for ``known``. Somebody with a
    confirmed address is no guest. Set aside as suspect, one makes the other so.
    """
    both = [guest.pk, known.pk]
    rows = Participant.objects.select_for_update().filter(pk__in=both).order_by("pk").in_bulk()
    if len(rows) < len(both):  # the same, or erased
        return False
    guest, known = rows[guest.pk], rows[known.pk]
    gone = guest.became_id or known.became_id
    if gone or guest.consultation_id != known.consultation_id:
        return False
    if Address.objects.filter(participant=guest).exists():
        return False
    recount_soon(*both)
    _votes(guest, known)
    guest.ideas.update(author=known)
    _consents(guest, known)
    _reports(guest, known)
    MailedLink.objects.filter(participant=guest).update(participant=known)
    Mail.objects.filter(participant=guest.pk).update(participant=known.pk)
    if not Origin.objects.filter(participant=known).exists():
        Origin.objects.filter(participant=guest).update(participant=known)
    Origin.objects.filter(participant=guest).delete()  # one person came from one place
    known.suspect = known.suspect or guest.suspect
    known.reads = known.reads or guest.reads
    known.save(update_fields=["suspect", "reads"])
    guest.became = known
    guest.save(update_fields=["became"])
    return True


def _votes(guest: Participant, known: Participant) -> None:
    tables = {"vote": Vote._meta.db_table, "voteevent": VoteEvent._meta.db_table}
    told: dict[str, Any] = {"both": [guest.pk, known.pk], "known": known.pk}
    with connection.cursor() as cursor:
        cursor.execute(AS_VALID.format(**tables), told)
        cursor.execute(OLDER.format(**tables), told)
        guest.votes.update(participant=known)
        guest.vote_events.update(participant=known)
        cursor.execute(SAID_ANEW.format(**tables), told)


def _consents(guest: Participant, known: Participant) -> None:
    """What both agreed to was agreed to once, by the one who stays."""
    held = set(known.consents.values_list("purpose", "version", "withdrawn_at"))
    for consent in guest.consents.all():
        if (consent.purpose, consent.version, consent.withdrawn_at) in held:
            consent.delete()
        else:
            consent.participant = known
            consent.save(update_fields=["participant"])


def _reports(guest: Participant, known: Participant) -> None:
    """Of one translation, one reader has one report that waits."""
    theirs = TranslationReport.objects.filter(participant=guest)
    reported = TranslationReport.objects.filter(participant=known, settled_at=None)
    theirs.filter(settled_at=None, text__in=reported.values("text")).delete()
    theirs.update(participant=known)
