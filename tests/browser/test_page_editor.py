"""The editor of each type of page: axe, a phone, the keyboard, and a page with errors."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page
from wagtail.users.models import UserProfile

from home.roles import EDITORS, grant_roles, publishers_of
from tests.browser.staff import account
from tests.browser.test_journey_moderator import sign_in
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    bilingual_site,
    debate_block,
    published,
)
from themes.models import ThemePage

SIZES = [
    pytest.param((1280, 900), id="desk", marks=pytest.mark.more),
    pytest.param((360, 740), id="phone"),
]
# What Wagtail's frame breaks of axe's good practice, and we can't mend: its bar on top is a second
# banner in which things stand that no landmark holds; its minimap scrolls without the keyboard.
FRAME = ("#wagtail-sidebar", "header", ".w-slim-header", ".messages", ".w-minimap")
# Draft.js: while its text is empty, axe takes the box around it for one that scrolls.
EMPTY_TEXT = ".DraftEditor-root"
CHOICES = [
    ("one_choice", {"label": "Which?", "choices": ["This", "That"]}),
    ("matrix", {"label": "How?", "choices": ["One"], "columns": ["Little", "Much"]}),
]
BODY = [
    ("text", "<h2>Why</h2><p>Because.</p>"),
    ("questions_answers", {"title": "", "pairs": [{"question": "Who?", "answer": "<p>All.</p>"}]}),
    ("key_figures", {"figures": [{"figure": "12", "label": "ideas"}]}),
    debate_block(),
    ("questionnaire", {"questions": CHOICES}),
]


@pytest.fixture
def site(transactional_db: None) -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


def seated(open_page: Any, base: str, size: tuple[int, int], language: str = "fr") -> Tab:
    """A tab in which an editor who publishes has signed in."""
    user = account("ed", EDITORS, publishers_of("English"), publishers_of("French"))
    UserProfile.objects.create(user=user, preferred_language=language)
    tab: Tab = open_page(language, viewport={"width": size[0], "height": size[1]})
    sign_in(tab, base, user)
    return tab


@pytest.mark.parametrize("size", SIZES)
def test_the_editor_of_each_type_of_page(
    live_server: Any,
    open_page: Any,
    axe: Callable[..., None],
    site: BilingualSite,
    size: tuple[int, int],
) -> None:
    theme = published(ThemePageFactory(parent=site.themes, body=BODY))
    text = published(StandardPageFactory(parent=site.home, body=BODY[:3]))
    tab = seated(open_page, live_server.url, size)
    pages: list[Page] = [site.home, site.themes, theme, text]
    paths = [f"{page.pk}/edit/" for page in pages]
    for path in [*paths, f"add/themes/themepage/{site.themes.pk}/", f"{site.themes.pk}/"]:
        answer = tab.goto(f"{live_server.url}/admin/pages/{path}")
        assert answer and answer.status == 200
        tab.wait_for_load_state()
        if path.endswith("edit/"):
            expect(tab.get_by_role("heading", name="Ce qui pourrait être mieux")).to_be_attached()
        axe(tab, leave_out=FRAME if path.endswith("edit/") else (*FRAME, EMPTY_TEXT))
        wide = tab.evaluate(
            """Math.max(document.documentElement.scrollWidth,
                ...[...document.querySelectorAll("main table")].map(
                    (table) => table.getBoundingClientRect().right))"""
        )
        assert wide <= size[0], f"{path} is {wide} pixels wide"


@pytest.mark.parametrize(
    ("language", "title", "required"),
    [
        ("en", "What has to be mended before this page can be saved or published", "required"),
        pytest.param(
            "fr",
            "À corriger avant que cette page puisse être enregistrée ou publiée",
            "requis",
            marks=pytest.mark.more,
        ),
    ],
)
def test_errors_stand_on_top_and_the_first_has_the_focus(
    live_server: Any,
    open_page: Any,
    axe: Callable[..., None],
    site: BilingualSite,
    language: str,
    title: str,
    required: str,
) -> None:
    tab = seated(open_page, live_server.url, (1280, 900), language)
    tab.goto(f"{live_server.url}/admin/pages/add/themes/themepage/{site.themes.pk}/")
    question = tab.locator("[name='body-2-value-questions-0-value-label']")
    tab.locator("#id_title").fill("Clean air")
    tab.locator("[name='body-1-value-invitation']").fill("What should be done first?")
    question.fill("")
    publish_by_keyboard(tab)

    summary = tab.locator(".page-errors")
    expect(summary.get_by_role("heading", name=title)).to_be_visible()
    links = summary.get_by_role("link")
    expect(links).to_have_count(2)
    expect(links.first).to_contain_text(required)
    expect(tab.locator("#id_summary")).to_be_focused()
    expect(tab.locator("#id_title")).to_have_value("Clean air")
    expect(tab.locator("[name='body-1-value-invitation']")).to_have_value(
        "What should be done first?"
    )
    axe(tab, leave_out=FRAME)

    links.nth(1).focus()
    tab.keyboard.press("Enter")
    expect(question).to_be_focused()
    question.fill("What do you propose?")
    tab.locator("#id_summary").fill("What we breathe.")
    publish_by_keyboard(tab)
    expect(tab.locator(".messages .success")).to_be_visible()
    assert ThemePage.objects.get(title="Clean air").live


def publish_by_keyboard(tab: Tab) -> None:
    """The action at the foot of the editor, without a mouse."""
    tab.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").last.focus()
    tab.keyboard.press("Enter")
    button = tab.get_by_role("button", name=re.compile("^Publi")).last
    expect(button).to_be_visible()
    button.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_load_state()
