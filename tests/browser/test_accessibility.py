"""axe on every screen, in both languages, by day, by night and on 320 pixels; none is left out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from django.conf import settings
from django.test.signals import template_rendered
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.utils import translation
from playwright.sync_api import Page as Tab
from playwright.sync_api import ViewportSize

from tests.browser.place import make_place
from tests.browser.screens import SCREENS
from tests.browser.visits import Visit
from tests.fixtures.accessibility import faults

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
Look = tuple[Literal["light", "dark"], ViewportSize]
LOOKS: list[Look] = [("light", WIDE), ("dark", WIDE), ("light", NARROW)]
# `make test` looks at every screen once, on a phone; `make test-more` in every look and language.
LANGUAGES_AND_LOOKS = [
    pytest.param("en", LOOKS[-1:], id="en"),
    pytest.param("en", LOOKS[:-1], id="en-wide", marks=pytest.mark.more),
    pytest.param("fr", LOOKS, id="fr", marks=pytest.mark.more),
]
APPS = ("home", "themes", "submissions", "search")

# Addresses of ours that show no page: who goes there is led on, or gets no HTML.
NO_PAGE = {
    "robots",
    "sitemap",
    "share_pictures:page",
    "staff_language",
    "submissions:calendar",
    "submissions:cast",
    "submissions:own_data",
    "submissions:draft_send",
    "submissions:contribution_data",
    "submissions:contribution_change",
    "submissions:own_file",
    "submissions:published_file",
    "submissions:publication_cite",
    "submissions:publication_data",
    "submissions:publication_preview",  # staff's own: the author's shows the same
    "submissions:publication_text",
    "permalink",
    "submissions:idea_picture",
    "submissions:languages",
    "submissions:qualify",
    "submissions:register_decisions",
    "submissions:start",
    "submissions:undo",
}
# Templates that no visitor meets.
FOR_STAFF = (
    "core/checks/",
    "core/translating/",
    "core/wordings/",
    "home/dashboard/",
    "home/explorer/",
    "home/guide/",
    "home/opening/",
    "home/workplace/",
    "submissions/admin/",
    "submissions/campaigns/",
    "submissions/contributions/admin/",
    "submissions/contributions/exports/",
    "submissions/contributions/staff/",
    "submissions/mail/",  # no page: each is read in a mail program
    "submissions/moderation/",
    "submissions/publishing/",
    "submissions/suspects/",
    "submissions/translations/",
    "staff/",
    "themes/admin/",
    "wagtailadmin/",
    "wagtailcore/",
)
# Parts of the form templates that no form of the site needs yet (tests/core/test_form_pack.py).
UNUSED = {
    *("polyphony/errors_formset.html", "polyphony/uni_formset.html"),
    *("polyphony/whole_uni_formset.html", "polyphony/layout/baseinput.html"),
    *("polyphony/layout/buttonholder.html", "polyphony/layout/div.html"),
    "polyphony/layout/fieldset.html",
    "submissions/blocks/question_preview.html",  # in the admin alone
}


def addresses(urls: URLResolver, namespace: str = "") -> Iterator[str]:
    """The names of the site's own addresses, without those of Wagtail and the admin."""
    for pattern in urls.url_patterns:
        if isinstance(pattern, URLResolver):
            staff = str(pattern.pattern) == "admin/"
            if not staff and not getattr(pattern.urlconf_name, "__name__", "").startswith(
                "wagtail"
            ):
                inner = f"{pattern.namespace}:" if pattern.namespace else namespace
                yield from addresses(pattern, inner)
        elif pattern.name:
            yield namespace + pattern.name


def view_at(path: str) -> str:
    """The name of the view that answers there in the active language; none where nothing does."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def templates() -> set[str]:
    """The names of the site's own templates that visitors meet."""
    rooms = [Path(settings.SITE_DIR), *(Path(settings.BASE_DIR) / app for app in APPS)]
    found = {
        str(path.relative_to(room / "templates"))
        for room in rooms
        for path in (room / "templates").rglob("*.html")
    }
    return {name for name in found if not name.startswith(FOR_STAFF)}


def looked_at(tab: Tab, name: str, looks: list[Look]) -> Iterator[str]:
    """Each fault of the screen in ``tab``: by day, by night, on a narrow phone."""
    for scheme, viewport in looks:
        tab.emulate_media(color_scheme=scheme)
        if tab.viewport_size != viewport:
            tab.set_viewport_size(viewport)
        found = faults(tab, only_colours=scheme == "dark")
        if found:
            yield f"--- {name}, {scheme}, {viewport['width']} pixels\n{found}"
    width = tab.evaluate("document.documentElement.scrollWidth")
    if width > tab.evaluate("innerWidth"):
        yield f"--- {name} is {width} pixels wide"
    tab.set_viewport_size(WIDE)


@pytest.fixture
def rendered() -> Iterator[set[str]]:
    """The names of the templates that the site renders during the test."""
    names: set[str] = set()

    def note(template: Any, **_told: Any) -> None:
        names.add(str(template.name))

    template_rendered.connect(note, weak=False)
    yield names
    template_rendered.disconnect(note)


@pytest.mark.parametrize(("language", "looks"), LANGUAGES_AND_LOOKS)
@pytest.mark.urls("tests.browser.urls_in_trouble")
@pytest.mark.timeout(900)  # a minute, on a machine that does nothing else
def test_axe_finds_nothing_on_any_screen_and_no_screen_is_forgotten(
    live_server: Any,
    open_page: Callable[..., Tab],
    rendered: set[str],
    language: str,
    looks: list[Look],
) -> None:
    tab = open_page(language, viewport=WIDE, reduced_motion="reduce")
    asked: set[str] = set()
    tab.on("request", lambda request: asked.add(request.url.removeprefix(live_server.url)))
    visit = Visit(tab, live_server.url, language, make_place())
    found: list[str] = []
    for name, way in SCREENS.items():
        tab.context.clear_cookies()
        way(visit)
        found += looked_at(tab, name, looks)
    assert not found, "\n".join(["", *found])

    with translation.override(language):
        seen = {name for url in asked if (name := view_at(url.partition("?")[0]))}
    known = set(addresses(get_resolver()))
    assert sorted(known - seen - NO_PAGE) == [], "add a screen to tests/browser/screens.py"
    assert sorted(templates() - rendered - UNUSED) == [], "add a screen to tests/browser/screens.py"


def test_the_door_of_the_admin_is_accessible(
    live_server: Any, open_page: Callable[..., Tab], axe: Callable[[Tab], None]
) -> None:
    tab = open_page("fr")
    tab.goto(f"{live_server.url}/admin/login/")
    axe(tab)
