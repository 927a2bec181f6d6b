"""What the suite's own browser and server promise."""

import urllib.request

import pytest
from playwright.sync_api import Page

from tests.factories import bilingual_site
from tests.fixtures.browser import OpenPage

SOUND = """<!doctype html><html lang="en"><title>Ideas</title>
<main><h1>Ideas</h1><p>{}</p></main></html>"""


def test_axe_accepts_a_sound_page(page: Page, axe) -> None:
    page.set_content(SOUND.format("We should listen."))
    axe(page)


def test_axe_names_the_fault_and_the_element(page: Page, axe) -> None:
    page.set_content(SOUND.format('<img src="data:,">'))
    with pytest.raises(AssertionError, match=r"image-alt \(critical\)") as failure:
        axe(page)
    assert "<img" in str(failure.value)


def test_a_page_without_javascript_runs_none(page_without_javascript: Page) -> None:
    page_without_javascript.set_content(
        SOUND.format('<b>before</b><script>document.querySelector("b").textContent = "x"</script>')
    )
    assert page_without_javascript.text_content("b") == "before"


def test_visitors_share_no_cookies_and_have_their_own_language(open_page: OpenPage) -> None:
    english, french = open_page(), open_page(locale="fr")
    english.context.add_cookies([{"name": "who", "value": "me", "url": "http://127.0.0.1/"}])
    assert french.context.cookies() == []
    assert french.evaluate("navigator.language") == "fr"


def test_the_server_of_several_processes_sees_what_the_test_wrote(http_server: str) -> None:
    bilingual_site()
    with urllib.request.urlopen(f"{http_server}/fr/") as answer:
        assert answer.status == 200
