"""A citizen's way through the pages, in a browser: with scripts, and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from wagtail.models import Site

from submissions.models import Idea, Vote, VoteEvent
from tests.browser.languages import ONE_NOW
from tests.factories import debate_row, idea, open_consultation
from tests.submissions.conftest import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from submissions.models import Debate
    from tests.fixtures.browser import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def debate(transactional_db: None) -> Debate:
    debate = debate_row(open_consultation(Site.objects.get(is_default_site=True)))
    for number in range(4):
        idea(debate, f"We should plant {number} trees in every street.")
        idea(debate, f"Il faut planter {number} arbres dans chaque rue.", "fr")
    return debate


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    return open_page(javascript=request.param)


def start(visitor: Page) -> None:
    """Press “Start voting”, and say that both languages are read."""
    visitor.get_by_role("button", name="Start voting").click()
    visitor.get_by_label("Français").check()
    visitor.get_by_role("button", name="Show me the ideas").click()


def test_voting_undoing_and_going_on(
    visitor: Page, live_server: LiveServer, debate: Debate
) -> None:
    visitor.goto(live_server.url + address("vote", debate.pk))
    assert not visitor.context.cookies()
    start(visitor)
    visitor.get_by_text("Idea 1 of 8").first.wait_for()
    visitor.get_by_role("button", name="Agree", exact=True).click()
    visitor.get_by_text("You agreed.").wait_for()
    assert Vote.objects.get().choice == "agree"
    visitor.get_by_role("button", name="Undo").click()
    visitor.get_by_role("button", name="Neutral").click()
    visitor.get_by_text("You are neutral.").wait_for()
    visitor.get_by_role("link", name="Next idea").click()
    visitor.get_by_text("Idea 2 of 8").first.wait_for()
    kinds = VoteEvent.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["cast", "undone", "cast"]
    assert Vote.objects.get().key_valid


def test_focus_goes_to_what_changed(page: Page, live_server: LiveServer, debate: Debate) -> None:
    page.goto(live_server.url + address("vote", debate.pk))
    start(page)
    page.get_by_role("button", name="Disagree").click()
    page.get_by_text("You disagreed.").wait_for()
    expect(page.locator(".vote-done")).to_be_focused()
    page.get_by_role("link", name="Next idea").click()
    page.get_by_text("Idea 2 of 8").first.wait_for()
    expect(page.locator("#vote-card")).to_be_focused()


def test_qualifying_keeps_the_focus_on_the_button(
    page: Page, live_server: LiveServer, debate: Debate, axe: Callable[[Page], None]
) -> None:
    page.goto(live_server.url + address("vote", debate.pk))
    start(page)
    page.get_by_role("button", name="Agree", exact=True).click()
    said = page.get_by_role("button", name="Realistic", exact=True)
    said.focus()
    page.keyboard.press("Enter")
    page.locator("button[aria-pressed=true]").filter(has_text="Realistic").wait_for()
    expect(page.get_by_role("button", name="Realistic", exact=True)).to_be_focused()
    assert Vote.objects.get().qualifications == ["realistic"]
    axe(page)
    page.keyboard.press("Enter")
    page.locator("button[aria-pressed=false]").filter(has_text="Realistic").wait_for()
    assert Vote.objects.get().qualifications == []


def test_a_sequence_with_its_qualifications_invitation_and_end(
    visitor: Page, live_server: LiveServer, debate: Debate
) -> None:
    """With scripts and without: qualify, be asked for an idea, go back, come to the end."""
    type(debate).objects.update(sequence_length=6)
    visitor.goto(live_server.url + address("vote", debate.pk))
    start(visitor)
    for number in range(1, 7):
        visitor.get_by_text(f"Idea {number} of 6").first.wait_for()
        visitor.get_by_role("button", name="Neutral").click()
        visitor.get_by_text("You are neutral.").wait_for()
        if number == 1:
            visitor.get_by_role("button", name="I have no opinion").click()
            visitor.locator("button[aria-pressed=true]").wait_for()
        visitor.get_by_role("link", name="Next idea").click()
        if number == 2:  # what was said last stays in reach
            visitor.get_by_role("link", name="Previous idea").click()
            visitor.get_by_text("You are neutral.").wait_for()
            visitor.get_by_role("link", name="Next idea").click()
        if number == 4:
            visitor.get_by_role("heading", name="Have an idea?").wait_for()
            visitor.get_by_role("link", name="Not yet, keep voting").click()
    visitor.get_by_text("You have voted on 6 ideas of this debate.").wait_for()
    visitor.get_by_role("link", name="2 more ideas").click()
    visitor.get_by_text("Idea 1 of 2").first.wait_for()
    assert Vote.objects.filter(key_valid=True).count() == 6
    assert Vote.objects.filter(qualifications=["no_opinion"]).count() == 1


def test_a_page_loaded_again_shows_the_card_that_was_voted_on(
    page: Page, live_server: LiveServer, debate: Debate
) -> None:
    page.goto(live_server.url + address("vote", debate.pk))
    start(page)
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_text("You agreed.").wait_for()
    page.wait_for_url(f"**?idea={Vote.objects.get().idea_id}*")
    page.reload()
    page.get_by_text("You agreed.").wait_for()


def test_a_vote_that_does_not_arrive_leaves_the_card_to_try_again(
    page: Page, live_server: LiveServer, debate: Debate
) -> None:
    page.goto(live_server.url + address("vote", debate.pk))
    start(page)
    agree = page.get_by_role("button", name="Agree", exact=True)
    agree.wait_for()
    page.context.set_offline(True)
    agree.click()
    page.get_by_text("Try again").wait_for()
    page.context.set_offline(False)
    agree.click()
    page.get_by_text("You agreed.").wait_for()
    assert Vote.objects.count() == 1


def test_a_debate_that_closes_under_the_card_says_so(
    visitor: Page, live_server: LiveServer, debate: Debate
) -> None:
    visitor.goto(live_server.url + address("vote", debate.pk))
    start(visitor)
    visitor.get_by_text("Idea 1 of 8").first.wait_for()
    type(debate).objects.update(closes_at="2020-01-01T00:00Z")
    visitor.get_by_role("button", name="Agree", exact=True).click()
    visitor.get_by_text("This debate is closed").wait_for()
    assert not Vote.objects.exists()


def test_a_vote_after_the_cookies_are_gone_leads_back_to_the_door(
    page: Page, live_server: LiveServer, debate: Debate
) -> None:
    page.set_viewport_size({"width": 360, "height": 320})
    page.goto(f"{live_server.url}/en/debates/{debate.pk}/vote/")
    start(page)
    page.get_by_role("button", name="Agree", exact=True).wait_for()
    page.context.clear_cookies()
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_role("button", name="Start voting").wait_for(state="attached")
    page.wait_for_load_state("networkidle")  # a browser goes back to where it was after that
    expect(page.get_by_role("alert")).to_be_in_viewport()


def test_writing_in_french_with_a_mistake_first(
    visitor: Page, live_server: LiveServer, debate: Debate
) -> None:
    visitor.goto(live_server.url + address("write", debate.pk, language="fr"))
    visitor.locator("textarea").fill("Trop court")
    visitor.locator("main form button").first.click()
    visitor.locator(".error-summary a").wait_for()
    assert visitor.locator("textarea").input_value() == "Trop court"
    visitor.locator("textarea").fill("Il faut ouvrir les bibliothèques le dimanche.")
    visitor.locator("main form button").first.click()
    visitor.locator(".confirmation .reference").wait_for()
    assert Idea.objects.get(status="awaiting").language == "fr"


@pytest.mark.parametrize("language", ONE_NOW)
@pytest.mark.parametrize("name", ["ideas", "write", "written", "vote"])
def test_pages_are_accessible(
    page: Page,
    live_server: LiveServer,
    debate: Debate,
    axe: Callable[[Page], None],
    name: str,
    language: str,
) -> None:
    page.goto(live_server.url + address(name, debate.pk, language=language))
    axe(page)


def test_cards_and_errors_are_accessible(
    page: Page, live_server: LiveServer, debate: Debate, axe: Callable[[Page], None]
) -> None:
    page.goto(live_server.url + address("vote", debate.pk))
    page.get_by_role("button", name="Start voting").click()
    page.get_by_text("Which languages do you read ideas in?").wait_for()
    axe(page)
    page.get_by_label("Français").check()
    page.get_by_role("button", name="Show me the ideas").click()
    page.get_by_text("Idea 1 of 8").first.wait_for()
    axe(page)
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_text("You agreed.").wait_for()
    axe(page)
    page.goto(live_server.url + address("write", debate.pk))
    page.locator("main form button").first.click()
    page.locator(".error-summary").wait_for()
    axe(page)
    page.goto(live_server.url + address("idea", Idea.objects.published().newest()[0].pk))
    axe(page)
    type(debate).objects.update(closes_at="2020-01-01T00:00Z")
    page.goto(live_server.url + address("vote", debate.pk))
    axe(page)
