"""Nothing that a reader looks at moves while the page comes, however late its script is."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import Route

from tests.browser.languages import ONE_NOW
from tests.browser.place import Place, make_place

PHONE = {"width": 412, "height": 823}
SHIFTS = """() => new Promise((tell) => {
    new PerformanceObserver((list) =>
        tell(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
    ).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => tell(0), 1000);
})"""


@pytest.fixture
def place(live_server: Any) -> Place:
    return make_place()


def late(asked: Route) -> None:
    """As on a slow network, after everything else."""
    time.sleep(0.6)
    asked.continue_()


@pytest.mark.parametrize("language", ONE_NOW)
def test_the_readers_own_time_pushes_nothing_down(
    live_server: Any, open_page: Callable[..., Tab], place: Place, language: str
) -> None:
    tab = open_page(language, viewport=PHONE, timezone_id="America/Montreal")
    tab.route("**/site*.js", late)
    for page in ("theme", "upcoming", "text"):
        tab.goto(live_server.url + place.pages[page][language], wait_until="networkidle")
        assert tab.locator(".phase .local-time").count() == 1
        assert tab.evaluate(SHIFTS) < 0.05, page
