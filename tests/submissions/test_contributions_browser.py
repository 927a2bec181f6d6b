"""The expert's door in a real browser: both languages, with and without JavaScript, any width."""

from html import unescape

import pytest
from playwright.sync_api import expect

from home.roles import ORGANISERS, grant_roles
from submissions.models import Contribution
from tests.browser.staff import account, sign_in
from tests.submissions.answering import TOLD, Door, expert_door


@pytest.fixture
def door(transactional_db) -> Door:
    return expert_door()


def fill(page, door: Door, *, long_text: str) -> None:
    """Fill in the form as a person does, by what stands on the page."""
    page.fill(f'[name="{door.field("long_text")}"]', long_text)
    page.check(f'[name="{door.field("one_choice")}"][value="{door.choice("one_choice", 1)}"]')
    page.check(f'[name="{door.field("scale")}"][value="4"]')
    page.check('[name="respondent_type"][value="academic"]')
    for name in ("name", "organisation", "role", "email"):
        page.fill(f'[name="{name}"]', TOLD[name])
    page.select_option('[name="country"]', "FR")
    page.check('[name="analysis"]')
    page.check('[name="publication"][value="not_published"]')


@pytest.mark.parametrize("javascript", [True, False])
def test_one_in_english_and_one_in_french_make_one_dataset(
    door, live_server, open_page, javascript
):
    sent = {"en": "Send my contribution", "fr": "Envoyer ma contribution"}
    for language, button in sent.items():
        page = open_page(locale=language, javascript=javascript)
        page.goto(live_server.url + door.url(language))
        fill(page, door, long_text=f"Written on the page in {language}.")
        page.get_by_role("button", name=button).click()
        page.locator(".reference").wait_for()
        shown = Contribution.objects.latest("pk").reference
        assert page.locator(".reference").inner_text() == shown
        assert not page.context.cookies()
    answers = door.question("one_choice").answers.all()
    assert {answer.language for answer in answers} == {"en", "fr"}
    assert {answer.choices.get().pk for answer in answers} == {int(door.choice("one_choice", 1))}
    grant_roles()
    organiser = open_page()
    sign_in(organiser, live_server.url, account("organiser", ORGANISERS))
    organiser.goto(f"{live_server.url}/admin/contributions/")
    expect(organiser.locator("main tbody tr")).to_have_count(2)
    for contribution in Contribution.objects.all():
        expect(organiser.get_by_role("link", name=contribution.reference).first).to_be_visible()


# case 17
def test_a_double_click_sends_one_contribution(door, live_server, page):
    page.goto(live_server.url + door.url())
    fill(page, door, long_text="Sent twice.")
    page.get_by_role("button", name="Send my contribution").dblclick()
    page.locator(".reference").wait_for()
    assert Contribution.objects.count() == 1


# case 17
def test_going_back_and_sending_again_gives_the_same_reference(door, live_server, page):
    page.goto(live_server.url + door.url())
    fill(page, door, long_text="Sent, then sent again.")
    page.get_by_role("button", name="Send my contribution").click()
    first = page.locator(".reference").inner_text()
    page.go_back()
    assert page.locator(f'[name="{door.field("long_text")}"]').input_value() == (
        "Sent, then sent again."
    )
    page.get_by_role("button", name="Send my contribution").click()
    page.locator(".reference").wait_for()
    assert page.locator(".reference").inner_text() == first
    assert Contribution.objects.count() == 1


# case 31
def test_changing_language_in_mid_form_without_javascript(
    door, live_server, page_without_javascript
):
    page = page_without_javascript
    page.goto(live_server.url + door.url())
    fill(page, door, long_text="Begun in English.")
    page.get_by_role("button", name="Continuer en français").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator(f'[name="{door.field("long_text")}"]').input_value() == "Begun in English."
    page.get_by_role("button", name="Envoyer ma contribution").click()
    page.locator(".reference").wait_for()
    assert Contribution.objects.get().language == "fr"


def test_return_in_a_line_of_text_sends_and_does_not_change_language(door, live_server, page):
    page.goto(live_server.url + door.url())
    page.locator('[name="name"]').press("Enter")
    page.locator(".error-summary").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"


# case 75
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_the_door_is_accessible(door, live_server, open_page, axe, language):
    page = open_page(locale=language)
    page.goto(live_server.url + door.url(language))
    axe(page)
    page.locator(".actions button.button-large").click()
    page.locator(".error-summary").wait_for()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    axe(page)
    fill(page, door, long_text="An answer.")
    page.locator(".actions button.button-large").click()
    page.locator(".reference").wait_for()
    axe(page)


def test_what_is_given_back_is_accessible_and_whole(door, live_server, page, axe):
    page.goto(live_server.url + door.url())
    fill(page, door, long_text="Written for too long.")
    door.page.unpublish()
    page.get_by_role("button", name="Send my contribution").click()
    page.locator("#plain-text").wait_for()
    assert "Written for too long." in page.locator("#plain-text").input_value()
    assert "Written for too long." in unescape(page.locator(".summary").inner_text())
    axe(page)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_scrolls_sideways(door, live_server, open_page, width):
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(live_server.url + door.url("fr"))
    page.locator(".actions button.button-large").click()
    page.locator(".error-summary").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
