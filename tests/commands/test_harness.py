"""What the suite's own browser and server promise."""

import re
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import playwright
import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from playwright.sync_api import Browser, Page

from tests.factories import bilingual_site
from tests.fixtures.browser import LEFT_OUT_BY_PLAYWRIGHT, OpenPage
from tests.recalled import may_set_triggers_aside, recalled
from tools.test import environment

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


def test_a_window_loads_nothing_but_its_page(chromium: Browser, page: Page) -> None:
    page.set_content(SOUND.format("We should listen."))
    there = chromium.new_browser_cdp_session().send("Target.getTargets", {"filter": [{}]})
    assert [one["url"] for one in there["targetInfos"] if "chrome:" in one["url"]] == []


def test_what_playwright_leaves_out_of_the_browser_is_left_out_as_before() -> None:
    driver = Path(playwright.__file__).parent / "driver" / "package" / "lib" / "coreBundle.js"
    said = re.search(r"disabledFeatures = \[(.*?)\]", driver.read_text(encoding="utf-8"), re.DOTALL)
    assert re.findall(r'^ *"(\w+)",?$', said[1], re.MULTILINE) == LEFT_OUT_BY_PLAYWRIGHT


class InHalves(BaseHTTPRequestHandler):
    """The first half of a page at once, the second a second later."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Ideas</title><a href='/next'>Next</a>")
        if self.path == "/next":
            self.wfile.flush()
            time.sleep(1)
            self.wfile.write(b"<p>Ideas</p>")

    def log_message(self, *_args: object) -> None:
        """Not among what the tests tell."""


@pytest.mark.parametrize("act", ["click", "press"])
def test_who_clicks_or_presses_goes_on_when_the_next_page_is_there(page: Page, act: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), InHalves) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        link = page.locator("a")
        link.click() if act == "click" else link.press("Enter")
        assert page.locator("p").all_inner_texts() == ["Ideas"]
        server.shutdown()


def test_what_drives_no_browser_may_not_fail_once(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("flaky") is None


@pytest.mark.usefixtures("page")
def test_what_drives_the_browser_may_fail_once(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("flaky").kwargs == {"reruns": 1}


@pytest.mark.django_db
def test_rows_are_recalled_in_whatever_order_those_of_before_lie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.recalled.snapshots", {})  # none that another run of this test left
    first, _second = Group.objects.create(name="first"), Group.objects.create(name="second")
    made = []

    def make() -> None:
        made.append(Group.objects.create(name="made"))

    for _time in range(2):
        with transaction.atomic():
            recalled("a group", make)
            assert Group.objects.filter(name="made").exists()
            transaction.set_rollback(True)
        first.save()  # it lies behind the second now
    assert len(made) == (1 if may_set_triggers_aside() else 2)


@pytest.mark.django_db
def test_rows_are_recalled_upon_each_ground_on_which_they_were_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.recalled.snapshots", {})
    made = []

    def make() -> dict[str, list[Group]]:
        made.append(Group.objects.create(name="made"))
        return {"groups": [made[-1]]}

    for ground in (1000, 2000, 1000, 2000):
        with transaction.atomic():
            Group.objects.create(pk=ground, name="ground")
            [found] = recalled("groups", make)["groups"]
            assert found == Group.objects.get(name="made")
            transaction.set_rollback(True)
    assert len(made) == (2 if may_set_triggers_aside() else 4)


def test_what_one_process_compiles_the_others_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("CHROMIUM", "/somewhere")
    assert "PYTHONDONTWRITEBYTECODE" not in environment()
    assert environment()["CHROMIUM"] == "/somewhere"


def test_the_server_of_several_processes_sees_what_the_test_wrote(http_server: str) -> None:
    bilingual_site()
    with urllib.request.urlopen(f"{http_server}/fr/") as answer:
        assert answer.status == 200
