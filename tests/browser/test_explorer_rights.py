"""What the explorer offers to each role: nothing that is refused once it is pressed."""

from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from home.roles import EDITORS, grant_roles, publishers_of, translators_of
from tests.browser.staff import account, sign_in
from tests.factories import bilingual_site, bilingual_theme

PUBLISHERS, TRANSLATORS = publishers_of("French"), translators_of("French")


@pytest.mark.parametrize(
    ("groups", "offered"),
    [
        ((EDITORS,), ["Move", "Delete"]),
        ((PUBLISHERS,), ["Publish", "Unpublish"]),
        ((EDITORS, PUBLISHERS), ["Move", "Delete", "Publish", "Unpublish"]),
    ],
)
def test_of_ticked_pages_is_offered_what_one_may_do(
    live_server: Any, open_page: Any, transactional_db: None, groups: tuple[str], offered: list[str]
) -> None:
    where = bilingual_site()
    grant_roles()
    bilingual_theme(where)
    tab: Tab = open_page()
    sign_in(tab, live_server.url, account("ed", *groups))
    tab.goto(f"{live_server.url}/admin/pages/{where.themes_fr.pk}/")
    tab.locator("[data-bulk-action-checkbox]").check()
    buttons = tab.locator("[data-bulk-action-button]:visible")
    expect(buttons).to_have_text(offered)


def test_who_may_do_nothing_to_ticked_pages_ticks_none(
    live_server: Any, open_page: Any, transactional_db: None
) -> None:
    where = bilingual_site()
    grant_roles()
    bilingual_theme(where)
    tab: Tab = open_page()
    sign_in(tab, live_server.url, account("ed", TRANSLATORS))
    tab.goto(f"{live_server.url}/admin/pages/{where.themes_fr.pk}/")
    expect(tab.locator(".title-wrapper").first).to_be_visible()
    expect(tab.locator("main [type=checkbox]:visible")).to_have_count(0)
