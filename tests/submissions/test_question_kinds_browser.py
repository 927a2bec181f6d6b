"""Questions of every kind in a real browser: on a phone without scripts, on a desk with axe."""

from typing import Any

import pytest
from playwright.sync_api import expect

from submissions.models import DraftAnswer
from tests.submissions.asking import EVERY_KIND, Asking, asking
from tests.submissions.test_contributions_browser import ON, begin

PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture
def door(transactional_db: None) -> Asking:
    """All on one page; "Work" asks for a number."""
    door = asking([(kind, words) for kind, words in EVERY_KIND if kind != "section"])
    door.set("one_choice", other=True)
    door.set("long_text", publication="asked")
    door.question("number").follows.set([door.choice("one_choice", 2)])
    return door


@pytest.mark.parametrize(
    ("language", "javascript", "viewport"), [("en", True, DESK), ("fr", False, PHONE)]
)
def test_every_kind_is_answered(
    door: Any,
    live_server: Any,
    open_page: Any,
    axe: Any,
    language: str,
    javascript: bool,
    viewport: Any,
) -> None:
    page = open_page(locale=language, javascript=javascript, viewport=viewport)
    begin(page, live_server, door, language)
    page.locator(".tasks a").first.click()

    def control(kind: str, *parts: Any) -> Any:
        return page.locator(f"[name={door.name(kind, *parts)}]")

    def pick(kind: str, position: int, *parts: Any) -> None:
        value = str(door.choice(kind, position).pk)
        page.locator(f"[name={door.name(kind, *parts)}][value='{value}']").check()

    # What a choice asks for shows with it, scripts or not.
    expect(control("number")).to_be_hidden()
    page.locator(f"[name={door.name('one_choice')}][value=other]").check()
    expect(control("one_choice", "other")).to_be_visible()
    pick("one_choice", 2)
    expect(control("one_choice", "other")).to_be_hidden()
    expect(control("number")).to_be_visible()

    control("number").fill("many")
    control("date", "day").fill("31")
    control("date", "month").fill("2")
    control("date", "year").fill("2026")
    for position in (0, 1):
        control("ranking", door.choice("ranking", position).pk).select_option("1")
    pick("matrix", 3, door.choice("matrix", 0).pk)
    control("long_text").fill("**Why**")
    control("long_text", "publish").check()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    page.locator(ON).last.click()

    summary = page.locator(".error-summary a")
    expect(summary).to_have_count(3)
    if javascript:
        axe(page)
    summary.nth(0).click()
    second = door.name("ranking", door.choice("ranking", 0).pk)
    assert page.evaluate("document.activeElement.name") == second
    control("ranking", door.choice("ranking", 1).pk).select_option("2")
    control("number").fill("1 234,5")
    control("date", "day").fill("28")
    page.locator(ON).last.click()
    expect(page.locator(".error-summary")).to_have_count(0)

    kept = {row.question.kind: row.data for row in DraftAnswer.objects.select_related("question")}
    assert kept["number"][door.name("number")] == ["1 234,5"]
    assert kept["date"][door.name("date", "day")] == ["28"]
    assert sorted(kept["ranking"].values()) == [["1"], ["2"]]
    assert kept["long_text"][door.name("long_text", "publish")] == ["on"]
