"""A citizen's whole way by keyboard alone: in both languages, with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from submissions.models import Debate, Idea, Participant, Vote
from tests.browser.keyboard import Keyboard
from tests.factories import bilingual_site, bilingual_theme, debate_block, idea

if TYPE_CHECKING:
    from tests.fixtures.browser import OpenPage

SEQUENCE = 3
SECONDS = 30  # a busy machine takes its time over the clipboard
WORDS = {
    "en": {
        "idea": "We should open libraries on Sundays.",
        "search": "roof",
        "filter": "French",
        "order": "Fewest",
        "other": "fr",
    },
    "fr": {
        "idea": "Il faut ouvrir les bibliothèques le dimanche.",
        "search": "toit",
        "filter": "Français",
        "order": "Les moins",
        "other": "en",
    },
}


@pytest.fixture
def base(live_server: Any) -> str:
    """A site with a theme, its debate open; more French ideas than one page of the list shows."""
    bilingual_theme(bilingual_site(), debate_block())
    debate = Debate.objects.get()
    debate.sequence_length, debate.invitation_every = SEQUENCE, SEQUENCE - 1
    debate.save()
    for number in range(SEQUENCE + 1):
        idea(debate, f"We should plant {number} trees on every roof.")
    for number in range(21):
        idea(debate, f"Il faut planter {number} arbres sur chaque toit.", "fr")
    url: str = live_server.url
    return url


@pytest.fixture(
    params=[
        ("en", True),
        ("fr", False),
        pytest.param(("en", False), marks=pytest.mark.more),
        pytest.param(("fr", True), marks=pytest.mark.more),
    ],
    ids=str,
)
def journey(request: pytest.FixtureRequest) -> tuple[str, bool]:
    """A language, and whether scripts run."""
    chosen: tuple[str, bool] = request.param
    return chosen


def swap(keys: Keyboard, javascript: bool, selector: str, key: str, then: str) -> None:
    """Press what ``selector`` names, and be where ``then`` stands: in place, or on a new page."""
    if javascript:
        keys.reach(selector)
        before = keys.tab.locator("main").element_handle()
        keys.press(key)
        before.wait_for_element_state("hidden")
        keys.tab.wait_for_selector(then)
        expect(keys.tab.locator(":focus")).to_have_count(1)
    else:
        keys.follow(selector, key)
        expect(keys.tab.locator(then)).to_be_visible()
    keys.enter_content()


def test_a_citizen_takes_part_by_keyboard_alone(
    base: str, open_page: OpenPage, journey: tuple[str, bool]
) -> None:
    language, javascript = journey
    words = WORDS[language]
    clipboard = ["clipboard-read", "clipboard-write"]
    tab = open_page(language, javascript=javascript, permissions=clipboard)
    keys = Keyboard(tab)
    tab.goto(f"{base}/{language}/")
    change_language_and_back(keys, base, language, words["other"])
    keys.enter_content()
    keys.follow(".theme-card a")
    theme = tab.url.removeprefix(base)
    keys.enter_content()
    keys.follow("form.door button")
    vote_to_the_pause(keys, javascript)
    keys.follow(".confirmation a.button-secondary")
    write_with_an_error_first(keys, words["idea"])
    assert Idea.objects.awaiting().get().language == language
    keys.follow(f".confirmation a[href='{theme}']")
    find_an_old_idea(keys, words["filter"], words["order"])
    swap(keys, javascript, "[value=agree]", "Enter", ".vote-done")
    if javascript:
        copy_its_link(keys)
    search(keys, words["search"])
    keys.follow(f"main a[href='{theme}']")
    keys.enter_content()
    keys.follow("form.door .vote-note a")
    keys.enter_content()
    keys.follow("main a[href$='/erase/'], main a[href$='/effacer/']")
    keys.enter_content()
    keys.follow(".button-danger")
    assert not Participant.objects.exists()
    assert Vote.objects.filter(participant=None).count() >= SEQUENCE


def change_language_and_back(keys: Keyboard, base: str, here: str, other: str) -> None:
    keys.enter_content()
    keys.follow(f".languages a[lang={other}]", back=True)
    assert keys.tab.url == f"{base}/{other}/"
    keys.follow(f".languages a[lang={here}]")
    assert keys.tab.url == f"{base}/{here}/"


def vote_to_the_pause(keys: Keyboard, javascript: bool) -> None:
    """The languages read; a vote taken back, another qualified; the invitation; the last vote."""
    keys.enter_content()
    keys.reach("[name=reads]")
    keys.follow("main form button[type=submit]")
    keys.enter_content()
    card = ".vote-card:not(:has(.vote-done))"
    swap(keys, javascript, "[value=agree]", "Enter", ".vote-done")
    swap(keys, javascript, ".vote-done form button", "Space", card)
    swap(keys, javascript, "[value=disagree]", "Space", ".vote-done")
    swap(keys, javascript, "[name=add]", "Space", "[name=remove]")
    swap(keys, javascript, ".vote-done > a.button", "Enter", card)
    swap(keys, javascript, "[value=neutral]", "Enter", ".vote-done")
    swap(keys, javascript, ".vote-done > a.button", "Enter", ".vote-invitation")
    swap(keys, javascript, ".vote-invitation a.button-secondary", "Enter", "[value=agree]")
    swap(keys, javascript, "[value=agree]", "Enter", ".vote-done")
    swap(keys, javascript, ".vote-done > a.button", "Enter", ".confirmation")
    assert sorted(Vote.objects.values_list("choice", flat=True)) == ["agree", "disagree", "neutral"]
    assert Vote.objects.filter(key_valid=True).count() == SEQUENCE


def write_with_an_error_first(keys: Keyboard, words: str) -> None:
    """The opening stands there; too short, then mended from the summary of errors."""
    keys.enter_content()
    keys.reach("textarea")
    opening = keys.tab.input_value("textarea")
    assert words.startswith(opening)
    keys.press("ControlOrMeta+A")
    keys.type("Short")
    keys.follow("main form button[type=submit]")
    keys.enter_content()
    keys.reach(".error-summary a")
    keys.press("Enter")
    assert keys.is_at("textarea")
    assert keys.tab.input_value("textarea") == "Short"
    keys.press("ControlOrMeta+A")
    keys.type(words)
    keys.reach("main input[type=radio]")
    keys.press("ArrowRight")
    keys.press("ArrowRight")  # there are two: round to where it was
    keys.follow("main form button[type=submit]")
    expect(keys.tab.locator(".confirmation .reference")).to_be_visible()
    keys.enter_content()


def find_an_old_idea(keys: Keyboard, language: str, order: str) -> None:
    """From the theme: the list, its filters, its second page."""
    keys.enter_content()
    keys.follow("section[id^=debate] a.link-forward")
    keys.enter_content()
    keys.reach("[name=language]")
    keys.type(language)
    keys.reach("[name=order]")
    keys.type(order)
    keys.follow(".filters button")
    assert "?language=fr&order=fewest-votes" in keys.tab.url
    keys.enter_content()
    keys.follow("[rel=next]")
    keys.enter_content()
    keys.follow(".idea a")
    keys.enter_content()


def copy_its_link(keys: Keyboard) -> None:
    keys.reach("[data-copy]")
    keys.press("Enter")
    expect(keys.tab.locator("[data-copy] + [role=status]")).not_to_be_empty(timeout=SECONDS * 1000)
    assert keys.is_at("[data-copy]")
    copied = keys.tab.evaluate("navigator.clipboard.readText()")
    assert copied == keys.tab.get_attribute("[data-copy]", "data-copy")


def search(keys: Keyboard, words: str) -> None:
    """From the header, to the first result."""
    keys.reach("header [name=q]", back=True)
    keys.type(words)
    with keys.tab.expect_navigation():
        keys.press("Enter")
    keys.enter_content()
    keys.follow(".result a")
    keys.enter_content()
