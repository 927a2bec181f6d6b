"""An editor's first theme page, from signing in to its publication in both languages, counted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from home.roles import EDITORS, grant_roles, publishers_of
from submissions.models import Debate
from tests.browser.staff import PASSWORD, account
from tests.factories import bilingual_site
from themes.models import ThemePage

FRENCH = {
    "Clean air": "Un air pur",
    "What we breathe.": "Ce que nous respirons.",
    "Your ideas on air": "Vos idées sur l’air",
    "What should be done first?": "Que faut-il faire d’abord ?",
    "What do you propose on this theme, and why?": "Que proposez-vous, et pourquoi ?",
}
# Clicks and fields, as measured: what a change of the admin may not make more.
TO_PUBLISH_IN_ENGLISH = (6, 6)
TO_PUBLISH_IN_FRENCH = (8, 5)


@dataclass
class Hand:
    """Whoever sits before the tab: each click and each field that is filled in counts."""

    tab: Tab
    clicks: int = 0
    fields: int = 0

    def click(self, what: Locator) -> None:
        """Click once."""
        what.click()
        self.clicks += 1

    def fill(self, what: Locator, words: str) -> None:
        """Fill in one field; going to it costs no click: the tab key leads there."""
        what.fill(words)
        self.fields += 1

    def counted(self) -> tuple[int, int]:
        """What there was since this was last asked."""
        found = self.clicks, self.fields
        self.clicks = self.fields = 0
        return found


def publish(hand: Hand) -> None:
    """The editor's “Publish”, among the actions at its foot."""
    hand.click(hand.tab.get_by_role("button", name="More actions").last)
    hand.click(hand.tab.get_by_role("button", name=re.compile("^Publish")).last)
    expect(hand.tab.locator(".messages li").first).to_be_visible()


def write_and_publish(hand: Hand, base: str) -> None:
    """From the login page to the English page, by what is seen on the screen."""
    tab = hand.tab
    tab.goto(f"{base}/admin/")
    hand.fill(tab.locator("[name=username]"), "first")
    hand.fill(tab.locator("[name=password]"), PASSWORD)
    hand.click(tab.get_by_role("button", name="Sign in"))
    hand.click(tab.get_by_role("button", name="Pages", exact=True))
    hand.click(tab.locator(".c-page-explorer a", has_text="English").first)
    hand.click(tab.get_by_role("link", name="Add a child page to 'Themes'"))
    hand.fill(tab.locator("#id_title"), "Clean air")
    hand.fill(tab.locator("#id_summary"), "What we breathe.")
    hand.fill(tab.locator("[name='body-1-value-title']"), "Your ideas on air")
    hand.fill(tab.locator("[name='body-1-value-invitation']"), "What should be done first?")
    publish(hand)


def translate_and_publish(hand: Hand) -> None:
    """From where publishing leads, the list of themes, to the French page."""
    tab = hand.tab
    hand.click(tab.locator("main .listing .title a", has_text="Clean air").first)
    hand.click(tab.locator("header").get_by_role("button", name="Actions").first)
    hand.click(tab.get_by_role("link", name="Translate this page").first)
    hand.click(tab.get_by_label("French"))
    hand.click(tab.get_by_role("button", name="Submit"))
    for english, french in FRENCH.items():
        text = tab.locator(".translating-segment", has_text=english).locator("textarea").first
        hand.fill(text, french)
    hand.click(tab.get_by_role("button", name="Save", exact=True))
    hand.click(tab.get_by_label("I have reviewed it"))
    hand.click(tab.get_by_role("button", name="Publish the translation"))
    expect(tab.locator(".messages li").first).to_be_visible()


@pytest.mark.more
def test_an_editors_first_theme_page_is_public_in_both_languages_after_so_many_clicks(
    live_server: Any, open_page: Callable[..., Tab]
) -> None:
    bilingual_site()
    grant_roles()
    account("first", EDITORS, *(publishers_of(name) for name in ("English", "French")))
    assert [code for code, _name in settings.LANGUAGES] == ["en", "fr"]
    hand = Hand(open_page())

    write_and_publish(hand, live_server.url)
    english = hand.counted()
    page = ThemePage.objects.get(title="Clean air")
    assert page.live

    translate_and_publish(hand)
    french = hand.counted()
    translated = ThemePage.objects.get(locale__language_code="fr")
    assert translated.live
    assert translated.slug == "un-air-pur"
    assert Debate.objects.open_at().get()  # in both languages, and nobody had to open it

    assert english == TO_PUBLISH_IN_ENGLISH
    assert french == TO_PUBLISH_IN_FRENCH
    visitor = open_page("fr")
    visitor.goto(live_server.url + translated.url)
    expect(visitor.get_by_role("heading", name="Vos idées sur l’air")).to_be_visible()
