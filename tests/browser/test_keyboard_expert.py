"""An expert's contribution by keyboard alone: several kinds of question, an error on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from submissions.models import Draft
from tests.browser.keyboard import Keyboard
from tests.submissions.answering import TOLD, expert_door

if TYPE_CHECKING:
    from tests.fixtures.browser import OpenPage
    from tests.submissions.answering import Door

LONG = "Open the models that public money pays for."
COUNTRY = {"en": "Belgium", "fr": "Belgique"}


@pytest.fixture
def door(live_server: Any) -> Door:
    return expert_door()


# `make test` walks each language and each way once; `make test-more` the other pairs.
@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        pytest.param("en", True, id="en, with scripts"),
        pytest.param("fr", False, id="fr, without scripts"),
        pytest.param("en", False, id="en, without scripts", marks=pytest.mark.more),
        pytest.param("fr", True, id="fr, with scripts", marks=pytest.mark.more),
    ],
)
def test_an_expert_fills_in_a_contribution_by_keyboard_alone(
    live_server: Any, open_page: OpenPage, door: Door, language: str, javascript: bool
) -> None:
    tab = open_page(language, javascript=javascript)
    keys = Keyboard(tab)
    page = door.page if language == "en" else door.page_fr
    tab.goto(live_server.url + page.url)
    keys.enter_content()
    keys.reach("summary")
    keys.press("Enter")
    expect(tab.locator("details ol")).to_be_visible()
    keys.follow("section[id^=questionnaire] .button")
    keys.enter_content()
    keys.follow("main form .button-large")

    keys.enter_content()
    keys.follow(".tasks a")
    keys.enter_content()
    answer(keys, door)
    keys.follow("main form .button-large")

    keys.enter_content()
    tell(keys, COUNTRY[language], email="nobody")
    keys.follow("main form .button-large")
    assert tab.title().startswith("Error:" if language == "en" else "Erreur\u00a0:")
    keys.enter_content()
    follow_the_summary(keys)
    keys.reach("[name=email]")
    keys.press("Control+a")
    keys.type(TOLD["email"])
    keys.follow("main button[name=then][value=list]")

    keys.enter_content()
    keys.follow("a[href$='/consents/'], a[href$='/accords/']")
    keys.enter_content()
    keys.reach("[name=analysis]")
    keys.press("Space")
    keys.reach("[name=publication]")
    keys.press("Space")
    keys.follow("main button[name=then][value=exit]")
    expect(tab.locator("main h1")).to_be_visible()

    draft = Draft.objects.get()
    parts = {part.key: part.data for part in draft.parts.all()}
    assert parts["about"]["country"] == ["BE"]
    assert parts["about"]["email"] == [TOLD["email"]]
    assert parts["consents"].keys() == {"analysis", "publication", "wordings"}
    kept = {one.question.kind: one.data for one in draft.answers.select_related("question")}
    assert kept["long_text"] == {door.field("long_text"): [LONG]}
    assert kept["one_choice"] == {door.field("one_choice"): [door.choice("one_choice", 1)]}
    assert len(kept["several_choices"][door.field("several_choices")]) == 1
    assert kept["scale"] == {door.field("scale"): ["3"]}


def follow_the_summary(keys: Keyboard) -> None:
    """Each line leads to its field, in the order of the page."""
    lines = keys.tab.locator(".error-summary a")
    places = []
    for number in range(lines.count()):
        link = f".error-summary li:nth-child({number + 1}) a"
        keys.reach(link, back=number > 0)
        keys.press("Enter")
        target = lines.nth(number).get_attribute("href")
        assert target is not None
        assert keys.is_at(f"{target}, {target} *"), f"{target} does not take the focus"
        places.append(
            keys.tab.locator(target).evaluate("e => e.getBoundingClientRect().top + scrollY")
        )
        assert keys.tab.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    keys.reach(".error-summary a", back=True)
    assert places == sorted(places)
    assert places


def answer(keys: Keyboard, door: Door) -> None:
    """A text, a choice, several choices, a scale."""
    keys.reach(f"[name={door.field('long_text')}]")
    keys.type(LONG)
    choose(keys, door.field("one_choice"), door.choice("one_choice", 1))
    keys.reach(f"[name={door.field('several_choices')}]")
    keys.press("Space")
    choose(keys, door.field("scale"), "3")


def tell(keys: Keyboard, country: str, *, email: str) -> None:
    """Who one is; a country by its first letters."""
    keys.reach("[name=respondent_type]")
    keys.press("Space")
    for name in ("name", "organisation", "role"):
        keys.reach(f"[name={name}]")
        keys.type(TOLD[name])
    keys.reach("[name=country]")
    keys.type(country)
    keys.reach("[name=email]")
    keys.type(email)


def choose(keys: Keyboard, name: str, value: str) -> None:
    """One of several, by the arrows: the browser says at which of them Tab arrives."""
    keys.reach(f"[name={name}]")
    keys.press("Space")
    for _press in range(5):
        if keys.is_at(f"[value='{value}']:checked"):
            break
        keys.press("ArrowDown")
    assert keys.is_at(f"[value='{value}']:checked")
