"""Votes told again: by two tabs, by who captured them, by the log alone."""

import random
from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from submissions.debate.erasure import erase
from submissions.debate.merging import merge
from submissions.debate.tallies import refresh_tallies
from submissions.models import (
    Consultation,
    Debate,
    Idea,
    IdeaStatus,
    Participant,
    Tally,
    Vote,
    VoteChoice,
    VoteEvent,
)
from tests.factories import idea, participant
from tests.submissions.casting import cast, undo
from tests.submissions.conftest import Visitor, address
from tests.submissions.test_crowd import deadlocks
from tests.submissions.test_races import Browser, together

pytestmark = pytest.mark.django_db

COOKIE = settings.PARTICIPANT_COOKIE_NAME


@pytest.mark.django_db(transaction=True)
def test_agree_and_disagree_at_once_over_http_leave_one_vote_that_is_counted(  # case 2
    http_server: str, debate: Debate
):
    wanted, browser, before = idea(debate), Browser(http_server), deadlocks()
    browser.ask("POST", address("start", debate.pk), idea=wanted.pk)
    card = browser.card(wanted)

    def vote(number: int) -> int:
        choice = ("agree", "disagree")[number % 2]
        return browser.ask("POST", address("cast", wanted.pk), **card, choice=choice)[0]

    assert set(together(50, vote)) == {302}
    vote_that_stands = Vote.objects.get()
    assert VoteEvent.objects.order_by("pk").last().choice == vote_that_stands.choice
    refresh_tallies()
    tally = Tally.objects.get()
    assert {choice.value: getattr(tally, choice.value) for choice in VoteChoice} == {
        choice.value: int(choice == vote_that_stands.choice) for choice in VoteChoice
    }
    assert deadlocks() == before


def test_two_tabs_and_the_older_votes_last(voter: Visitor, debate: Debate):  # case 4
    wanted = idea(debate)
    one, other = voter.card(wanted), voter.card(wanted)
    assert voter.post(address("cast", wanted.pk), one | {"choice": "agree"}).status_code == 302
    late = voter.post(address("cast", wanted.pk), other | {"choice": "disagree"}, follow=True)
    assert late.status_code == 200
    assert "You disagreed." in late.content.decode()
    vote = Vote.objects.get()
    assert (vote.choice, vote.key_valid) == ("disagree", True)


# --- Case 7: a captured vote ----------------------------------------------------------------------


@pytest.fixture
def captured(voter: Visitor, debate: Debate) -> dict[str, Any]:
    """A vote as it was sent, with the idea that it was about."""
    wanted = idea(debate)
    sent = voter.card(wanted) | {"choice": "agree"}
    assert voter.post(address("cast", wanted.pk), sent).status_code == 302
    return sent | {"to": address("cast", wanted.pk)}


def replay(visitor: Visitor, captured: dict[str, Any]) -> Any:
    return visitor.post(captured["to"], captured)


def test_replayed_as_it_was_it_changes_nothing(voter: Visitor, captured: dict[str, Any]):  # case 7
    for _number in range(5):
        assert replay(voter, captured).status_code == 302
    assert Vote.objects.count() == VoteEvent.objects.count() == 1


def test_replayed_from_another_session_it_does_not_count(  # case 7
    captured: dict[str, Any], debate: Debate
):
    nobody, thief = Visitor(), Visitor()
    replay(nobody, captured)
    assert Vote.objects.count() == 1
    thief.start(debate)
    replay(thief, captured)
    refresh_tallies()
    tally = Tally.objects.get()
    assert (tally.counted, tally.votes) == (1, 2)


@pytest.mark.parametrize("with_votes", [False, True])
def test_replayed_after_the_erasure_it_is_refused(  # case 7
    voter: Visitor, me: Participant, captured: dict[str, Any], with_votes: bool
):
    cookie = voter.cookies[COOKIE].value
    erase(me, with_votes=with_votes)
    voter.cookies[COOKIE] = cookie
    answer = replay(voter, captured)
    assert answer.status_code == 302  # to the door
    assert Vote.objects.filter(participant=None).count() == Vote.objects.count()
    assert Vote.objects.count() == (0 if with_votes else 1)
    assert VoteEvent.objects.count() == (0 if with_votes else 1)


