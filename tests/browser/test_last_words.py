"""What was typed last in a contribution, by whoever leaves before the page has saved itself."""

import time
from typing import Any

import pytest
from playwright.sync_api import Dialog, Route, expect
from playwright.sync_api import Page as Tab

from submissions.contributions.drafts.parts import ABOUT
from submissions.models import DraftAnswer, DraftPart
from tests.browser.test_files import enter
from tests.submissions.conftest import address
from tests.submissions.filed import Writer
from tests.submissions.sendable import Sendable, blank

WORDS = "Typed, and gone at once."
# What the page sends by itself after a pause goes nowhere.
NO_PAUSE = """() => addEventListener("htmx:beforeRequest", (event) => {
  event.preventDefault();
  event.stopPropagation();
}, true)"""
HIDE = """() => {
  Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def opened(base: str, open_page: Any) -> tuple[Sendable, Tab, str]:
    """A section with one question, and the name of its field."""
    dossier = blank()
    tab: Tab = open_page()
    enter(tab, base, Writer(dossier.author, dossier.browser()))
    where = address("draft_section", str(dossier.draft.pk), dossier.questionnaires[0].pk, 0)
    tab.goto(base + where)
    return dossier, tab, f"question_{dossier.question().pk}"


def kept() -> list[str]:
    """The words that stand, as soon as there are some."""
    for _try in range(100):
        if row := DraftAnswer.objects.first():
            return [words for said in row.data.values() for words in said]
        time.sleep(0.1)
    return []


@pytest.mark.parametrize("how", ["by a link", "with the tab", "for another app"])
def test_the_last_words_are_saved_as_the_page_goes(live_server: Any, open_page: Any, how: str):
    _dossier, tab, field = opened(live_server.url, open_page)
    tab.evaluate(NO_PAUSE)
    tab.locator(f"[name={field}]").press_sequentially(WORDS)
    match how:
        case "by a link":
            tab.get_by_role("link", name="Back to the list of tasks").click()
        case "with the tab":
            tab.close(run_before_unload=True)
        case "for another app":
            tab.evaluate(HIDE)
    assert kept() == [WORDS]


def test_who_comes_back_goes_on_as_the_same(live_server: Any, open_page: Any):
    dossier, tab, _field = opened(live_server.url, open_page)
    tab.goto(live_server.url + address("draft_about", str(dossier.draft.pk)))
    name = tab.locator("[name=name]")
    name.press_sequentially("Cam")
    with tab.expect_response(lambda answer: answer.request.method == "POST"):
        tab.evaluate(HIDE)
    expect(tab.locator("#revision")).not_to_have_value("0")
    tab.evaluate("delete document.hidden")
    name.press_sequentially("ille")
    expect(tab.locator("#saved")).to_contain_text("Saved at")
    assert DraftPart.objects.get(key=ABOUT).data["name"] == ["Camille"]


def test_what_is_typed_while_the_page_saves_itself_is_sent_next(live_server: Any, open_page: Any):
    _dossier, tab, field = opened(live_server.url, open_page)
    sent: list[str] = []
    at_once: list[int] = []

    def leave_meanwhile(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.headers.get("hx-target", ""))
        if len(sent) == 1:
            tab.locator(f"[name={field}]").press_sequentially(" Gone.")
            tab.evaluate(HIDE)
            tab.wait_for_timeout(300)
            at_once.append(len(sent))
        route.continue_()

    tab.route("**/drafts/**", leave_meanwhile)
    tab.locator(f"[name={field}]").press_sequentially("Typed.")
    expect(tab.locator("#saved")).to_contain_text("Saved at")
    for _try in range(100):
        if kept() == ["Typed. Gone."]:
            break
        tab.wait_for_timeout(100)
    assert kept() == ["Typed. Gone."]
    assert at_once == [1]  # the older words can't come after the newer
    assert len(sent) == 2


def test_more_than_can_be_sent_then_is_asked_about(live_server: Any, open_page: Any):
    _dossier, tab, field = opened(live_server.url, open_page)
    tab.evaluate(NO_PAUSE)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stay)
    tab.locator(f"[name={field}]").click()
    tab.keyboard.insert_text("Words " * 15_000)
    tab.get_by_role("link", name="Back to the list of tasks").click(no_wait_after=True)
    tab.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert tab.locator(f"[name={field}]").input_value().startswith("Words")


def test_who_typed_nothing_since_is_not_heard_of_again(live_server: Any, open_page: Any):
    _dossier, tab, field = opened(live_server.url, open_page)
    sent: list[str] = []
    tab.on("request", lambda request: sent.append(request.method))
    with tab.expect_response(lambda answer: answer.request.method == "POST"):
        tab.locator(f"[name={field}]").press_sequentially(WORDS)
    tab.locator("#saved", has_text="Saved at").wait_for()
    tab.get_by_role("link", name="Back to the list of tasks").click()
    tab.wait_for_url("**/drafts/*/")
    assert sent.count("POST") == 1
