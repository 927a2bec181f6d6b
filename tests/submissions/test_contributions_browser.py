"""Filling in a contribution in a real browser: both languages, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from submissions.models import Draft, DraftAnswer
from tests.submissions.answering import TOLD, Door, expert_door

ON, LIST, EXIT = (f"main button[name=then][value={way}]" for way in ("on", "list", "exit"))


@pytest.fixture
def door(transactional_db) -> Door:
    return expert_door()


def begin(page, live_server, door: Door, language: str) -> None:
    """From the theme to the list of tasks."""
    theme = door.page if language == "en" else door.page_fr
    page.goto(live_server.url + theme.url)
    page.locator("section[id^=questionnaire] .button").click()
    page.locator("main form .button-large").click()
    page.locator(".tasks").first.wait_for()


def words_of(door: Door, kind: str) -> list[str]:
    """What is kept of the answer to that kind of question."""
    row = DraftAnswer.objects.get(question=door.question(kind))
    return [value for values in row.data.values() for value in values]


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_a_contribution_is_filled_in_left_and_taken_up_again(
    door, live_server, open_page, language, javascript
):
    page = open_page(locale=language, javascript=javascript)
    begin(page, live_server, door, language)
    page.locator(".tasks a").first.click()
    page.fill(f"[name={door.field('long_text')}]", "Open the models.")
    page.check(f"[name={door.field('one_choice')}][value='{door.choice('one_choice', 1)}']")
    page.locator(ON).click()

    page.fill("[name=name]", TOLD["name"])
    page.fill("[name=email]", "nobody")
    page.locator(ON).click()
    page.locator(".error-summary a").first.click()
    page.fill("[name=email]", TOLD["email"])
    page.locator(EXIT).click()
    page.wait_for_url(re.compile("leave|quitter"))

    page.goto(live_server.url + door.url(language))
    page.locator(".task a").first.click()
    states = page.locator(".task-state").all_inner_texts()
    words = ["Done", "In progress"] if language == "en" else ["Terminé", "En cours"]
    assert [state.strip() for state in states[:2]] == words
    page.locator(".tasks a").first.click()
    assert page.input_value(f"[name={door.field('long_text')}]") == "Open the models."
    assert Draft.objects.get().language == language


# case 30
def test_a_page_saves_by_itself_and_keeps_nothing_in_the_browser(door, live_server, page):
    begin(page, live_server, door, "en")
    page.locator(".tasks a").first.click()
    page.wait_for_load_state("load")  # whoever types before htmx is there is saved later
    field = page.locator(f"[name={door.field('long_text')}]")
    field.fill("A first wo")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    assert page.locator("#saved").get_attribute("role") == "status"
    assert words_of(door, "long_text") == ["A first wo"]
    expect(field).to_be_focused()
    before = page.input_value("#screen")
    field.press_sequentially("rd")
    expect(page.locator("#screen")).not_to_have_value(before)
    assert words_of(door, "long_text") == ["A first word"]
    assert page.evaluate("localStorage.length") == 0
    assert "wo" not in page.evaluate("Object.values(sessionStorage).join()")  # htmx: the path
    page.locator(LIST).click()
    page.locator(".tasks").first.wait_for()
    row = DraftAnswer.objects.get(question=door.question("long_text"))
    assert row.aside == []


# case 29
def test_two_devices_that_change_one_answer_lose_no_text(door, live_server, page):
    begin(page, live_server, door, "en")
    page.locator(".tasks a").first.click()
    phone = page.context.new_page()
    phone.goto(page.url)
    name = f"[name={door.field('short_text')}]"
    phone.fill(name, "On the phone")
    phone.locator(LIST).click()
    phone.locator(".tasks").first.wait_for()
    page.fill(name, "At the desk")
    page.locator(ON).click()
    page.locator("#two-texts").wait_for()
    assert page.evaluate("document.activeElement.contains(document.getElementById('two-texts'))")
    expect(page.locator("blockquote")).to_have_text("On the phone")
    assert page.input_value(name) == "At the desk"
    page.fill(name, "At the desk, and on the phone")
    page.locator(ON).click()
    page.wait_for_url("**/about-you/")
    assert words_of(door, "short_text") == ["At the desk, and on the phone"]


# case 31
def test_changing_language_keeps_what_was_not_saved_yet(door, live_server, page_without_javascript):
    page = page_without_javascript
    begin(page, live_server, door, "en")
    page.locator(".tasks a").first.click()
    page.fill(f"[name={door.field('long_text')}]", "Begun in English.")
    page.get_by_role("button", name="Continuer en français").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.input_value(f"[name={door.field('long_text')}]") == "Begun in English."


def test_return_in_a_line_of_text_goes_on_and_does_not_leave(door, live_server, page):
    begin(page, live_server, door, "en")
    page.locator(".tasks a").first.click()
    page.locator(f"[name={door.field('short_text')}]").press("Enter")
    page.wait_for_url("**/about-you/")
