"""Which idea comes next: the published formula, a lottery that follows it, and no idea starved."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from submissions.debate import routing
from submissions.debate.lottery import pools, priority
from submissions.debate.routing import Standing
from submissions.models import (
    Consultation,
    Debate,
    Idea,
    IdeaStatus,
    Participant,
    Tally,
    Vote,
    VoteEvent,
)
from tests.factories import debate_row, idea, participant, translation_of
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db


def next_for(me: Participant, debate: Debate, *, cast: int = 0, language: str = "en"):
    return routing.next_idea(debate, me, language, Standing(cast, frozenset(), None))


def tally(of: Idea, agree: int = 0, disagree: int = 0, neutral: int = 0) -> Idea:
    Tally.objects.create(
        idea=of, agree=agree, disagree=disagree, neutral=neutral, votes=agree + disagree + neutral
    )
    return of


def test_the_query_computes_the_same_formula(debate: Debate):
    wanted = tally(idea(debate, extremity=0.7), agree=7, disagree=2, neutral=4)
    found = Idea.objects.annotate(weight=routing._weight()).get(pk=wanted.pk)
    assert found.weight == pytest.approx(priority(13, 7, 4, 0.7))


def test_each_third_card_is_one_with_the_fewest_votes(consultation: Consultation, debate: Debate):
    starving = idea(debate)
    for _number in range(5):
        tally(idea(debate), agree=1000)
    tally(starving, disagree=1, neutral=900)
    Tally.objects.filter(idea=starving).update(votes=1)
    for _number in range(20):
        assert next_for(participant(consultation), debate, cast=1) == starving


def many(debate: Debate, count: int, **fields: object) -> list[Idea]:
    """As many ideas, without words."""
    now = database_now()
    return Idea.objects.bulk_create(
        Idea(debate=debate, language="en", status="published", published_at=now, **fields)
        for _number in range(count)
    )


@pytest.mark.parametrize("size", [20, 200])
def test_the_card_stays_when_it_is_loaded_again(
    consultation: Consultation, debate: Debate, size: int
):
    many(debate, size)
    me = participant(consultation, reads=["en", "fr"])
    again = [next_for(me, debate, language=language) for language in ("en", "fr", "en")]
    assert len(set(again)) == 1
    others = {next_for(participant(consultation), debate) for _number in range(20)}
    assert len(others) > 3


@pytest.mark.parametrize("remembered", [True, False])
def test_who_voted_on_nearly_all_gets_the_rest(
    consultation: Consultation, debate: Debate, remembered: bool
):
    """The lottery finds nothing new among 300: all ideas are asked then, and the last ones come."""
    ideas = many(debate, 300)
    left = {idea(debate).pk, idea(debate).pk}
    me = participant(consultation)
    Vote.objects.bulk_create(
        Vote(idea=one, participant=me, choice="agree", read_in="en") for one in ideas
    )
    seen = set()
    for cast in (300, 301):
        if not remembered:
            pools.forget()
        found = next_for(me, debate, cast=cast)
        assert found is not None
        seen.add(found.pk)
        Vote.objects.create(idea=found, participant=me, choice="agree", read_in="en")
    assert seen == left
    assert next_for(me, debate, cast=302) is None


@pytest.mark.parametrize("size", [1, 200])
def test_what_is_withdrawn_is_not_shown_whatever_is_remembered(
    consultation: Consultation, debate: Debate, size: int
):
    many(debate, size)
    me = participant(consultation)
    found = next_for(me, debate)
    assert found is not None
    Idea.objects.filter(pk=found.pk).update(status=IdeaStatus.WITHDRAWN)
    assert next_for(me, debate) != found


def test_a_new_idea_is_drawn_within_ten_seconds(
    consultation: Consultation, debate: Debate, monkeypatch: pytest.MonkeyPatch
):
    clock = [1000.0]
    monkeypatch.setattr("submissions.debate.lottery.time.monotonic", lambda: clock[0])
    for old in many(debate, 200):
        tally(old, disagree=500)
    people = [participant(consultation) for _number in range(30)]
    for who in people:
        next_for(who, debate, cast=0)
    new = idea(debate)
    clock[0] += 9.9
    assert new in {next_for(who, debate, cast=0) for who in people}


def test_one_author_comes_once_in_a_sequence(consultation: Consultation, debate: Debate):
    prolific, me = participant(consultation), participant(consultation)
    theirs = {one.pk for one in many(debate, 100, author=prolific)}
    others = {one.pk for one in many(debate, 20)}
    seen: list[int] = []
    for _number in range(debate.sequence_length):
        found = routing.next_idea(debate, me, "en", routing.standing(debate, me))
        assert found is not None
        seen.append(found.pk)
        Vote.objects.create(idea=found, participant=me, choice="agree", read_in="en")
    assert len(theirs.intersection(seen)) == 1
    assert len(others.intersection(seen)) == debate.sequence_length - 1
    in_the_next = routing.next_idea(debate, me, "en", routing.standing(debate, me))
    assert in_the_next is not None
    assert routing.standing(debate, me).authors == frozenset()


def test_where_all_is_by_one_author_each_card_is_a_sequence(
    voter: Visitor, consultation: Consultation, debate: Debate
):
    many_words(debate, 3, author=participant(consultation))
    assert walk(voter, debate, 1) == ["1/1"]
    assert "1 more idea" in voter.get(address("vote", debate.pk)).content.decode()
    more = voter.get(address("vote", debate.pk), {"more": "1"})
    assert more.context["card"].idea


def many_words(debate: Debate, count: int, **fields: Any) -> None:
    for _number in range(count):
        idea(debate, **fields)


def test_nothing_comes_twice_and_all_come_once(voter: Visitor, me: Participant, debate: Debate):
    published = {idea(debate).pk for _number in range(7)}
    idea(debate, status=IdeaStatus.AWAITING)
    seen: list[int] = []
    while (found := next_for(me, debate, cast=len(seen))) is not None:
        seen.append(found.pk)
        Vote.objects.create(idea=found, participant=me, choice="agree", read_in="en")
    assert sorted(seen) == sorted(published)


def test_an_idea_comes_in_a_language_that_is_read(consultation: Consultation, debate: Debate):
    french = idea(debate, "Il faut planter des arbres.", "fr")
    me = participant(consultation)
    assert next_for(me, debate, language="en") is None
    assert next_for(me, debate, language="fr") == french
    waiting = translation_of(french, "We should plant trees.", "en", approved=False)
    assert next_for(me, debate, language="en") is None
    waiting.approved_at = french.published_at
    waiting.save()
    assert next_for(me, debate, language="en") == french


@pytest.mark.parametrize(
    ("reads", "page", "comes"),
    [
        ([], "en", "english"),
        ([], "fr", "french"),
        (["en"], "fr", "english"),
        (["fr"], "en", "french"),
        (["en", "fr"], "en", "both"),
    ],
)
def test_what_somebody_reads_is_what_comes(
    consultation: Consultation, debate: Debate, reads: list[str], page: str, comes: str
):
    english, french = idea(debate), idea(debate, "Il faut planter.", "fr")
    me = participant(consultation, reads=reads)
    seen = set()
    while (found := routing.next_idea(debate, me, page, routing.standing(debate, me))) is not None:
        seen.add(found)
        Vote.objects.create(idea=found, participant=me, choice="agree", read_in=found.language)
    assert seen == {"english": {english}, "french": {french}, "both": {english, french}}[comes]


@pytest.mark.parametrize("size", [3, 300])
def test_a_remembered_debate_costs_one_query_and_one_for_texts(
    consultation: Consultation, debate: Debate, size: int
):
    many(debate, size)
    who = participant(consultation)
    next_for(who, debate)
    with CaptureQueriesContext(connection) as queries:
        next_for(who, debate)
    assert len(queries) == 2


def test_exposure_by_original_language_can_be_told(voter: Visitor, debate: Debate):
    """The log keeps what was read, and the idea what it was written in."""
    french = idea(debate, "Il faut planter un arbre par rue.", "fr")
    translation_of(french, "We should plant a tree in each street.", "en")
    voter.vote(french, "agree")
    voter.vote(idea(debate), "agree")
    told = VoteEvent.objects.values_list("idea__language", "read_in").annotate(Count("pk"))
    assert set(told) == {("fr", "en", 1), ("en", "en", 1)}


# --- The sequence, as pages -----------------------------------------------------------------------


def walk(voter: Visitor, debate: Debate, steps: int) -> list[str]:
    """Vote ``steps`` times by what the pages offer; how the cards were numbered."""
    named = []
    for _number in range(steps):
        page = voter.get(address("vote", debate.pk))
        card, progress = page.context["card"], page.context["progress"]
        named.append(f"{progress.number}/{progress.length}")
        sent = {"place": "sequence", "read_in": card.text.language, "key": card.key}
        done = voter.post(address("cast", card.idea.pk), sent | {"choice": "agree"})
        after = voter.get(done["Location"])
        assert after.context["progress"] == progress
        assert "You agreed." in after.content.decode()
    return named


def test_a_sequence_counts_its_cards_then_pauses(voter: Visitor, debate: Debate):
    Debate.objects.update(sequence_length=3)
    for _number in range(5):
        idea(debate)
    assert walk(voter, debate, 3) == ["1/3", "2/3", "3/3"]
    pause = voter.get(address("vote", debate.pk))
    assert "You have voted on 3 ideas" in pause.content.decode()
    assert "2 more ideas" in pause.content.decode()
    assert Vote.objects.filter(key_valid=True).count() == 3
    more = voter.get(address("vote", debate.pk), {"more": "1"})
    assert (more.context["progress"].number, more.context["progress"].length) == (1, 2)


def test_a_short_debate_says_how_short_it_is_and_then_that_it_is_over(
    voter: Visitor, debate: Debate
):
    idea(debate)
    idea(debate)
    assert walk(voter, debate, 2) == ["1/2", "2/2"]
    end = voter.get(address("vote", debate.pk)).content.decode()
    assert "There is no other one to vote on for now." in end
    assert address("write", debate.pk) in end


def test_a_debate_without_ideas_invites_to_write_one(voter: Visitor, debate: Debate):
    page = voter.get(address("vote", debate.pk))
    assert "be the first to write one" in page.content.decode()


@pytest.mark.parametrize("asked", ["x", "", "0", "9" * 40])
def test_a_card_that_was_never_is_not_there(voter: Visitor, debate: Debate, asked: str):
    assert voter.get(address("vote", debate.pk), {"idea": asked}).status_code == 404


def test_a_card_of_another_debate_is_not_there(
    voter: Visitor, debate: Debate, consultation: Consultation
):
    elsewhere = idea(debate_row(consultation))
    assert voter.get(address("vote", debate.pk), {"idea": elsewhere.pk}).status_code == 404
