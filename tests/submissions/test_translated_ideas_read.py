"""An approved translation is drawn and voted on by who reads one language only."""

from typing import Any

import pytest
from django.test import Client

from submissions.debate.lottery import pools
from submissions.models import (
    Debate,
    Idea,
    Participant,
    Vote,
)
from tests.factories import idea
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import desk_of
from tests.submissions.test_idea_translations import WORDS
from tests.submissions.translating import press, translator_into

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(debate: Debate) -> Idea:
    return idea(debate)


@pytest.fixture
def desk() -> Client:
    """Of somebody who translates into French."""
    return desk_of(translator_into("fleur", "fr"))


class TestReaders:
    """What an approved translation changes for who reads one language only."""

    @pytest.fixture
    def reader(self, debate: Debate) -> Visitor:
        """Somebody who reads French only."""
        pools.forget()
        visitor = Visitor()
        visitor.start(debate, "fr")
        Participant.objects.update(reads=["fr"])
        return visitor

    def card(self, reader: Visitor, debate: Debate) -> str:
        return reader.get(address("vote", debate.pk, language="fr")).content.decode()

    def test_it_enters_their_sequence_with_its_approval_and_leaves_with_it(
        self, desk: Client, english: Idea, reader: Visitor, django_capture_on_commit_callbacks: Any
    ):
        debate = english.debate
        press(desk, english, "draft", WORDS)
        assert WORDS not in self.card(reader, debate)
        with django_capture_on_commit_callbacks(execute=True):
            press(desk, english, "approve", WORDS)
        assert WORDS in self.card(reader, debate)
        press(desk, english, "take_back")  # other processes draw from an older pool
        assert WORDS not in self.card(reader, debate)
        assert str(english) not in self.card(reader, debate)

    def test_a_vote_is_on_the_same_row_and_says_what_was_read(
        self, desk: Client, english: Idea, reader: Visitor
    ):
        press(desk, english, "approve", WORDS)
        reader.vote(english, "agree", "fr")
        other = Visitor()
        other.start(english.debate)
        other.vote(english, "disagree", "en")
        votes = Vote.objects.filter(idea=english).order_by("pk")
        assert list(votes.values_list("choice", "read_in")) == [("agree", "fr"), ("disagree", "en")]

    def test_taken_back_before_the_vote_it_counts_as_read_in_its_own_language(
        self, desk: Client, english: Idea, reader: Visitor
    ):
        press(desk, english, "approve", WORDS)
        card = reader.card(english, "fr")
        press(desk, english, "take_back")
        sent = card | {"choice": "agree"}
        reader.post(address("cast", english.pk, language="fr"), sent)
        assert Vote.objects.get().read_in == "en"
