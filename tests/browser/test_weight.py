"""What a first visit costs on the wire, served as in production, and what stays of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page as Tab

from tests.browser.place import Place, make_place

KIB = 1024
PAGE = 60 * KIB
OUR_SCRIPT = 3 * KIB
OUR_STYLES = 15 * KIB
# The address on screen, in this tab only and never sent: for the browser's way back.
KEPT_BY_HTMX = {"htmx-current-path-for-history"}
PICTURES = {"Image", "Other"}  # "Other" is how a browser asks for the site's icon


@dataclass
class Visit:
    """What came over the wire, by address: its kind and its bytes, with and without headers."""

    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)  # as their headers say

    @property
    def weight(self) -> int:
        """Bytes of everything but pictures."""
        return sum(size for url, size in self.sizes.items() if self.kinds[url] not in PICTURES)

    def files(self, under: str) -> int:
        """Bytes of the files below a path, without headers."""
        return sum(size for url, size in self.bodies.items() if under in url)


def first_visit(tab: Tab, url: str) -> Visit:
    """Open ``url`` in a browser that has kept nothing, and wait until nothing moves."""
    visit = Visit()
    urls: dict[str, str] = {}
    wire = tab.context.new_cdp_session(tab)
    wire.send("Network.enable")

    def answered(event: dict[str, Any]) -> None:
        address = event["response"]["url"]
        urls[event["requestId"]] = address
        visit.kinds[address] = event["type"]
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        visit.bodies[address] = int(headers.get("content-length", 0))

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] in urls:
            visit.sizes[urls[event["requestId"]]] = int(event["encodedDataLength"])

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", finished)
    answer = tab.goto(url, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    assert url in visit.sizes
    return visit


@pytest.fixture
def place(production_site: str) -> Place:
    return make_place()


def pages(place: Place, language: str) -> dict[str, str]:
    """The pages that most people come to first."""
    with translation.override(language):
        return {
            "home": f"/{language}/",
            "theme": place.pages["theme"][language],
            "idea": reverse("submissions:idea", args=[place.translated.pk]),
            "vote": reverse("submissions:vote", args=[place.debate.pk]),
            "questionnaire": reverse("submissions:questionnaire", args=[place.questionnaire.pk]),
        }


def test_a_first_visit_is_light_and_stays_between_the_reader_and_the_site(
    production_site: str, place: Place, open_page: Callable[..., Tab]
) -> None:
    for language in ("en", "fr"):
        for name, path in pages(place, language).items():
            tab = open_page(language)
            visit = first_visit(tab, production_site + path)
            heaviest = sorted(visit.sizes.items(), key=lambda pair: -pair[1])[:6]
            assert visit.weight <= PAGE, f"{name} ({language}): {visit.weight}, {heaviest}"
            styles = visit.files("/static/css/")
            assert 0 < styles <= OUR_STYLES, f"{name} ({language}): styles of {styles}"
            script = visit.files("/static/js/")
            assert 0 < script <= OUR_SCRIPT, f"{name} ({language}): a script of {script}"
            hosts = {urlsplit(url).netloc for url in visit.kinds if not url.startswith("data:")}
            assert hosts == {urlsplit(production_site).netloc}
            assert tab.context.cookies() == []
            assert tab.evaluate("localStorage.length") == 0
            assert set(tab.evaluate("Object.keys(sessionStorage)")) <= KEPT_BY_HTMX
            tab.context.close()


def test_a_card_to_vote_on_is_light_too(
    production_site: str, place: Place, open_page: Callable[..., Tab]
) -> None:
    door = open_page()
    path = production_site + pages(place, "en")["vote"]
    door.goto(path)
    door.locator("main form[method=post] button").first.click()
    door.locator("[name=reads]").first.check()
    door.locator("main form[method=post] button").first.click()
    door.locator("button[name=choice]").first.wait_for()
    kept = door.context.storage_state()
    assert [cookie["name"] for cookie in kept["cookies"]][:1] == ["__Host-participant"]
    visit = first_visit(open_page(storage_state=kept), path)
    assert visit.weight <= PAGE, visit.sizes


def test_what_never_changes_is_kept_for_a_year(
    production_site: str, place: Place, open_page: Callable[..., Tab]
) -> None:
    tab = open_page()
    files = []
    tab.on("response", lambda answer: files.append(answer) if "/static/" in answer.url else None)
    tab.goto(production_site + "/en/", wait_until="networkidle")
    assert files
    for answer in files:
        assert "immutable" in answer.headers["cache-control"], answer.url
        packed = answer.headers.get("content-encoding")
        assert packed == "br" or answer.url.endswith((".woff2", ".png")), answer.url
