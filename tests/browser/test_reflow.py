"""Every screen, in both languages, as those see it who enlarge it or hold a phone sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.languages import ONE_NOW
from tests.browser.layout import enlarge_text, layout_faults, space_out, target_faults
from tests.browser.place import make_place
from tests.browser.screens import SCREENS
from tests.browser.visits import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab
    from playwright.sync_api import ViewportSize

    from tests.fixtures.browser import OpenPage

# A screen of 1280 × 1024 pixels at 400 %.
ENLARGED: ViewportSize = {"width": 320, "height": 256}
SIDEWAYS: ViewportSize = {"width": 640, "height": 360}
# One screen of each template, for what takes longer.
WALKED = [
    *("home", "themes", "theme", "text, with every block", "ideas", "idea", "vote: said"),
    *("write: errors", "written", "my participation", "questionnaire: errors", "search: results"),
    *("not found", "choose a language"),
]


def faults_at_every_size(tab: Tab) -> list[str]:
    """At 400 % as it stands, with more space, with larger text; then on a phone held sideways."""
    found = [f"400 %: {fault}" for fault in [*layout_faults(tab), *target_faults(tab)]]
    space_out(tab)
    found += [f"400 %, more space: {fault}" for fault in layout_faults(tab)]
    tab.evaluate("document.adoptedStyleSheets = []")
    tab.set_viewport_size(SIDEWAYS)
    found += [f"sideways: {fault}" for fault in layout_faults(tab)]
    enlarge_text(tab, 200)
    found += [f"text at 200 %: {fault}" for fault in layout_faults(tab)]
    tab.set_viewport_size(ENLARGED)
    return found


# `make test` sees every sixth screen; `make test-more` all of them, in both languages.
@pytest.mark.parametrize(
    ("language", "step"),
    [
        pytest.param("en", 6, id="en, some"),
        pytest.param("en", 1, id="en", marks=pytest.mark.more),
        pytest.param("fr", 1, id="fr", marks=pytest.mark.more),
    ],
)
@pytest.mark.urls("tests.browser.urls_in_trouble")
def test_every_screen_reflows(
    live_server: Any, open_page: OpenPage, language: str, step: int
) -> None:
    place = make_place()
    found = []
    tab = open_page(language, viewport=ENLARGED, device_scale_factor=4)
    for name in list(SCREENS)[::step]:
        if name.startswith("style guide"):
            continue  # the same components again
        tab.context.clear_cookies()
        SCREENS[name](Visit(tab, live_server.url, language, place))
        found += [f"{name}: {fault}" for fault in faults_at_every_size(tab)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ONE_NOW)
def test_every_control_is_reached_and_shows_its_focus(
    live_server: Any, open_page: OpenPage, language: str
) -> None:
    """From the skip link to the foot of the page and back, on a small phone held sideways."""
    place = make_place()
    tab = open_page(language, viewport=SIDEWAYS)
    for name in WALKED:
        tab.context.clear_cookies()
        SCREENS[name](Visit(tab, live_server.url, language, place))
        # The script leads the focus to what came: not while somebody presses Tab.
        expect(tab.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        tab.locator("a").first.focus()
        tab.keyboard.press("Shift+Tab")  # to the very top
        stops = Keyboard(tab).walk()
        controls = tab.locator("a:visible, button:visible, summary:visible, select:visible").count()
        assert len(stops) >= controls, f"{name}: {len(stops)} stops, {controls} controls"
