"""Focus after something changed in place: never lost, in what changed, and said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from playwright.sync_api import expect

from submissions.models import Debate, Vote
from tests.browser.languages import ONE_NOW
from tests.factories import bilingual_site, bilingual_theme, debate_block, idea
from tests.submissions.conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

    from tests.fixtures.browser import OpenPage

AGREE, NEXT, UNDO = "[value=agree]", ".vote-done > a.button", ".vote-done .button-quiet"

# Where the focus is: its words, and whether it stands on the screen.
FOCUS = """() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    return {
        body: element === document.body,
        tag: element.tagName,
        role: element.getAttribute("role"),
        name: element.className,
        words: element.textContent,
        seen: box.height > 0 && box.top < innerHeight && box.bottom > 0,
    };
}"""


@pytest.fixture
def debate(live_server: Any) -> Debate:
    """A debate of two English and two French ideas on the pages of both languages."""
    bilingual_theme(bilingual_site(), debate_block())
    debate = Debate.objects.get()
    for number in range(2):
        idea(debate, f"We should plant {number} trees in every street.")
        idea(debate, f"Il faut planter {number} arbres dans chaque rue.", "fr")
    return debate


def at_a_card(tab: Tab, base: str, debate: Debate, language: str) -> None:
    tab.goto(base + address("vote", debate.pk, language=language))
    tab.locator("main form button").first.press("Enter")
    tab.locator("[name=reads]").first.wait_for()
    tab.locator("main form button").first.press("Enter")
    tab.locator(AGREE).wait_for()


def focus(tab: Tab) -> dict[str, Any]:
    """Where the focus came to rest: somewhere, and in sight."""
    expect(tab.locator(":focus")).to_have_count(1)
    found: dict[str, Any] = tab.evaluate(FOCUS)
    assert found["seen"], found
    return found


def change(tab: Tab, selector: str, gone: str) -> dict[str, Any]:
    """Press ``selector``; once ``gone`` is no longer there, see where the focus went."""
    old = tab.locator(gone).element_handle()
    tab.locator(selector).press("Enter")
    old.wait_for_element_state("hidden")
    return focus(tab)


@pytest.mark.parametrize("language", ONE_NOW)
def test_focus_goes_to_what_a_vote_changed(
    live_server: Any, open_page: OpenPage, debate: Debate, language: str
) -> None:
    tab = open_page(language, viewport={"width": 360, "height": 640})
    at_a_card(tab, live_server.url, debate, language)
    voted = change(tab, AGREE, "#vote-card")
    assert voted["role"] in {"status", "group"}
    assert (
        tab.locator(":focus").get_by_text("You agreed." if language == "en" else "d’accord").count()
    )
    qualified = change(tab, "[name=add]:first-of-type", "#vote-card")
    assert qualified["tag"] == "BUTTON"  # the one that was pressed, which now says so
    assert tab.locator(":focus").get_attribute("aria-pressed") == "true"
    undone = change(tab, UNDO, "#vote-card")
    assert "vote-card" in undone["name"]
    change(tab, AGREE, "#vote-card")
    first = tab.locator(".idea-text").inner_text()
    following = change(tab, NEXT, "#vote-card")
    assert "vote-card" in following["name"]
    assert first not in following["words"]
    change(tab, AGREE, "#vote-card")
    over = change(tab, NEXT, "#vote-card")  # an idea of the other language is not asked about
    assert over["name"] == "confirmation"
    expect(tab.get_by_role("heading", level=1)).to_have_count(1)
    assert tab.title().startswith(tab.locator("h1").inner_text())


def test_back_after_votes_shows_a_page_that_still_works(
    live_server: Any, page: Tab, debate: Debate
) -> None:
    at_a_card(page, live_server.url, debate, "en")
    change(page, AGREE, "#vote-card")
    change(page, NEXT, "#vote-card")
    page.locator("header .site-name").press("Enter")
    page.locator(".hero").wait_for()
    page.go_back()
    change(page, AGREE, "#vote-card")
    assert Vote.objects.count() == 2
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("answer", ["offline", "down"])
@pytest.mark.parametrize("step", [AGREE, UNDO, NEXT], ids=["vote", "undo", "next"])
def test_what_could_not_be_sent_leaves_the_focus_and_says_so(
    live_server: Any, page: Tab, debate: Debate, answer: str, step: str
) -> None:
    at_a_card(page, live_server.url, debate, "en")
    if step != AGREE:
        change(page, AGREE, "#vote-card")

    def fail(route: Any) -> None:
        if answer == "offline":
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=503, body="Down")

    words = page.locator(".idea-text").inner_text()
    page.route("**/*", fail)
    for _attempt in range(2):
        page.locator(step).press("Enter")
        expect(page.get_by_role("alert")).to_have_count(1)
        expect(page.get_by_role("alert")).to_have_text("The site did not answer. Try again.")
        assert page.evaluate("(s) => document.activeElement.matches(s)", step)
        assert page.locator(".idea-text").inner_text() == words
    page.unroute("**/*")
    assert focus(page)
    change(page, step, "#vote-card")
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("language", ONE_NOW)
def test_a_vote_on_a_page_that_is_too_old_is_explained_and_can_be_cast_again(
    live_server: Any, open_page: OpenPage, debate: Debate, language: str
) -> None:
    tab = open_page(language)
    at_a_card(tab, live_server.url, debate, language)
    tab.locator("[name=csrfmiddlewaretoken]").first.evaluate(
        "(field) => { field.value = 'x'.repeat(64); }"
    )
    tab.locator(AGREE).press("Enter")
    told = tab.locator("main [role=alert]")
    expect(told).to_be_visible()
    assert focus(tab)["role"] == "alert"
    assert not Vote.objects.exists()
    change(tab, AGREE, "#vote-card")
    assert Vote.objects.get().key_valid


def test_whoever_is_no_longer_known_finds_the_door_and_the_focus_on_its_title(
    live_server: Any, page: Tab, debate: Debate
) -> None:
    at_a_card(page, live_server.url, debate, "en")
    page.context.clear_cookies(name=settings.PARTICIPANT_COOKIE_NAME)
    door = change(page, AGREE, "#vote-card")
    assert door["tag"] == "H1"
    page.get_by_role("button", name="Start voting").press("Enter")
    page.locator("[name=reads]").first.wait_for()
