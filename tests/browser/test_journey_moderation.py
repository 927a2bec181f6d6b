"""A page is submitted by who writes it, and approved by who publishes in its language."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page
from wagtail.users.models import UserProfile

from home.approval.workflows import keep_workflows
from home.roles import EDITORS, grant_roles, publishers_of
from tests.browser.staff import account, sign_in
from tests.factories import StandardPageFactory, bilingual_site


@pytest.mark.more
def test_a_page_is_submitted_changed_and_approved(
    live_server: Any, open_page: Callable[..., Tab]
) -> None:
    site = bilingual_site()
    grant_roles()
    keep_workflows()
    page = StandardPageFactory(parent=site.home_fr, title="L’air", introduction="L’air en ville.")
    page.save_revision()
    edit = f"{live_server.url}/admin/pages/{page.pk}/edit/"
    writer, publisher = account("writer", EDITORS), account("fr", publishers_of("French"))
    UserProfile.objects.create(user=publisher, preferred_language="fr")

    desk = open_page()
    sign_in(desk, live_server.url, writer)
    desk.goto(edit)
    desk.get_by_role("button", name="More actions").last.click()
    desk.get_by_role("button", name="Submit for moderation").click()
    expect(desk.locator(".messages li").first).to_be_visible()

    review = open_page()
    sign_in(review, live_server.url, publisher)
    expect(review.get_by_text("page à approuver")).to_be_visible()
    review.goto(edit)
    review.get_by_role("button", name=re.compile("Plus d.actions")).last.click()
    review.get_by_role("button", name="Demander des modifications").click()
    review.get_by_role("dialog").locator("textarea").fill("Précisez la ville.")
    review.get_by_role("dialog").locator("[type=submit]").click()
    expect(review.locator(".messages li").first).to_be_visible()

    desk.goto(f"{live_server.url}/admin/")
    expect(desk.get_by_text("page of mine in which changes are asked for")).to_be_visible()
    desk.goto(edit)
    desk.get_by_role("button", name="More actions").last.click()
    expect(desk.locator(".messages .warning").first).to_contain_text("Précisez la ville.")
    desk.get_by_role("button", name="Submit again for moderation").click()
    expect(desk.locator(".messages .success").first).to_be_visible()

    review.goto(edit)
    review.get_by_role("button", name=re.compile("Plus d.actions")).last.click()
    review.get_by_role("button", name="Approuver et publier", exact=True).click()
    expect(review.locator(".messages li").first).to_be_visible()
    assert Page.objects.get(pk=page.pk).live
