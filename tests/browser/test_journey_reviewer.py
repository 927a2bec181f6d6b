"""A reviewer's day in Chromium: find, take, mark by keyboard, code, note, and on to the next."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from home.roles import REVIEWERS, grant_roles
from submissions.contributions.staff.scheme import services as scheme
from submissions.contributions.staff.scheme.services import Words
from submissions.models import CodedContribution, Note, Passage, Reading, ReadingState
from tests.browser.staff import PASSWORD, account
from tests.submissions.libraries import Room, room

TEXT = "👩\u200d🔬 asks: open the models.\nAnd the data."
SAID = {
    "en": {"assign": "Assign…", "read": "is read.", "code": "Openness", "mine": "I read it"},
    "fr": {"assign": "Attribuer…", "read": "est lue.", "code": "Ouverture", "mine": "Je la lis"},
}


@pytest.fixture
def where(transactional_db: None) -> Room:
    made = room()
    grant_roles()
    return made


def at_the_desk(tab: Tab, base: str, where: Room, language: str) -> Any:
    """Signed in as a reviewer who reads the admin in ``language``, before the list."""
    user = account("rita", REVIEWERS)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    words = {"en": Words("Openness"), "fr": Words("Ouverture")}
    scheme.add(where.where.consultation, words, None, user)
    tab.goto(f"{base}/admin/login/")
    tab.locator("[name=username]").fill(user.username)
    tab.locator("[name=password]").fill(PASSWORD)
    tab.locator("[name=password]").press("Enter")
    expect(tab).to_have_url(f"{base}/admin/")
    return user


def ready(tab: Tab) -> None:
    """Until the page's own script has run: it shows what it adds."""
    expect(tab.locator(".reading-how")).to_be_visible()


@pytest.mark.parametrize("language", ["en", pytest.param("fr", marks=pytest.mark.more)])
def test_a_reviewers_day_by_keyboard(
    live_server: Any, open_page: Callable[..., Tab], where: Room, language: str
) -> None:
    words = SAID[language]
    last = where.contribution("Else.", name="Second")
    one = where.contribution(TEXT, name="First")
    tab = open_page(language)
    me = at_the_desk(tab, live_server.url, where, language)

    tab.goto(f"{live_server.url}/admin/contributions/?ordering=name")
    expect(tab.get_by_role("button", name=words["assign"])).to_be_visible()
    tab.get_by_role("link", name="First").click()
    text = tab.locator(".reading-words")
    expect(text).to_have_text(TEXT)
    ready(tab)
    tab.keyboard.press("a")
    expect(tab.locator("#reading-section")).to_contain_text("rita")
    ready(tab)

    # “s” goes into the words; the first one is one emoji of three code points.
    tab.keyboard.press("s")
    expect(text).to_be_focused()
    tab.keyboard.type("nothing can be written here")
    expect(text).to_have_text(TEXT)
    tab.keyboard.press("Home")
    for _step in range(len("👩\u200d🔬 asks: ") - 2):
        tab.keyboard.press("ArrowRight")
    for _step in range(len("open the models")):
        tab.keyboard.press("Shift+ArrowRight")
    tab.keyboard.press("Enter")
    expect(tab.locator("#id_words")).to_have_value("open the models")
    tab.keyboard.press("Space")  # the first code
    tab.locator("#mark-form [value=mark]").press("Enter")
    expect(tab.locator("mark")).to_have_text("open the models")
    passage = Passage.objects.get()
    assert TEXT[passage.start : passage.end] == passage.quote == "open the models"
    assert [code.name_in(language) for code in passage.codes.all()] == [words["code"]]

    tab.locator("#codes-section [name=codes]").check()
    tab.locator("#codes-section [value=code]").press("Enter")
    expect(tab.locator("#codes-section [name=codes]")).to_be_checked()
    assert CodedContribution.objects.get().contribution == one
    ready(tab)
    tab.locator("body").press("o")
    expect(tab.locator("#id_note")).to_be_focused()
    tab.keyboard.type("Ask the ministry.")
    tab.locator("#notes-section [value=note]").press("Enter")
    expect(tab.locator(".reading-notes")).to_contain_text("Ask the ministry.")
    assert Note.objects.get().by == me

    ready(tab)
    tab.locator("body").press("r")
    expect(tab.locator(".messages")).to_contain_text(words["read"])
    expect(tab.locator(".desk-idea h2")).to_have_text("Second")
    assert Reading.objects.get(contribution=one).state == ReadingState.READ
    assert f"/{last.pk}/?ordering=name" in tab.url


def test_words_are_marked_with_the_mouse_and_pasted_without_scripts(
    live_server: Any, open_page: Callable[..., Tab], where: Room
) -> None:
    one = where.contribution(TEXT, name="First")
    tab = open_page("en")
    at_the_desk(tab, live_server.url, where, "en")
    url = f"{live_server.url}/admin/contributions/{one.pk}/"
    tab.goto(url)
    tab.locator(".reading-words").evaluate(
        "(text) => getSelection().setBaseAndExtent(text.firstChild, 6, text.firstChild, 10)"
    )
    tab.locator(".reading-bar button").click()
    expect(tab.locator("#id_words")).to_have_value("asks")
    tab.locator("#mark-form [value=mark]").click()
    expect(tab.locator("mark")).to_have_text("asks")

    plain = open_page("en", javascript=False)
    kept: Any = tab.context.cookies()
    plain.context.add_cookies(kept)
    plain.goto(url)
    plain.locator("#id_words").fill("models. And  the data")
    plain.locator("#mark-form [value=mark]").click()
    expect(plain.locator("mark").last).to_have_text("models.\nAnd the data")
