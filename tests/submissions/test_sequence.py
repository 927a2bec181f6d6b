"""A sequence, as pages: languages asked once, invitations to write, the pause, the way back."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from submissions.debate.lottery import pools
from submissions.models import Consultation, Debate, Participant, Vote
from tests.factories import debate_row, idea
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db


def cards(voter: Visitor, debate: Debate, count: int, **asked: str) -> list[int]:
    """Vote on the next ``count`` cards."""
    seen = []
    for _number in range(count):
        card = voter.get(address("vote", debate.pk), asked).context["card"]
        sent = {"place": "sequence", "read_in": card.text.language, "key": card.key}
        voter.post(address("cast", card.idea.pk), sent | {"choice": "agree"})
        seen.append(card.idea.pk)
    return seen


def page(voter: Visitor, debate: Debate, **asked: Any) -> str:
    return voter.get(address("vote", debate.pk), asked).content.decode()


def ideas(debate: Debate, count: int, language: str = "en") -> None:
    for number in range(count):
        idea(debate, f"We should plant {number} trees in every street.", language)


# --- Languages -----------------------------------------------------------------------------------


def test_languages_are_asked_before_the_first_card_and_then_no_more(
    visitor: Visitor, debate: Debate
):
    ideas(debate, 3)
    visitor.start(debate)
    asked = page(visitor, debate)
    assert "Which languages do you read ideas in?" in asked
    assert 'value="en" checked' in asked.replace("  ", " ") or "checked" in asked
    answer = visitor.post(address("languages", debate.pk), {"reads": ["en", "fr"]})
    assert answer["Location"] == address("vote", debate.pk)
    assert Participant.objects.get().reads == ["en", "fr"]
    assert "Which languages do you read" not in page(visitor, debate)
    assert address("languages", debate.pk) in page(visitor, debate)


def test_a_consultation_in_one_language_asks_nothing(
    visitor: Visitor, debate: Debate, consultation: Consultation
):
    Consultation.objects.update(languages=["en"])
    ideas(debate, 1)
    visitor.start(debate)
    assert visitor.get(address("vote", debate.pk)).context["card"]
    assert visitor.get(address("languages", debate.pk)).status_code == 302


@pytest.mark.parametrize("reads", [[], ["tlh"], ["en", "tlh"]])
def test_what_is_no_choice_is_asked_again(visitor: Visitor, debate: Debate, reads: list[str]):
    visitor.start(debate)
    answer = visitor.post(address("languages", debate.pk), {"reads": reads})
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert Participant.objects.get().reads == []


def test_they_are_changed_at_will(voter: Visitor, debate: Debate):
    ideas(debate, 1)
    ideas(debate, 1, "fr")
    voter.post(address("languages", debate.pk), {"reads": ["fr"]})
    assert voter.get(address("vote", debate.pk)).context["card"].idea.language == "fr"
    voter.post(address("languages", debate.pk), {"reads": ["en"]})
    assert voter.get(address("vote", debate.pk)).context["card"].idea.language == "en"


def test_nobody_is_asked_who_takes_no_part(visitor: Visitor, debate: Debate):
    assert visitor.get(address("languages", debate.pk)).status_code == 302
    assert not Participant.objects.exists()


# --- Invitations, pauses -------------------------------------------------------------------------


def test_every_fourth_card_is_an_invitation_to_write(voter: Visitor, debate: Debate):
    ideas(debate, 20)
    cards(voter, debate, 4)
    asked = page(voter, debate)
    assert "Have an idea?" in asked
    assert address("write", debate.pk) in asked
    assert "What do you think of this idea?" not in asked
    assert "What do you think of this idea?" in page(voter, debate, more=1)
    cards(voter, debate, 1, more="1")
    assert "What do you think of this idea?" in page(voter, debate)


def test_who_has_just_written_is_not_asked_to(voter: Visitor, me: Participant, debate: Debate):
    ideas(debate, 20)
    cards(voter, debate, 4)
    Vote.objects.update(cast_at="2020-01-01T00:00Z")
    idea(debate, author=me)
    assert "Have an idea?" not in page(voter, debate)


def test_the_invitation_is_a_rule_of_the_debate(voter: Visitor, debate: Debate):
    ideas(debate, 20)
    Debate.objects.update(invitation_every=0)
    cards(voter, debate, 4)
    assert "Have an idea?" not in page(voter, debate)


def test_the_end_says_what_comes_next(voter: Visitor, debate: Debate, consultation: Consultation):
    Debate.objects.update(sequence_length=3)
    ideas(debate, 9)
    other = debate_row(consultation)
    closed = debate_row(consultation, closes_at="2020-01-01T00:00Z")
    cards(voter, debate, 3)
    end = page(voter, debate)
    assert "You have voted on 3 ideas of this debate." in end
    assert "3 more ideas" in end
    assert "Votes are taken until" in end
    for name, row in [("write", debate), ("ideas", debate), ("vote", other)]:
        assert f'href="{address(name, row.pk)}"' in end
    assert f'href="{address("participation")}"' in end
    assert f'href="{address("vote", closed.pk)}"' not in end


def test_hidden_results_are_promised_for_later(voter: Visitor, debate: Debate):
    Consultation.objects.update(hide_results_while_open=True)
    ideas(debate, 1)
    cards(voter, debate, 1)
    assert "shown once the consultation is closed" in page(voter, debate)


# --- The way back --------------------------------------------------------------------------------


def test_the_idea_before_stays_in_reach(voter: Visitor, debate: Debate):
    ideas(debate, 9)
    before = cards(voter, debate, 1)[0]
    assert f"?idea={before}#vote-card" in page(voter, debate)
    assert "You agreed." in page(voter, debate, idea=before)


def test_an_undone_vote_brings_the_same_card_back(voter: Visitor, debate: Debate):
    ideas(debate, 80)
    first = cards(voter, debate, 1)[0]
    assert voter.get(address("vote", debate.pk)).context["card"].idea.pk != first
    voter.post(address("undo", first), {"place": "sequence"})
    assert voter.get(address("vote", debate.pk)).context["card"].idea.pk == first


@pytest.mark.parametrize("size", [5, 120])
def test_a_card_costs_as_many_queries_whatever_the_number_of_ideas(
    voter: Visitor, debate: Debate, size: int
):
    ideas(debate, size)
    cards(voter, debate, 1)
    voter.get(address("vote", debate.pk))
    with CaptureQueriesContext(connection) as queries:
        voter.get(address("vote", debate.pk))
    assert len(queries) <= 22
    pools.forget()
