"""The pace of votes, counted from their own log; and votes of who is erased or becomes another."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.core import signing
from django.db import connection, transaction

from core.clock import database_now
from submissions.debate.participants import SALT
from submissions.debate.services import DebateClosed
from submissions.limits import TooMany
from submissions.models import Consultation, Debate, Participant, Vote, VoteEvent
from tests.factories import idea, participant
from tests.submissions.casting import cast, undo
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db

MOST = 5


@pytest.fixture(autouse=True)
def few_votes_a_minute(settings):
    settings.VOTES_A_MINUTE = MOST


@pytest.fixture
def hasty(voter: Visitor, me: Participant, debate: Debate) -> Visitor:
    """Somebody whose minute is full."""
    for _number in range(MOST):
        cast(idea(debate), me)
    return voter


def test_a_minute_holds_so_many_votes_and_no_more(consultation: Consultation, debate: Debate):
    me, ideas = participant(consultation), [idea(debate) for _number in range(MOST + 1)]
    for one in ideas[:MOST]:
        assert cast(one, me) == "cast"
    with pytest.raises(TooMany) as refused:
        cast(ideas[MOST], me)
    assert 55 <= refused.value.retry_after <= 60
    assert Vote.objects.count() == VoteEvent.objects.count() == MOST
    assert cast(ideas[MOST], participant(consultation)) == "cast"


def test_changing_and_undoing_count_and_change_nothing_when_refused(
    consultation: Consultation, debate: Debate
):
    me, wanted = participant(consultation), idea(debate)
    for number in range(MOST):
        cast(wanted, me, ("agree", "disagree")[number % 2])
    with pytest.raises(TooMany):
        undo(wanted, me)
    with pytest.raises(TooMany):
        cast(wanted, me, "neutral")
    assert Vote.objects.get().choice == "agree"
    assert VoteEvent.objects.count() == MOST


def test_after_the_minute_there_is_room_again(consultation: Consultation, debate: Debate):
    me, late = participant(consultation), idea(debate)
    for _number in range(MOST):
        cast(idea(debate), me)
    first = VoteEvent.objects.order_by("pk")[0]
    VoteEvent.objects.filter(pk=first.pk).update(at=database_now() - timedelta(seconds=50))
    with pytest.raises(TooMany) as refused:
        cast(late, me)
    assert 5 <= refused.value.retry_after <= 10
    VoteEvent.objects.filter(pk=first.pk).update(at=database_now() - timedelta(seconds=61))
    assert cast(late, me) == "cast"


def test_it_is_the_index_of_the_log_that_is_counted(consultation: Consultation, debate: Debate):
    """So the cost does not grow with the table (docs/limits.md has what was measured)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'vote_events_of_one'")
        assert "(participant_id, at)" in cursor.fetchone()[0]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_is_too_fast_sees_the_card_and_when_to_go_on(  # case 69
    hasty: Visitor, debate: Debate, language: str
):
    wanted = idea(debate)
    for headers in ({}, {"hx-request": "true"}):
        card = hasty.card(wanted, language)
        sent = card | {"choice": "agree", "place": "sequence"}
        refused = hasty.post(address("cast", wanted.pk, language=language), sent, headers=headers)
        assert refused.status_code == 429
        assert 0 < int(refused["Retry-After"]) <= 60
        page = refused.content.decode()
        assert 'id="main"' in page and 'role="alert"' in page
        assert ("very fast" if language == "en" else "très rapide") in page
        assert 'value="agree"' in page  # the card, to go on with
    assert Vote.objects.count() == MOST


def test_htmx_puts_that_page_in_the_cards_place(hasty: Visitor, debate: Debate):
    page = hasty.get(address("vote", debate.pk) + "?more=1").content.decode()
    assert '"422|429", "swap": true' in page


# --- Who is erased, or becomes somebody else ------------------------------------------------------


def test_a_guest_who_became_another_casts_no_vote_of_their_own(
    consultation: Consultation, debate: Debate
):
    known = participant(consultation)
    guest = participant(consultation)
    Participant.objects.filter(pk=guest.pk).update(became=known)
    with pytest.raises(DebateClosed):
        cast(idea(debate), guest)
    assert not Vote.objects.exists()


def signed_for(who: Participant) -> str:
    name = site_settings.PARTICIPANT_COOKIE_NAME
    return signing.get_cookie_signer(salt=name + SALT).sign(str(who.pk))


def test_a_browser_of_a_guest_who_became_another_votes_as_them(  # case 14
    voter: Visitor, me: Participant, consultation: Consultation, debate: Debate
):
    """Also from a card that was shown before: it was shown to them."""
    wanted, second = idea(debate), idea(debate)
    card, known = voter.card(wanted), participant(consultation)
    Participant.objects.filter(pk=me.pk).update(became=known)
    voter.cookies[site_settings.PARTICIPANT_COOKIE_NAME] = signed_for(me)
    sent = card | {"choice": "agree"}
    assert voter.post(address("cast", wanted.pk), sent).status_code == 302
    vote = Vote.objects.get()
    assert (vote.participant, vote.key_valid) == (known, True)
    voter.vote(second, "disagree")
    assert Vote.objects.filter(participant=known, key_valid=True).count() == 2
    added = {"add": "realistic", "place": "idea"}
    assert voter.post(address("qualify", wanted.pk), added).status_code == 302
    vote.refresh_from_db()
    assert vote.qualifications == ["realistic"]
    assert voter.undo(second).status_code == 302
    assert Vote.objects.get() == vote


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["erased", "merged"])
def test_a_vote_that_meets_an_erasure_or_a_merging_leaves_nothing_behind(
    consultation: Consultation, debate: Debate, change: str
):
    """The vote waits for whoever has locked the participant, and then finds nobody."""
    wanted, me, known = idea(debate), participant(consultation), participant(consultation)
    said: list[str] = []

    def vote() -> None:
        try:
            said.append(cast(wanted, me))
        except DebateClosed:
            said.append("nobody")
        finally:
            connection.close()

    with transaction.atomic():
        locked = Participant.objects.select_for_update().get(pk=me.pk)
        voting = threading.Thread(target=vote)
        voting.start()
        voting.join(timeout=0.5)
        assert voting.is_alive() and not said
        if change == "erased":
            locked.delete()
        else:
            Participant.objects.filter(pk=me.pk).update(became=known)
    voting.join(timeout=60)
    assert said == ["nobody"]
    assert not Vote.objects.exists() and not VoteEvent.objects.exists()
