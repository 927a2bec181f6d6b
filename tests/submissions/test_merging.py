"""Case 14: a guest and somebody known by an address who are one person become one, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from core.clock import database_now
from submissions.debate.ballots import cast as vote
from submissions.debate.erasure import erase
from submissions.debate.merging import merge
from submissions.debate.services import DebateClosed
from submissions.debate.tallies import refresh_tallies
from submissions.models import (
    Address,
    Consent,
    Consultation,
    Debate,
    Idea,
    Mail,
    MailedLink,
    Origin,
    Participant,
    Tally,
    TranslationReport,
    Vote,
    VoteChoice,
    VoteEvent,
)
from tests.factories import idea, participant, translation_of
from tests.submissions.casting import cast, undo
from tests.submissions.linking import (
    CAMILLE,
)
from tests.submissions.test_races import together

pytestmark = pytest.mark.django_db
AGREE, DISAGREE = VoteChoice.AGREE, VoteChoice.DISAGREE


@pytest.fixture
def guest(consultation: Consultation) -> Participant:
    return participant(consultation)


@pytest.fixture
def known(consultation: Consultation) -> Participant:
    """Somebody whose address is confirmed."""
    return with_address(participant(consultation))


def with_address(someone: Participant, email: str = CAMILLE) -> Participant:
    Address.objects.create(
        consultation=someone.consultation,
        participant=someone,
        email=email,
        mailbox=email,
        language="en",
    )
    return someone


def aged(someone: Participant, **before: float) -> None:
    """Let the votes of ``someone`` and their log be that much older."""
    then = timedelta(**before)
    for row in Vote.objects.filter(participant=someone):
        Vote.objects.filter(pk=row.pk).update(cast_at=row.cast_at - then)
    for line in VoteEvent.objects.filter(participant=someone):
        VoteEvent.objects.filter(pk=line.pk).update(at=line.at - then)


def recounted_from_the_log() -> set[tuple[int, Any, str, bool]]:
    """What stands, as whoever has the log alone would find it (case 16)."""
    last: dict[tuple[int, Any], VoteEvent] = {}
    for event in VoteEvent.objects.order_by("at", "pk"):
        last[event.idea_id, event.participant_id] = event
    return {
        (event.idea_id, event.participant_id, event.choice, event.key_valid)
        for event in last.values()
        if event.kind != "undone"
    }


def standing() -> set[tuple[int, Any, str, bool]]:
    return set(Vote.objects.values_list("idea_id", "participant_id", "choice", "key_valid"))


# --- Votes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("older", "stands"), [("guest", AGREE), ("known", DISAGREE)])
def test_where_both_voted_the_newer_vote_stands(
    debate: Debate, guest: Participant, known: Participant, older: str, stands: VoteChoice
):  # case 14
    voted_on = idea(debate)
    cast(voted_on, guest, DISAGREE)
    cast(voted_on, known, AGREE)
    aged({"guest": guest, "known": known}[older], minutes=5)
    assert merge(guest, known)
    one = Vote.objects.get()
    assert (one.participant, one.choice) == (known, stands)
    assert VoteEvent.objects.filter(participant=known).count() >= 2
    assert standing() == recounted_from_the_log()


def test_votes_on_other_ideas_are_all_kept_and_counted_again(
    debate: Debate, guest: Participant, known: Participant
):  # case 14
    mine, theirs, both = idea(debate), idea(debate), idea(debate)
    cast(mine, guest, AGREE)
    cast(theirs, known, DISAGREE)
    cast(both, guest, AGREE)
    cast(both, known, AGREE)
    refresh_tallies()
    assert Tally.objects.get(idea=both).agree == 2
    merge(guest, known)
    refresh_tallies(touched_within=timedelta(0))
    assert [Tally.objects.get(idea=one).votes for one in (mine, theirs, both)] == [1, 1, 1]
    assert not Vote.objects.filter(participant=guest).exists()
    assert standing() == recounted_from_the_log()


def test_a_vote_that_the_guest_took_back_leaves_the_others_in_the_log_too(
    debate: Debate, guest: Participant, known: Participant
):  # cases 14 and 16
    voted_on = idea(debate)
    cast(voted_on, known, AGREE)
    aged(known, minutes=5)
    cast(voted_on, guest, DISAGREE)
    undo(voted_on, guest)
    merge(guest, known)
    assert Vote.objects.get().choice == AGREE
    assert standing() == recounted_from_the_log()


@pytest.mark.parametrize(("newer", "counts"), [(AGREE, True), (DISAGREE, False)])
def test_a_forged_vote_beside_an_honest_one(
    debate: Debate, guest: Participant, known: Participant, newer: VoteChoice, counts: bool
):  # case 8
    """Alike, it counts as before; another one is as if the same browser had cast it."""
    voted_on = idea(debate)
    cast(voted_on, known, AGREE)
    aged(known, minutes=5)
    cast(voted_on, guest, newer, key_valid=False)
    merge(guest, known)
    assert (Vote.objects.get().choice, Vote.objects.get().key_valid) == (newer, counts)
    assert standing() == recounted_from_the_log()


# --- All that is theirs ---------------------------------------------------------------------------


def test_all_that_was_the_guests_is_theirs_and_nothing_is_forgotten_here(
    debate: Debate, guest: Participant, known: Participant
):  # case 14
    """A new foreign key to a participant fails this until merging knows it."""
    where = debate.consultation
    wrote = idea(debate, author=guest)
    text = translation_of(idea(debate), "Un arbre.", "fr")
    for someone in (guest, known):
        someone.consents.create(purpose="taking_part", version="1", language="en")
        Origin.objects.create(participant=someone, origin_hash=b"o" * 32)
        TranslationReport.objects.create(text=text, participant=someone)
    guest.consents.create(purpose="taking_part", version="2", language="fr")
    MailedLink.objects.create(
        token_hash=b"x" * 32,
        purpose="confirm_idea",
        consultation=where,
        email=CAMILLE,
        participant=guest,
        idea=wrote,
        expires_at=database_now(),
    )
    Mail.objects.create(consultation=where, kind="confirm_idea", participant=guest.pk)
    cast(idea(debate), guest, AGREE)
    Participant.objects.filter(pk=guest.pk).update(reads=["fr"], suspect=True)

    merge(guest, known)

    guest.refresh_from_db()
    known.refresh_from_db()
    assert guest.became == known
    pointers = [
        row
        for row in Participant._meta.get_fields(include_hidden=True)
        if row.auto_created and not row.concrete
    ]
    assert {f"{row.related_model.__name__}.{row.field.name}" for row in pointers} == {
        *("Participant.became", "Address.participant", "Consent.participant", "Idea.author"),
        *("MailedLink.participant", "Origin.participant", "TranslationReport.participant"),
        *("Vote.participant", "VoteEvent.participant"),
        "ClusterMember.participant",  # stays: a cluster counts who its members became
    }
    left = [
        row.related_model
        for row in pointers
        if row.related_model._default_manager.filter(**{row.field.name: guest}).exists()
    ]
    assert left == []
    assert (known.reads, known.suspect) == (["fr"], True)
    assert sorted(known.consents.values_list("version", flat=True)) == ["1", "2"]
    assert Origin.objects.get().participant == known
    assert TranslationReport.objects.get().participant == known
    assert Idea.objects.get(pk=wrote.pk).author == known
    assert Mail.objects.get().participant == known.pk
    assert Consent.objects.filter(participant=None).count() == 0


def test_it_is_done_once_and_to_guests_alone(
    consultation: Consultation, guest: Participant, known: Participant
):  # case 14
    other = with_address(participant(consultation), "other@example.org")
    assert not merge(other, known)
    assert not merge(known, known)
    assert merge(guest, known)
    assert not merge(guest, known)
    assert not merge(guest, other)
    assert not merge(participant(consultation), guest)
    guest.refresh_from_db()
    assert guest.became == known


def test_erasing_takes_the_guests_along(debate: Debate, guest: Participant, known: Participant):
    cast(idea(debate), guest, AGREE)
    merge(guest, known)
    erase(known)
    assert not Participant.objects.exists()
    assert Vote.objects.get().participant is None


# --- At the same moment ---------------------------------------------------------------------------


def the_vote(of: Participant, on: Idea) -> bool:
    """Vote as one browser does; False: nobody to vote for by now."""
    try:
        vote(
            on.pk,
            of.pk,
            AGREE,
            site_id=on.debate.consultation.site_id,
            read_in="en",
            page_language="en",
            key_valid=True,
        )
    except DebateClosed:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_merging_while_both_vote_leaves_no_stray_vote_and_no_double(
    debate: Debate, guest: Participant, known: Participant
):  # case 14
    ideas = [idea(debate, f"We should do thing {number} now.") for number in range(12)]

    def act(number: int) -> Any:
        if number == 0:
            return merge(guest, known)
        whose = guest if number % 2 else known
        return [the_vote(whose, on) for on in ideas]

    done = together(7, act)
    assert done[0] is True
    assert not Vote.objects.filter(participant=guest).exists()
    assert not VoteEvent.objects.filter(participant=guest).exists()
    assert Vote.objects.count() == len(ideas)
    assert standing() == recounted_from_the_log()
    refresh_tallies()
    assert set(Tally.objects.values_list("votes", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_merged_from_several_sides_at_once_it_is_done_once(
    consultation: Consultation, debate: Debate, guest: Participant, known: Participant
):  # case 14
    cast(idea(debate), guest, AGREE)
    assert sorted(together(6, lambda _number: merge(guest, known))) == [False] * 5 + [True]
    assert Vote.objects.get().participant == known


@pytest.mark.django_db(transaction=True)
def test_merging_and_erasing_at_once_end_in_one_of_the_two(
    debate: Debate, known: Participant, consultation: Consultation
):
    guests = [participant(consultation) for _each in range(4)]
    for one in guests:
        cast(idea(debate), one, AGREE)

    def act(number: int) -> Any:
        if number == len(guests):
            return erase(known)
        return merge(guests[number], known)

    done = together(len(guests) + 1, act)
    assert Participant.objects.count() == done[:-1].count(False)
    assert Vote.objects.count() == len(guests)
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        assert cursor.fetchone()[0] == 0
