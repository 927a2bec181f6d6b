"""The key beside a vote: what is trusted, and what a missing or forged one changes."""

from datetime import timedelta

import pytest

from core.clock import database_now
from submissions.debate.keys import Place, card_key
from submissions.models import (
    Debate,
    Participant,
    Vote,
    VoteEvent,
)
from tests.factories import idea
from tests.submissions.conftest import Visitor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["", "forged", "ключ"])
def test_a_missing_or_forged_key_is_answered_alike_and_not_trusted(  # case 8
    voter: Visitor, debate: Debate, key: str
):
    honest, doubtful = idea(debate), idea(debate)
    answer = voter.vote(honest, "agree")
    forged = voter.vote(doubtful, "agree", key=key)
    assert forged.status_code == answer.status_code
    assert forged["Location"].replace(str(doubtful.pk), str(honest.pk)) == answer["Location"]
    said = voter.get(forged["Location"])
    assert "You agreed." in said.content.decode()
    trusted = voter.get(answer["Location"])
    assert said.context["card"].awaits_count == trusted.context["card"].awaits_count
    assert not Vote.objects.get(idea=doubtful).key_valid
    assert not VoteEvent.objects.get(idea=doubtful).key_valid


def test_another_ideas_key_does_not_hold(voter: Visitor, debate: Debate):
    one, other = idea(debate), idea(debate)
    voter.vote(one, "agree", key=voter.card(other)["key"])
    assert not Vote.objects.get().key_valid


def test_another_participants_key_does_not_hold(voter: Visitor, debate: Debate):  # case 7
    wanted, thief = idea(debate), Visitor()
    thief.start(debate)
    thief.vote(wanted, "agree", key=voter.card(wanted)["key"])
    assert not Vote.objects.get().key_valid


def test_another_places_key_does_not_hold(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    voter.vote(wanted, "agree", place="sequence")
    assert not Vote.objects.get().key_valid


@pytest.mark.parametrize(("days", "holds"), [(0, True), (1, True), (2, False), (-1, False)])
def test_a_key_holds_on_its_day_and_the_next(
    voter: Visitor, me: Participant, debate: Debate, days: int, holds: bool
):
    wanted = idea(debate)
    shown = (database_now() - timedelta(days=days)).date()
    voter.vote(wanted, "agree", key=card_key(me.pk, wanted.pk, Place.IDEA, shown))
    assert Vote.objects.get().key_valid is holds


def test_an_identical_vote_never_loses_its_valid_key(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    voter.vote(wanted, "agree")
    voter.vote(wanted, "agree", key="forged")
    assert Vote.objects.get().key_valid
    assert VoteEvent.objects.count() == 1


def test_an_identical_vote_may_bring_the_key_that_was_missing(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    voter.vote(wanted, "agree", key="forged")
    voter.vote(wanted, "agree")
    assert Vote.objects.get().key_valid
    assert list(VoteEvent.objects.order_by("pk").values_list("kind", "key_valid")) == [
        ("cast", False),
        ("changed", True),
    ]


def test_another_choice_with_a_forged_key_is_not_trusted(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    voter.vote(wanted, "agree")
    voter.vote(wanted, "disagree", key="forged")
    vote = Vote.objects.get()
    assert (vote.choice, vote.key_valid) == ("disagree", False)
