"""The guide is found and read with the keyboard alone, on a phone, and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from home.roles import REVIEWERS, grant_roles
from tests.browser.staff import PASSWORD, account, press, sign_in
from tests.browser.test_journey_translator import FRAME
from tests.factories import bilingual_site

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def reader(transactional_db: None) -> Any:
    bilingual_site()
    grant_roles()
    return account("reader", REVIEWERS)


def on_the_screen(tab: Tab) -> bool:
    found: bool = tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return found


def to(tab: Tab, words: str) -> None:
    """Tab on until the link of these words has the focus."""
    wanted = tab.get_by_role("link", name=words, exact=True).first
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        press(tab, "Tab")
    raise AssertionError(words)


def test_a_task_is_found_with_the_keyboard_on_a_phone(
    live_server: Any, open_page: Callable[..., Tab], reader: Any, axe: Callable[..., None]
) -> None:
    tab = open_page("en", viewport=PHONE)
    sign_in(tab, live_server.url, reader)
    tab.goto(f"{live_server.url}/admin/guide/")
    tab.get_by_role("searchbox", name="Words of a task").focus()
    tab.keyboard.type("public from a file")
    press(tab, "Enter")
    expect(tab.get_by_text("No page of the guide has all these words")).to_be_visible()
    assert on_the_screen(tab)
    axe(tab, leave_out=FRAME)
    tab.get_by_role("searchbox", name="Words of a task").fill("glossary term")
    tab.get_by_role("searchbox", name="Words of a task").focus()
    press(tab, "Enter")
    expect(tab.locator("#guide-found[role=status]")).to_contain_text("page")
    assert on_the_screen(tab)
    to(tab, "Keep the glossary")
    press(tab, "Enter")
    expect(tab).to_have_url(f"{live_server.url}/admin/guide/keep-the-glossary/")
    assert on_the_screen(tab)


def test_the_guide_is_read_and_searched_without_scripts(
    live_server: Any, open_page: Callable[..., Tab], reader: Any
) -> None:
    tab = open_page("fr", viewport=PHONE, javascript=False)
    tab.goto(f"{live_server.url}/admin/login/?next=/admin/guide/")
    tab.locator("[name=username]").fill(reader.username)
    tab.locator("[name=password]").fill(PASSWORD)
    tab.locator("[name=password]").press("Enter")
    tab.get_by_role("searchbox", name="Mots à chercher dans le guide").fill("programmer une page")
    tab.get_by_role("button", name="Chercher").click()
    tab.get_by_role("link", name="Programmer une page", exact=True).first.click()
    expect(tab).to_have_url(f"{live_server.url}/admin/guide/schedule-a-page/")
    expect(tab.locator(".guide img").first).to_be_visible()
