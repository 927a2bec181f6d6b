"""A consultation with an open debate, and visitors of its pages."""

from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from submissions.models import Consultation, Debate, Idea, Participant
from tests.factories import debate_row, open_consultation
from tests.submissions.desk import moderator_of


def address(name: str, *args: int | str | UUID, language: str = "en") -> str:
    """Where a view of ours stands in ``language``."""
    with translation.override(language):
        return reverse(f"submissions:{name}", args=args)


class Visitor(Client):
    """A browser: it says that its forms come from our own pages, and keeps its cookies."""

    def __init__(self, **options: Any) -> None:
        super().__init__(headers={"sec-fetch-site": "same-origin"}, **options)

    def start(self, debate: Debate, language: str = "en", **sent: Any) -> Any:
        """Press “Start voting”."""
        return self.post(address("start", debate.pk, language=language), sent)

    def card(self, idea: Idea, language: str = "en") -> dict[str, Any]:
        """What the form of the idea's own page would send, without the choice."""
        page = self.get(address("idea", idea.pk, language=language))
        card = page.context["card"]
        return {"place": card.place.value, "read_in": card.text.language, "key": card.key}

    def vote(self, idea: Idea, choice: str, language: str = "en", **sent: Any) -> Any:
        """Vote on the idea's own page."""
        card = self.card(idea, language) | sent
        return self.post(address("cast", idea.pk, language=language), card | {"choice": choice})

    def undo(self, idea: Idea) -> Any:
        """Take the vote back."""
        return self.post(address("undo", idea.pk), {"place": "idea"})


@pytest.fixture
def consultation(db: None) -> Consultation:
    return open_consultation(Site.objects.get(is_default_site=True))


@pytest.fixture
def debate(consultation: Consultation) -> Debate:
    return debate_row(consultation)


@pytest.fixture
def visitor(debate: Debate) -> Visitor:
    """Somebody who has not acted yet."""
    return Visitor()


@pytest.fixture
def voter(visitor: Visitor, debate: Debate) -> Visitor:
    """Somebody who has pressed “Start voting”, and reads ideas in both languages."""
    visitor.start(debate)
    Participant.objects.update(reads=["en", "fr"])
    return visitor


@pytest.fixture
def me(voter: Visitor) -> Participant:
    """Who ``voter`` is."""
    return Participant.objects.get()


@pytest.fixture
def ada(db: None) -> User:
    """A moderator of both languages."""
    return moderator_of("ada", "en", "fr")


@pytest.fixture
def grace(db: None) -> User:
    """Her colleague."""
    return moderator_of("grace", "en", "fr")
