"""An organiser redacts and publishes; everybody reads it, in both languages, with axe over it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from home.roles import ORGANISERS, grant_roles
from submissions.contributions.publishing import services
from tests.browser.staff import account, sign_in
from tests.submissions.libraries import WORDS, room

SELECT = """
text => {
  const node = [...text.childNodes].find(one => one.textContent.includes("Marie Dupont"));
  const start = node.textContent.indexOf("Marie Dupont");
  getSelection().setBaseAndExtent(node, start, node, start + 12);
  text.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
}
"""


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_from_redaction_to_the_library(
    live_server: Any,
    open_page: Callable[..., Tab],
    axe: Callable[[Tab], None],
    javascript: bool,
) -> None:
    row = room().contribution(WORDS)
    grant_roles()
    tab = open_page("en", javascript=javascript)
    sign_in(tab, live_server.url, account("olga", ORGANISERS))
    page = live_server.url + reverse("publishing:publication", args=[row.pk])
    tab.goto(page)
    if javascript:
        axe(tab)
    tab.locator(f"a[href$='/answers/{row.answers.get().pk}/']").click()
    if javascript:
        tab.locator("[data-words]").evaluate(SELECT)
        expect(tab.locator("#id_words")).to_have_value("Marie Dupont")
        axe(tab)
    else:
        tab.locator("#id_words").fill("Marie Dupont")
    tab.locator("[name=reason][value=personal_data]").check()
    tab.get_by_role("button", name="Take out").click()
    expect(tab.locator("[data-words] del")).to_contain_text("Marie Dupont")
    tab.goto(page)
    tab.locator("button[value=propose]").click()
    expect(tab.locator("button[value=publish]")).to_have_count(0)
    proposed = row.publications.get()
    services.agree(proposed, seen=proposed.sha256)
    tab.goto(page)
    tab.locator("button[value=publish]").click()
    expect(tab.locator("button[value=take_back]")).to_be_visible()
    for language in ("en", "fr"):
        reader = open_page(language, javascript=javascript)
        reader.goto(f"{live_server.url}/library/{row.reference}/")
        expect(reader.locator("html")).to_have_attribute("lang", language)
        expect(reader.locator("em.redacted")).to_have_count(1)
        expect(reader.locator("main")).not_to_contain_text("Marie")


@pytest.mark.parametrize("width", [1280, 360])
def test_files_and_their_reasons_stay_within_the_page(
    live_server: Any, open_page: Callable[..., Tab], width: int
) -> None:
    here = room()
    row = here.contribution(WORDS)
    here.file(row, "A report with a long name, of many words (final version).pdf")
    grant_roles()
    tab = open_page("en")
    sign_in(tab, live_server.url, account("olga", ORGANISERS))
    tab.set_viewport_size({"width": width, "height": 740})
    tab.goto(live_server.url + reverse("publishing:publication", args=[row.pk]))
    reasons = tab.locator(".redaction-files select").bounding_box()
    assert reasons is not None and reasons["x"] + reasons["width"] <= width
