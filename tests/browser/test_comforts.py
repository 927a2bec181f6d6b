"""What the site's own script adds to pages that work without it."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import expect

from core.graphemes import graphemes, words
from tests.core.every_kind import BAD, EveryKind, source

SCRIPT = Path(settings.SITE_DIR) / "static" / "js" / "site.js"
FAMILY = "👩‍👩‍👧‍👦"


def show(page: Any, body: str, language: str = "en", **data: str) -> None:
    """Open ``body`` as a page of the site, its script run once."""
    attributes = "".join(f' data-{name}="{value}"' for name, value in data.items())
    page.set_content(f'<html lang="{language}"><body{attributes}>{body}</body></html>')
    page.add_script_tag(path=SCRIPT)


def show_form(page: Any, language: str = "en") -> None:
    with translation.override(language):
        show(page, f'<form method="post">{source(EveryKind())}</form>', language)


@pytest.mark.parametrize(
    "text",
    ["We should", "é", "e\u0301", FAMILY, "🇫🇷🇬🇧", "  around  ", "Il faut\nque", "नमस्ते"],
)
def test_the_counter_counts_characters_as_the_server_does(page, text):
    show_form(page)
    page.fill("#id_idea", text)
    left = 140 - graphemes(text.strip())
    assert page.inner_text("#id_idea_counter [aria-hidden]") == f"You have {left} characters left"


def test_an_old_browser_counts_composed_letters_as_one(page):
    page.add_init_script("delete Intl.Segmenter")
    page.goto("about:blank")
    show_form(page)
    page.fill("#id_idea", "e\u0301")
    assert page.inner_text("#id_idea_counter [aria-hidden]") == "You have 139 characters left"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one",
        "l’eau du robinet",
        "rendez-vous, donc",
        "1,000,000 votes",
        "3,5 % … — !",
        "a 1.5b",
    ],
)
def test_the_counter_counts_words_as_the_server_does(page, text):
    show(
        page,
        f'<textarea id="a" data-count-limit="50" data-count-unit="words">{text}</textarea>'
        '<p class="counter" data-for="a" data-left-other="{n}" data-left-one="{n}"></p>',
    )
    assert page.inner_text(".counter [aria-hidden]") == str(50 - words(text))


def test_the_counter_says_how_much_is_too_much_and_stops_nobody(page):
    show_form(page, "fr")
    page.fill("#id_idea", "x" * 141)
    assert page.inner_text("#id_idea_counter [aria-hidden]") == "Vous avez 1 caractère de trop"
    page.type("#id_idea", "yz")
    assert page.input_value("#id_idea") == "x" * 141 + "yz"


def test_in_french_none_left_is_singular(page):
    show_form(page, "fr")
    page.fill("#id_idea", "x" * 140)
    assert page.inner_text("#id_idea_counter [aria-hidden]") == "Il vous reste 0 caractère"


def test_a_screen_reader_hears_the_counter_when_the_typing_pauses(page):
    show_form(page)
    page.fill("#id_idea", "x" * 130)
    heard = page.locator("#id_idea_counter + [role=status]")
    assert heard.text_content() == ""
    expect(heard).to_have_text("You have 10 characters left")


def test_the_summary_of_errors_takes_focus_and_its_lines_lead_to_the_fields(page):
    form = EveryKind(BAD)
    summary = render_to_string("components/error_summary.html", {"form": form})
    show(page, f"{summary}<form>{source(form)}</form>")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name="Who are you?").click()
    assert page.evaluate("document.activeElement.id") == "id_kind_0"


DEADLINE = '<p data-local><time datetime="2026-11-15T23:59:00+01:00">15 November</time></p>'


@pytest.mark.parametrize(
    ("zone", "note"),
    [
        ("Europe/Brussels", ""),
        ("Europe/London", " (your time: 22:59)"),
        ("Asia/Tokyo", " (your time: 16 November 2026, 07:59)"),
    ],
)
def test_a_deadline_also_says_the_readers_own_time_where_it_differs(open_page, zone, note):
    page = open_page(timezone_id=zone)
    data = {"time-zone": "Europe/Paris", "your-time": "your time: {time}"}
    show(page, DEADLINE, **data)
    assert page.text_content("p") == f"15 November{note}"


def test_in_french_the_readers_own_time_is_written_as_the_deadline_is(open_page):
    page = open_page("fr", timezone_id="Europe/London")
    data = {"time-zone": "Europe/Paris", "your-time": "à votre heure : {time}"}
    show(page, DEADLINE, "fr", **data)
    assert page.text_content("p").endswith("(à votre heure : 22\u00a0h\u00a059)")


SEND_TWICE = """() => {
    let sent = 0;
    addEventListener("submit", (event) => {
        sent += event.defaultPrevented ? 0 : 1;
        event.preventDefault();  // the test stays on its page
    });
    const form = document.querySelector("form");
    form.requestSubmit();
    form.requestSubmit();
    const first = sent;
    dispatchEvent(new Event("pageshow"));  // the reader came back to it
    form.requestSubmit();
    return [first, sent];
}"""


def test_a_form_is_sent_once_and_again_when_the_reader_comes_back_to_it(page):
    show(page, '<form method="post"><button>Send</button></form>')
    assert page.evaluate(SEND_TWICE) == [1, 2]


def test_what_the_site_did_not_answer_stays_and_can_be_sent_again(page):
    answers = iter([None, 503, 200])

    def answer(route: Any) -> None:
        status = next(answers)
        body = '<p id="card" tabindex="-1" data-focus>You agreed.</p>'
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, body=body, content_type="text/html")

    page.route("https://site.test/", lambda route: route.fulfill(body="<html></html>"))
    page.route("https://site.test/vote", answer)
    page.goto("https://site.test/")
    form = '<form method="post" hx-post="/vote" hx-target="#card" hx-swap="outerHTML">'
    show(
        page,
        f'<div id="card">{form}<button>Agree</button></form></div>',
        **{"not-sent": "Try again."},
    )
    page.add_script_tag(path=SCRIPT.parents[1] / "vendor" / "htmx" / "htmx.min.js")
    for _attempt in range(2):
        page.click("button")
        page.get_by_role("alert").get_by_text("Try again.").wait_for()
        assert page.get_by_role("alert").count() == 1
    page.click("button")
    page.get_by_text("You agreed.").wait_for()
    assert page.get_by_role("alert").count() == 0
    expect(page.locator("#card")).to_be_focused()


def test_a_link_is_copied_and_the_reader_is_told(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.route("https://site.test/", lambda route: route.fulfill(body="<html><body></body></html>"))
    page.goto("https://site.test/")  # the clipboard is open to secure pages only
    context = {"url": "https://site.test/en/", "text": "Work"}
    show(page, render_to_string("components/share.html", context))
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "https://site.test/en/"


def test_without_the_script_there_is_no_button_that_does_nothing(page_without_javascript):
    context = {"url": "https://site.test/en/", "text": "Work"}
    page_without_javascript.set_content(render_to_string("components/share.html", context))
    assert page_without_javascript.get_by_role("button").count() == 0
