"""Writing in a browser: the opening follows the language, the count is the server's, near ideas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Site

from core.graphemes import graphemes
from submissions.models import Debate, Idea
from tests.factories import debate_row, idea, open_consultation
from tests.submissions.conftest import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.live_server_helper import LiveServer

    from tests.fixtures.browser import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)

TREES = "We should plant a tree in every street."
FAMILY = "👩‍👩‍👧‍👦"


@pytest.fixture
def debate(transactional_db: None) -> Debate:
    debate = debate_row(open_consultation(Site.objects.get(is_default_site=True)))
    idea(debate, TREES)
    return debate


def test_the_opening_follows_the_language_and_is_counted(  # case 23
    page: Page, live_server: LiveServer, debate: Debate
) -> None:
    page.goto(live_server.url + address("write", debate.pk))
    field, counter = page.locator("textarea"), page.locator(".counter > [aria-hidden]")
    expect(field).to_have_value("We should ")
    page.get_by_label("French").check()
    expect(field).to_have_value("Il faut ")
    expect(field).to_have_attribute("lang", "fr")
    expect(counter).to_have_text("You have 133 characters left")
    field.press("End")
    field.type(f"ouvrir {FAMILY} l’e\u0301te\u0301")
    left = 140 - graphemes(field.input_value().strip())
    expect(counter).to_have_text(f"You have {left} characters left")
    page.get_by_label("English").check()
    expect(field).to_have_value(re.compile("^We should ouvrir"))
    field.fill("Why not open it?")
    page.get_by_label("French").check()
    expect(field).to_have_value("Why not open it?")
    organisation = page.get_by_label("Name of the organisation")
    expect(organisation).to_be_hidden()
    page.get_by_label("For an organisation").check()
    expect(organisation).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_near_idea_is_voted_on_instead(  # case 32
    open_page: OpenPage,
    live_server: LiveServer,
    debate: Debate,
    axe: Callable[[Page], None],
    javascript: bool,
) -> None:
    tab: Page = open_page(javascript=javascript)
    tab.goto(live_server.url + address("write", debate.pk))
    expect(tab.locator("textarea")).to_have_value("We should ")
    assert tab.locator("fieldset").first.inner_text().count("…") == 2  # both openings are offered
    tab.locator("textarea").fill("We should plant trees in every street!")
    tab.get_by_label("For an organisation").check()
    tab.get_by_label("Name of the organisation").fill("Arbor")
    tab.get_by_role("button", name="Send my idea").click()
    title = tab.get_by_role("heading", name="Has somebody proposed this already?")
    title.wait_for()
    expect(tab).to_have_title(re.compile("^Has somebody proposed this already?"))
    if javascript:
        expect(title).to_be_focused()
        axe(tab)
    expect(tab.get_by_label("Name of the organisation")).to_have_value("Arbor")
    tab.get_by_role("link", name="Vote on this instead").click()
    tab.get_by_text(TREES).wait_for()
    assert Idea.objects.count() == 1
    tab.go_back()
    tab.get_by_role("button", name="Send mine all the same").click()
    tab.get_by_role("heading", name="Thank you").wait_for()
    assert Idea.objects.latest("pk").organisation == "Arbor"
