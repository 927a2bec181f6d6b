"""The style guide in a browser: axe finds nothing on it, and a narrow screen holds it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from home.styleguide.pages import PAGES
from tests.browser.languages import ONE_NOW
from tests.factories import bilingual_site

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def guide(live_server: Any) -> str:
    bilingual_site()
    return f"{live_server.url}/%s/styleguide/"


@pytest.mark.parametrize("language", ONE_NOW)
def test_every_sample_is_accessible_and_fits(
    guide: str, open_page: Callable[..., Tab], axe: Callable[[Tab], None], language: str
) -> None:
    light = open_page(language)
    dark = open_page(language, color_scheme="dark")
    narrow = open_page(language, viewport=NARROW)
    for name in ["", *(f"{name}/" for name in PAGES)]:
        for tab in (light, dark, narrow):
            answer = tab.goto(guide % language + name)
            assert answer is not None
            assert answer.status == 200, name
            axe(tab)
        width = narrow.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW["width"], f"{name} is {width} pixels wide"
        assert not narrow.context.cookies(), name


def test_a_wide_table_scrolls_in_its_frame_by_keyboard(
    guide: str, open_page: Callable[..., Tab]
) -> None:
    tab = open_page(viewport=NARROW)
    tab.goto(guide % "en")
    frame = tab.get_by_role("region", name="Votes by theme")
    frame.focus()
    expect(frame).to_be_focused()
    tab.keyboard.press("ArrowRight")
    # scrolled smoothly; and the page's policy forbids what `wait_for_function` would evaluate
    frame.evaluate("""(frame) => new Promise((scrolled) => {
        const look = () => frame.scrollLeft > 0 ? scrolled() : requestAnimationFrame(look);
        look();
    })""")


def test_the_state_of_a_task_is_told_with_its_link(guide: str, page: Tab) -> None:
    page.goto(guide % "en")
    task = page.get_by_role("link", name="The future of work").and_(page.locator(".task-name"))
    expect(task).to_have_accessible_description("To mend")


def test_what_was_chosen_after_a_vote_is_told_as_pressed(guide: str, page: Tab) -> None:
    page.goto(guide % "en")
    chosen = page.locator(".qualification[aria-pressed=true]").first
    expect(page.get_by_role("button", name="No way", pressed=True).first).to_be_visible()
    expect(chosen).to_have_attribute("name", "remove")


def test_specimens_have_the_sizes_they_name(guide: str, page: Tab) -> None:
    page.goto(guide % "en")
    sizes = page.locator(".guide-size").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert sizes == sorted(set(sizes))
    assert len(sizes) > 5
