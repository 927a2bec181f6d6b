"""axe on every page of the demonstration, in both languages; nothing scrolls sideways."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page as Tab

from submissions.models import Debate, Idea, Questionnaire
from themes.models import ThemePage

NARROW = {"width": 320, "height": 640}
# French words of the addresses, as the catalogue has them.
WORDS = {
    "en": {"debates": "debates", "ideas": "ideas", "write": "write", "search": "search"},
    "fr": {"debates": "debats", "ideas": "idees", "write": "ecrire", "search": "recherche"},
}


def addresses(language: str) -> Iterator[str]:
    """One page of every kind."""
    theme = ThemePage.objects.filter(locale__language_code=language, live=True).first()
    debate = Debate.objects.filter(translation_key=theme.translation_key).get()
    questionnaire = Questionnaire.objects.filter(translation_key=theme.translation_key).get()
    idea = Idea.objects.published().filter(debate=debate, texts__origin="person").first()
    words = WORDS[language]
    yield f"/{language}/"
    yield theme.get_parent().url
    yield theme.url
    yield from {
        "en": ("/en/announcement/", "/en/site-map/", "/en/accessibility/"),
        "fr": ("/fr/annonce/", "/fr/plan-du-site/", "/fr/accessibilite/"),
    }[language]
    yield f"/{language}/{words['debates']}/{debate.pk}/{words['ideas']}/"
    yield f"/{language}/{words['debates']}/{debate.pk}/{words['write']}/"
    yield f"/{language}/{words['ideas']}/{idea.pk}/"
    yield f"/{language}/questionnaires/{questionnaire.pk}/"
    yield f"/{language}/{words['search']}/?q=IA"
    yield f"/{language}/{words['search']}/?q=zzzzzz"
    yield f"/{language}/nowhere/"


@pytest.fixture
def demonstration(live_server: Any) -> str:
    call_command("load_demo", verbosity=0)
    base: str = live_server.url
    return base


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_the_demonstration_is_accessible_and_fits(
    demonstration: str,
    open_page: Callable[..., Tab],
    axe: Callable[[Tab], None],
    language: str,
) -> None:
    light = open_page(language)
    dark = open_page(language, color_scheme="dark")
    narrow = open_page(language, viewport=NARROW)
    for address in addresses(language):
        for tab in (light, dark, narrow):
            answer = tab.goto(demonstration + address)
            assert answer is not None
            expected = 404 if "nowhere" in address else 200
            assert answer.status == expected, address
            axe(tab)
        width = narrow.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW["width"], f"{address} is {width} pixels wide"


def test_the_page_that_offers_both_languages_is_accessible(
    live_server: Any, open_page: Callable[..., Tab], axe: Callable[[Tab], None]
) -> None:
    tab = open_page("de")
    tab.goto(live_server.url + "/")
    assert tab.url == live_server.url + "/"
    axe(tab)
