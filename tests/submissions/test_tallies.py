"""Tallies equal a recount from the votes, whatever was voted, undone, forged or set aside."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from submissions.debate.erasure import erase
from submissions.debate.tallies import recount_soon, refresh_tallies
from submissions.models import (
    Consultation,
    Debate,
    Idea,
    Participant,
    Tally,
    Vote,
    VoteChoice,
    VoteEvent,
)
from tests.factories import idea, participant
from tests.submissions.casting import cast, undo

pytestmark = pytest.mark.django_db
LATELY = timedelta(minutes=2)


def figures(of: Idea) -> tuple[int, int, int, int]:
    tally = Tally.objects.get(idea=of)
    return tally.agree, tally.disagree, tally.neutral, tally.votes


def by_hand(of: Idea) -> tuple[int, int, int, int]:
    votes = list(Vote.objects.filter(idea=of).select_related("participant"))
    counted = Counter(
        vote.choice
        for vote in votes
        if vote.key_valid and not (vote.participant and vote.participant.suspect)
    )
    return counted["agree"], counted["disagree"], counted["neutral"], len(votes)


def test_a_tally_counts_each_choice(consultation: Consultation, debate: Debate):
    wanted = idea(debate)
    for choice in ("agree", "agree", "disagree", "neutral"):
        cast(wanted, participant(consultation), choice)
    assert refresh_tallies(touched_within=LATELY) == 1
    assert figures(wanted) == (2, 1, 1, 4)


def test_forged_keys_and_suspects_are_among_all_votes_and_not_counted(
    consultation: Consultation, debate: Debate
):
    wanted = idea(debate)
    cast(wanted, participant(consultation), "agree")
    cast(wanted, participant(consultation), "agree", key_valid=False)
    cast(wanted, participant(consultation, suspect=True), "agree")
    refresh_tallies(touched_within=LATELY)
    assert figures(wanted) == (1, 0, 0, 3)


def test_votes_of_the_erased_count_on(consultation: Consultation, debate: Debate):
    wanted, gone = idea(debate), participant(consultation)
    cast(wanted, gone, "agree")
    gone.delete()
    refresh_tallies()
    assert figures(wanted) == (1, 0, 0, 1)


def test_an_undone_vote_leaves_a_tally_of_nothing(consultation: Consultation, debate: Debate):
    wanted, me = idea(debate), participant(consultation)
    cast(wanted, me, "agree")
    refresh_tallies(touched_within=LATELY)
    undo(wanted, me)
    refresh_tallies(touched_within=LATELY)
    assert figures(wanted) == (0, 0, 0, 0)


def test_only_what_was_touched_is_recounted(consultation: Consultation, debate: Debate):
    old, new = idea(debate), idea(debate)
    cast(old, participant(consultation), "agree")
    VoteEvent.objects.update(at="2020-01-01T00:00Z")
    cast(new, participant(consultation), "agree")
    assert refresh_tallies(touched_within=LATELY) == 1
    assert list(Tally.objects.values_list("idea", flat=True)) == [new.pk]


def test_a_full_recount_needs_no_event(consultation: Consultation, debate: Debate):
    imported = idea(debate)
    Vote.objects.create(
        idea=imported, participant=participant(consultation), choice="neutral", read_in="en"
    )
    stale = Tally.objects.create(idea=idea(debate), agree=5, votes=5)
    assert refresh_tallies() == 2
    assert figures(imported) == (0, 0, 1, 1)
    assert figures(stale.idea) == (0, 0, 0, 0)


def test_what_has_not_moved_is_not_written(consultation: Consultation, debate: Debate):
    cast(idea(debate), participant(consultation), "agree")
    assert refresh_tallies(touched_within=LATELY) == 1
    assert refresh_tallies(touched_within=LATELY) == 0


def test_a_recount_is_one_statement_and_its_copy_behind_one_lock(
    consultation: Consultation, debate: Debate
):
    for _number in range(5):
        cast(idea(debate), participant(consultation), "agree")
    with CaptureQueriesContext(connection) as queries:
        refresh_tallies()
    work = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(work) == 3
    with CaptureQueriesContext(connection) as queries:
        refresh_tallies()
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 2


def test_tallies_equal_a_recount_whatever_happened(consultation: Consultation, debate: Debate):
    dice = random.Random(7)
    ideas = [idea(debate) for _number in range(6)]
    people = [participant(consultation, suspect=dice.random() < 0.2) for _number in range(12)]
    for _number in range(250):
        one, who = dice.choice(ideas), dice.choice(people)
        if dice.random() < 0.15:
            undo(one, who)
        else:
            cast(one, who, dice.choice(VoteChoice.values), key_valid=dice.random() < 0.9)
        if dice.random() < 0.1:
            refresh_tallies(touched_within=LATELY)
    refresh_tallies(touched_within=LATELY)
    for one in ideas:
        assert figures(one) == by_hand(one)


def test_the_log_tells_the_same_story_as_the_votes(consultation: Consultation, debate: Debate):
    """An offline recount from the log: the last event of each participant on each idea."""  # 16
    dice = random.Random(11)
    ideas = [idea(debate) for _number in range(4)]
    people = [participant(consultation) for _number in range(8)]
    for _number in range(200):
        one, who = dice.choice(ideas), dice.choice(people)
        if dice.random() < 0.25:
            undo(one, who)
        else:
            cast(one, who, dice.choice(VoteChoice.values), key_valid=dice.random() < 0.8)
    last: dict[tuple[int, object], tuple[str, bool] | None] = {}
    for event in VoteEvent.objects.order_by("pk"):
        stands = None if event.kind == "undone" else (event.choice, event.key_valid)
        last[event.idea_id, event.participant_id] = stands
    told = {who_on_what: stands for who_on_what, stands in last.items() if stands}
    stored = {
        (vote.idea_id, vote.participant_id): (vote.choice, vote.key_valid)
        for vote in Vote.objects.all()
    }
    assert told == stored


def test_setting_somebody_aside_and_back_moves_the_tallies(
    consultation: Consultation, debate: Debate
):
    one, other, untouched = idea(debate), idea(debate), idea(debate)
    doubtful, honest = participant(consultation), participant(consultation)
    for which in (one, other):
        cast(which, doubtful)
    cast(one, honest)
    cast(untouched, honest)
    refresh_tallies()
    VoteEvent.objects.update(at="2020-01-01T00:00Z")
    for suspect, agree in ((True, 1), (False, 2)):
        Participant.objects.filter(pk=doubtful.pk).update(suspect=suspect)
        recount_soon(doubtful.pk)
        assert set(Tally.objects.filter(stale=True)) == {one.tally, other.tally}
        assert refresh_tallies(touched_within=LATELY) == 2
        assert figures(one) == (agree, 0, 0, 2)
    assert not Tally.objects.filter(stale=True).exists()
    assert refresh_tallies(touched_within=LATELY) == 0


def test_an_idea_that_was_never_counted_can_be_marked(consultation: Consultation, debate: Debate):
    wanted, who = idea(debate), participant(consultation)
    cast(wanted, who)
    VoteEvent.objects.update(at="2020-01-01T00:00Z")
    recount_soon(who.pk)
    refresh_tallies(touched_within=LATELY)
    assert figures(wanted) == (1, 0, 0, 1)


def test_votes_that_are_to_go_are_gone_from_votes_log_and_tallies(
    consultation: Consultation, debate: Debate
):
    wanted, gone, stays = idea(debate), participant(consultation), participant(consultation)
    cast(wanted, gone)
    cast(wanted, stays, "disagree")
    refresh_tallies()
    VoteEvent.objects.update(at="2020-01-01T00:00Z")
    erase(gone, with_votes=True)
    refresh_tallies(touched_within=LATELY)
    assert figures(wanted) == (0, 1, 0, 1)
    assert VoteEvent.objects.get().participant == stays
