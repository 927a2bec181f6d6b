"""What is written in the page editor, when its session ends or the site does not answer."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

from home.approval.workflows import keep_workflows
from home.roles import EDITORS, grant_roles, publishers_of
from tests.browser.staff import account, publish, sign_in
from tests.factories import BilingualSite, StandardPageFactory, bilingual_site
from themes.models import ThemePage

WORDS = "Words that took an hour."


@pytest.fixture
def site(transactional_db: None) -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


def begun(tab: Tab, base: str, site: BilingualSite) -> None:
    """A new theme whose fields are filled in, saved once; what is changed next saves itself."""
    # Wagtail looks for changes once it has seen what the form held at first.
    seen = "document.documentElement.dataset.seen = true"
    tab.add_init_script(f"addEventListener('w-unsaved:watch-edits', () => {{ {seen} }})")
    tab.goto(f"{base}/admin/pages/add/themes/themepage/{site.themes.pk}/")
    tab.locator("#id_title").fill("Clean air")
    tab.locator("#id_summary").fill("Short.")
    tab.get_by_role("button", name="Save draft").click()
    expect(tab.locator(".messages .success")).to_be_visible()
    expect(tab.locator("html[data-seen]")).to_be_attached()


def test_whoever_is_signed_out_while_writing_signs_in_again_and_saves(
    live_server: Any, open_page: Any, axe: Any, site: BilingualSite
) -> None:
    user = account("ed", EDITORS)
    tab: Tab = open_page()
    sign_in(tab, live_server.url, user)
    begun(tab, live_server.url, site)
    told = tab.locator(".keep-words")
    summary = tab.locator("#id_summary")

    Session.objects.all().delete()
    summary.fill(WORDS)
    summary.blur()
    expect(told).to_contain_text("You are signed out")  # by itself, as soon as nothing is saved
    axe(tab, leave_out=("#wagtail-sidebar", "header", ".w-minimap", ".DraftEditor-root"))

    tab.get_by_role("button", name="Save draft").click()
    link = told.get_by_role("link", name="Sign in in a new tab")
    expect(link).to_be_focused()
    expect(summary).to_have_value(WORDS)
    with tab.context.expect_page() as opened:
        tab.keyboard.press("Enter")
    sign_in(opened.value, live_server.url, user)
    opened.value.close()

    tab.bring_to_front()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save draft").click()
    expect(tab.locator(".messages .success")).to_be_visible()
    assert ThemePage.objects.get().get_latest_revision_as_object().summary == WORDS


def test_what_is_written_while_the_page_saves_itself_is_saved_next(
    live_server: Any, open_page: Any, site: BilingualSite
) -> None:
    tab: Tab = open_page()
    sign_in(tab, live_server.url, account("admin"))
    begun(tab, live_server.url, site)
    summary = tab.locator("#id_summary")
    sent: list[str] = []

    def write_meanwhile(route: Any) -> None:
        sent.append(summary.input_value())
        answer = route.fetch()
        if len(sent) == 1:
            summary.fill(WORDS)
        route.fulfill(response=answer)

    tab.route("**/edit/", write_meanwhile)
    with tab.expect_response(lambda answer: answer.url.endswith("/edit/") and len(sent) > 1):
        summary.fill("Shorter.")
    tab.wait_for_timeout(3000)  # time enough to send it again, which would be without end
    assert sent == ["Shorter.", WORDS]
    assert ThemePage.objects.get().get_latest_revision_as_object().summary == WORDS


def test_a_site_that_does_not_answer_is_sent_nothing(
    live_server: Any, open_page: Any, site: BilingualSite
) -> None:
    tab: Tab = open_page()
    sign_in(tab, live_server.url, account("admin"))
    begun(tab, live_server.url, site)
    told = tab.locator(".keep-words")

    tab.context.set_offline(True)
    tab.locator("#id_summary").fill(WORDS)
    tab.get_by_role("button", name="Save draft").click()
    expect(told).to_contain_text("The site does not answer")
    expect(tab.locator("#id_summary")).to_have_value(WORDS)
    for _press in range(2):  # a screen reader hears it each time
        expect(told).to_be_focused()
        tab.get_by_role("button", name="Save draft").click()
    expect(told).to_be_focused()

    tab.context.set_offline(False)
    expect(told).to_be_empty()  # as soon as the network is back
    with tab.expect_navigation():
        publish(tab)  # with the button's own name
    page = ThemePage.objects.get()
    assert (page.live, page.summary) == (True, WORDS)


def test_a_site_that_hangs_is_not_waited_for(
    live_server: Any, open_page: Any, site: BilingualSite
) -> None:
    tab: Tab = open_page()
    sign_in(tab, live_server.url, account("admin"))
    begun(tab, live_server.url, site)
    tab.evaluate("""() => {
        window.wholly = AbortSignal.timeout.bind(AbortSignal);
        AbortSignal.timeout = (wait) => wholly(wait / 50);
    }""")
    tab.route("**/admin/signed-in/", lambda _asked: None)
    tab.get_by_role("button", name="Save draft").click()
    expect(tab.locator(".keep-words")).to_contain_text("The site does not answer")
    tab.unroute("**/admin/signed-in/")
    tab.evaluate("AbortSignal.timeout = wholly")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save draft").click()


def test_nothing_is_saved_under_the_name_of_who_signed_in_meanwhile(
    live_server: Any, open_page: Any, site: BilingualSite
) -> None:
    user, colleague = account("ed", EDITORS), account("colleague", EDITORS)
    tab: Tab = open_page()
    sign_in(tab, live_server.url, user)
    begun(tab, live_server.url, site)
    before = ThemePage.objects.get().revisions.count()

    meanwhile = tab.context.new_page()
    tab.context.clear_cookies()
    sign_in(meanwhile, live_server.url, colleague)
    tab.bring_to_front()
    tab.locator("#id_summary").fill(WORDS)
    tab.get_by_role("button", name="Save draft").click()
    told = tab.locator(".keep-words")
    expect(told).to_contain_text("Somebody else is signed in now")
    expect(told.get_by_role("link", name="Open the admin in a new tab")).to_be_focused()
    assert ThemePage.objects.get().revisions.count() == before

    tab.context.clear_cookies()
    sign_in(meanwhile, live_server.url, user)
    tab.bring_to_front()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save draft").click()
    last = ThemePage.objects.get().latest_revision
    assert last is not None
    assert last.user == user


def test_a_page_whose_approval_was_held_back_is_not_approved_by_saving_it(
    live_server: Any, open_page: Any, site: BilingualSite
) -> None:
    keep_workflows()
    page = StandardPageFactory(parent=site.home, title="Clean air", live=False)
    page.save_revision()
    page.get_workflow().start(page, account("ed", EDITORS))
    tab: Tab = open_page()
    sign_in(tab, live_server.url, account("publisher", publishers_of("English")))
    tab.goto(f"{live_server.url}/admin/pages/{page.pk}/edit/")

    def approve() -> None:
        tab.get_by_role("button", name="More actions").last.click()
        tab.get_by_role("button", name="Approve and publish", exact=True).click()

    tab.context.set_offline(True)
    approve()
    expect(tab.locator(".keep-words")).to_contain_text("The site does not answer")
    tab.context.set_offline(False)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Save draft").click()
    expect(tab.locator(".messages .success").first).to_be_visible()
    assert not Page.objects.get(pk=page.pk).live

    with tab.expect_navigation():
        approve()
    expect(tab.locator(".messages .success").first).to_be_visible()
    assert Page.objects.get(pk=page.pk).live
