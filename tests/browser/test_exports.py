"""Somebody exports contributions: asks for a file, watches the bar, has it; with axe over it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from home.roles import ORGANISERS, grant_roles
from submissions.contributions.exports.making import make_file
from submissions.models import Consultation, Export, ExportState
from tests.browser.languages import ONE_NOW
from tests.browser.place import make_place
from tests.browser.staff import account, sign_in
from tests.submissions.exporting import asked, said, sent, some_questionnaire


@pytest.mark.parametrize("language", ONE_NOW)
def test_a_file_is_asked_for_made_and_taken(
    live_server: Any,
    open_page: Callable[..., Tab],
    axe: Callable[[Tab], None],
    language: str,
) -> None:
    make_place()
    consultation = Consultation.objects.get()
    question = asked(some_questionnaire(consultation), "long_text")
    sent(consultation, said(question, "=1+1"))
    grant_roles()
    user = account("olga", ORGANISERS)
    UserProfile.objects.create(user=user, preferred_language=language)
    tab = open_page("en")
    sign_in(tab, live_server.url, user)
    tab.goto(f"{live_server.url}/admin/contribution-exports/?country=FR")
    expect(tab.locator("#what-section")).to_contain_text("France")
    axe(tab)
    tab.locator("#format-csv").check()
    tab.get_by_role("button", name=re.compile("Make the file|Préparer le fichier")).press("Enter")
    bar = tab.locator("#export-progress")
    expect(bar).to_be_visible()
    axe(tab)
    export = Export.objects.get()
    Export.objects.update(state=ExportState.RUNNING, total=8, done=3)
    expect(bar).to_contain_text(re.compile("3 of 8|3 contributions"))
    Export.objects.update(state=ExportState.WAITING)
    make_file.call(str(export.pk))
    link = tab.locator("a[download]")
    expect(link).to_be_visible()  # the page has come again by itself
    expect(tab).to_have_title(re.compile("^(Ready|Prêt)"))
    axe(tab)
    with tab.expect_download() as taken:
        link.press("Enter")
    assert re.fullmatch(r"contributions-\d{4}-\d\d-\d\d\.csv", taken.value.suggested_filename)
    assert "'=1+1" in taken.value.path().read_text("utf-8")