# --- Case 9: what can't be voted on ---------------------------------------------------------------


@pytest.mark.parametrize("state", [*IdeaStatus, "deleted"])
def test_only_what_is_published_takes_votes_and_the_rest_is_not_there(  # case 9
    voter: Visitor, debate: Debate, state: str
):
    of = idea(debate, status=IdeaStatus("published" if state == "deleted" else state))
    number = of.pk
    if state == "deleted":
        Idea.objects.filter(pk=number).delete()
    statuses = {
        voter.post(address(name, number), {"choice": "agree", "add": "realistic"}).status_code
        for name in ("cast", "qualify", "undo")
    }
    published = state == IdeaStatus.PUBLISHED
    assert statuses == ({302} if published else {404})
    assert not Vote.objects.filter(key_valid=True).exists()
    assert VoteEvent.objects.exists() is published


# --- Case 16: the log alone -----------------------------------------------------------------------


def from_the_log() -> dict[int, Counter[str]]:
    """Who has the log and knows who is set aside: how every idea stands, and all votes.

    The last line of each participant on each idea says how the vote stands; of nobody, each line.
    """
    aside = set(Participant.objects.filter(suspect=True).values_list("pk", flat=True))
    last: dict[tuple[Any, ...], VoteEvent] = {}
    for line in VoteEvent.objects.order_by("at", "pk"):
        last[line.idea_id, line.participant_id, line.pk if not line.participant_id else 0] = line
    told: dict[int, Counter[str]] = {}
    for line in last.values():
        if line.kind == "undone":
            continue
        of = told.setdefault(line.idea_id, Counter())
        of["votes"] += 1
        if line.key_valid and line.participant_id not in aside:
            of[line.choice] += 1
    return told


def test_a_recount_from_the_log_gives_the_published_figures(  # case 16
    consultation: Consultation, debate: Debate
):
    """Whatever was cast, changed, undone, forged, merged, set aside or erased."""
    dice = random.Random(16)
    ideas = [idea(debate) for _number in range(6)]
    people = [participant(consultation) for _number in range(14)]
    for turn in range(300):
        one, who = dice.choice(ideas), dice.choice(people)
        if dice.random() < 0.2:
            undo(one, who)
        else:
            cast(one, who, dice.choice(VoteChoice.values), key_valid=dice.random() < 0.85)
        if turn % 60 == 30:
            gone = people.pop()
            erase(gone, with_votes=turn > 200)
        if turn % 90 == 45:
            merge(people.pop(), people[0])
        if turn % 80 == 40:
            Participant.objects.filter(pk=people[-1].pk).update(suspect=True)
    refresh_tallies()
    published = {
        tally.idea_id: Counter({choice: getattr(tally, choice) for choice in VoteChoice.values})
        + Counter(votes=tally.votes)
        for tally in Tally.objects.all()
    }
    assert {number: figures for number, figures in published.items() if figures} == from_the_log()
    assert Vote.objects.filter(participant=None).exists()


def test_who_was_set_aside_is_not_counted_by_being_erased(
    consultation: Consultation, debate: Debate
):
    wanted, suspect = idea(debate), participant(consultation, suspect=True)
    cast(wanted, suspect)
    erase(suspect)
    refresh_tallies()
    tally = Tally.objects.get()
    assert (tally.counted, tally.votes) == (0, 1)


def test_of_who_is_erased_the_log_keeps_what_stands(consultation: Consultation, debate: Debate):
    stands, undone, me = idea(debate), idea(debate), participant(consultation)
    for choice in ("agree", "disagree", "neutral"):
        cast(stands, me, choice)
        cast(undone, me, choice)
    undo(undone, me)
    erase(me)
    line = VoteEvent.objects.get()
    assert (line.idea, line.choice, line.participant) == (stands, "neutral", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM submissions_vote")
        assert cursor.fetchone()[0] == 1
