"""Which idea comes next: the published formula, a lottery that follows it, and no idea starved."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from submissions.debate import routing
from submissions.models import Consultation, Debate, Idea, IdeaStatus, Participant, Tally, Vote
from tests.factories import debate_row, idea, participant, translation_of
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db


def next_for(me: Participant, debate: Debate, *, cast: int = 0, language: str = "en"):
    return routing.next_idea(debate, me, language, cast=cast)


def tally(of: Idea, agree: int = 0, disagree: int = 0, neutral: int = 0) -> Idea:
    Tally.objects.create(
        idea=of, agree=agree, disagree=disagree, neutral=neutral, votes=agree + disagree + neutral
    )
    return of


def test_the_formula_is_the_published_one():
    """Values worked out by hand from the formula of the debate's rules."""
    assert routing.priority(0, 0, 0, 0) == pytest.approx(((1 - 1 / 2) * (1 / 2) * 9) ** 2)
    assert routing.priority(10, 8, 1, 0.5) == pytest.approx(
        ((1 - 2 / 12) * 1.5 * (9 / 12) * (1 + 8 * 2**-2)) ** 2
    )


def test_the_query_computes_the_same_formula(debate: Debate):
    wanted = tally(idea(debate, extremity=0.7), agree=7, disagree=2, neutral=4)
    found = Idea.objects.annotate(weight=routing._weight()).get(pk=wanted.pk)
    assert found.weight == pytest.approx(routing.priority(13, 7, 4, 0.7))


def test_observed_frequencies_follow_the_weights(consultation: Consultation, debate: Debate):
    """Polis once ran sixteen months with every weight equal, and nobody saw it."""
    ideas = [
        tally(idea(debate), agree=40, disagree=5),
        tally(idea(debate), agree=5, disagree=40),
        tally(idea(debate), agree=20, disagree=20),
        idea(debate),
    ]
    weights = [
        routing.priority(45, 40, 0, 0),
        routing.priority(45, 5, 0, 0),
        routing.priority(40, 20, 0, 0),
        routing.priority(0, 0, 0, 0),
    ]
    draws = 1500
    people = Participant.objects.bulk_create(
        Participant(consultation=consultation) for _number in range(draws)
    )
    drawn: Counter[int] = Counter()
    for person in people:
        found = next_for(person, debate)
        assert found is not None
        drawn[found.pk] += 1
    for one, weight in zip(ideas, weights, strict=True):
        expected = weight / sum(weights)
        spread = (expected * (1 - expected) / draws) ** 0.5
        assert abs(drawn[one.pk] / draws - expected) < 4 * spread + 0.002


def test_each_third_card_is_one_with_the_fewest_votes(consultation: Consultation, debate: Debate):
    starving = idea(debate)
    for _number in range(5):
        tally(idea(debate), agree=1000)
    tally(starving, disagree=1, neutral=900)
    Tally.objects.filter(idea=starving).update(votes=1)
    for _number in range(20):
        assert next_for(participant(consultation), debate, cast=2) == starving


def test_the_card_stays_when_it_is_loaded_again(consultation: Consultation, debate: Debate):
    for _number in range(20):
        idea(debate)
    me = participant(consultation)
    assert len({next_for(me, debate) for _number in range(3)}) == 1
    others = {next_for(participant(consultation), debate) for _number in range(20)}
    assert len(others) > 3


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


def test_routing_is_one_query_and_one_for_texts(consultation: Consultation, debate: Debate):
    idea(debate)
    with CaptureQueriesContext(connection) as queries:
        next_for(participant(consultation), debate)
    assert len([query for query in queries if "SELECT" in query["sql"]]) == 2


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
