"""On paper: the words and where they come from; nothing to press, all of it black on white."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from submissions.models import Questionnaire
from tests.factories import bilingual_site
from themes.models import ThemePage

STYLE = "(one, name) => getComputedStyle(one)[name]"
BLACK, WHITE, CLEAR = "rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"


@pytest.fixture
def printed(live_server: Any, open_page: Callable[..., Tab]) -> Callable[[str], Tab]:
    """Open a page as a printer draws it, from a dark screen."""

    def print_one(address: str) -> Tab:
        tab = open_page(color_scheme="dark")
        tab.goto(live_server.url + address)
        tab.emulate_media(media="print", color_scheme="dark")
        return tab

    return print_one


def style(tab: Tab, selector: str, name: str) -> str:
    found: str = tab.locator(selector).first.evaluate(STYLE, name)
    return found


def seen(tab: Tab, selector: str) -> list[str]:
    """What of ``selector`` would be on the paper."""
    return [one.inner_text()[:60] for one in tab.locator(selector).all() if one.is_visible()]


def theme(language: str) -> ThemePage:
    return ThemePage.objects.filter(locale__language_code=language, live=True).first()


def grey(colour: str) -> float:
    """How light ``rgb(…)`` is on a printer without colours, from 0 to 255."""
    red, green, blue = (int(part) for part in colour[4:-1].split(","))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def check_bars(tab: Tab) -> None:
    """The three choices are told apart in grey."""
    choices = ("agree", "disagree", "neutral")
    fills = [style(tab, f".tally-bar .tally-{choice}", "fill") for choice in choices]
    dark, middle, light = sorted(grey(fill) for fill in fills)
    assert middle - dark > 60
    assert light - middle > 60
    assert style(tab, ".tally-bar", "printColorAdjust") == "exact"


def check_foot(tab: Tab, address: str, as_it_stood: str) -> None:
    """It says where the page was read and when, on paper only."""
    foot = tab.locator(".print-foot")
    expect(foot).to_be_visible()
    expect(foot).to_contain_text(address)
    expect(foot).to_contain_text(as_it_stood)
    assert foot.locator("time").get_attribute("datetime")
    tab.emulate_media(media="screen")
    expect(foot).to_be_hidden()


def test_a_theme_prints_its_words_and_where_they_are_from_and_nothing_to_press(
    demonstration: None, printed: Callable[[str], Tab]
) -> None:
    for language, as_it_stood in (("en", "as it stood on"), ("fr", "dans son état du")):
        page = theme(language)
        tab = printed(page.url)
        assert seen(tab, "nav, button, form, input, textarea, a.button, [role=search]") == []
        assert style(tab, "body", "backgroundColor") in (WHITE, CLEAR)
        assert style(tab, "body", "color") == BLACK
        assert style(tab, "main a", "color") == BLACK
        for answer in tab.locator("main details > :not(summary)").all():
            drawn = answer.evaluate("one => one.checkVisibility({contentVisibilityAuto: true})")
            assert drawn, answer.inner_text()
        check_bars(tab)
        check_foot(tab, page.url, as_it_stood)


def test_a_questionnaire_prints_every_question_with_room_to_write(
    demonstration: None, printed: Callable[[str], Tab]
) -> None:
    for language in ("en", "fr"):
        key = theme(language).translation_key
        questionnaire = Questionnaire.objects.filter(translation_key=key).get()
        with translation.override(language):
            tab = printed(reverse("submissions:questionnaire_print", args=[questionnaire.pk]))
        labels = tab.locator(".sheet-question h3")
        assert labels.count() == len(seen(tab, ".sheet-question h3")) > 6
        for room in tab.locator(".sheet-line").all():
            box = room.bounding_box()
            assert box is not None
            assert box["height"] > 25
            assert room.evaluate(STYLE, "borderBottomStyle") == "solid"
        boxes = tab.locator(".sheet-box")
        assert boxes.count() > 10
        assert boxes.first.evaluate(STYLE, "borderTopStyle") == "solid"
        assert seen(tab, "button, form, .counter") == []


def test_headings_stay_with_what_they_head_and_tables_keep_their_columns_names(
    printed: Callable[[str], Tab],
) -> None:
    bilingual_site()
    tab = printed("/en/styleguide/")
    for name in ("h1", "h2", "h3", "legend", "caption", "summary"):
        assert style(tab, name, "breakAfter") == "avoid", name
    assert style(tab, "thead", "display") == "table-header-group"
    assert style(tab, "tr", "breakInside") == "avoid"
    assert style(tab, ".table-scroll", "overflowX") == "visible"


def test_addresses_of_other_sites_are_written_out(printed: Callable[[str], Tab]) -> None:
    bilingual_site()
    tab = printed("/en/styleguide/")
    written = tab.locator('.callout a[href="https://example.org/"]').evaluate(
        'one => getComputedStyle(one, "::after").content'
    )
    assert "https://example.org/" in written
