"""A bilingual site with one theme, and a way to ask it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.clock import database_now
from submissions.models import Debate, Idea, IdeaStatus, IdeaText, Tally
from submissions.signals import idea_published
from tests.factories import BilingualSite, bilingual_theme
from themes.models import ThemePage


@dataclass(frozen=True)
class Asked:
    """What a search answered."""

    response: Any  # the test client's, which keeps the context
    addresses: list[str]

    @property
    def html(self) -> str:
        return self.response.content.decode()


Ask = Callable[..., Asked]


@pytest.fixture
def theme(site: BilingualSite) -> tuple[ThemePage, ThemePage]:
    return bilingual_theme(site)


@pytest.fixture
def debate(theme: tuple[ThemePage, ThemePage]) -> Debate:
    return Debate.objects.get(translation_key=theme[0].translation_key)


Write = Callable[..., Idea]


@pytest.fixture
def write(debate: Debate) -> Write:
    """``write("Il faut…", "fr")``: an idea of the debate, published unless told otherwise."""

    def writing(text: str, language: str = "fr", status: str = IdeaStatus.PUBLISHED) -> Idea:
        idea = Idea.objects.create(
            debate=debate,
            language=language,
            status=status,
            published_at=database_now() if status == IdeaStatus.PUBLISHED else None,
        )
        IdeaText.objects.create(idea=idea, language=language, text=text)
        Tally.objects.create(idea=idea)
        idea_published.send(sender=Idea, idea=idea)
        return idea

    return writing


@pytest.fixture
def ask(client: Client) -> Ask:
    """``ask("solaire", "fr")``: the search page's answer and the addresses that it found."""

    def asking(query: str, language: str = "en", **parameters: Any) -> Asked:
        with translation.override(language):
            address = reverse("search")
        response = client.get(address, {"q": query, **parameters})
        results = response.context.get("results", []) if response.context else []
        return Asked(response, [result.url for result in results])

    return asking
