"""Pages are submitted by who writes, approved by publishers of that language, then translated."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags
from wagtail.models import GroupApprovalTask, Page, Site, Task, Workflow, WorkflowPage
from wagtail.test.utils.form_data import querydict_from_html
from wagtail_localize.operations import translate_object

from core.clock import database_now
from core.models import PageTranslation, TranslationState
from core.translating.states import work_of
from home.approval.workflows import WAGTAILS_OWN, keep_workflows
from home.roles import (
    EDITORS,
    MODERATORS_OF_ALL,
    grant_roles,
    publishers_of,
    translators_of,
)
from tests.core.translating.desk import publish
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    bilingual_site,
    locale,
    published,
)
from tests.home.moderating import staff, translate_at_the_desk
from tests.submissions.mailbox import MailServer, serving, told_of, words_of
from themes.models import ThemePage

pytestmark = pytest.mark.django_db

PUBLISH_ENGLISH, PUBLISH_FRENCH = publishers_of("English"), publishers_of("French")


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    keep_workflows()
    return site


def act(client: Client, page: Page, action: str = "", **changed: str) -> Any:
    """Open the page in the editor, change fields, press a button: what a browser sends."""
    address = f"/admin/pages/{page.pk}/edit/"
    shown = client.get(address)
    assert shown.status_code == 200
    sent = querydict_from_html(shown.content.decode(), form_id="page-edit-form")
    sent.update({"body-count": "0", **changed, **({action: "1"} if action else {})})
    return client.post(address, sent)


def decide(client: Client, page: Page, deed: str, comment: str = "") -> int:
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    assert state is not None
    where = f"/admin/pages/workflow/action/{page.pk}/{deed}/{state.pk}/"
    return client.post(where, {"comment": comment}).status_code


def draft(site: BilingualSite, title: str = "Clean air", **fields: Any) -> Page:
    page = StandardPageFactory(parent=site.home, title=title, **fields)
    page.save_revision()
    return page


def now(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)


# --- What prepare_site makes ---------------------------------------------------------------------


def test_a_workflow_a_tree_whose_reviewers_are_its_publishers(site: BilingualSite) -> None:
    for home, group in ((site.home, PUBLISH_ENGLISH), (site.home_fr, PUBLISH_FRENCH)):
        workflow = WorkflowPage.objects.get(page=home).workflow
        (task,) = workflow.tasks.specific()
        assert isinstance(task, GroupApprovalTask)
        assert [one.name for one in task.groups.all()] == [group]
    assert not Workflow.objects.get(name=WAGTAILS_OWN).active
    assert not Task.objects.get(name=WAGTAILS_OWN).active
    assert WorkflowPage.objects.count() == 2


def test_it_is_mended_by_running_the_command_again(site: BilingualSite) -> None:
    workflow = WorkflowPage.objects.get(page=site.home_fr).workflow
    task = GroupApprovalTask.objects.get(workflow_tasks__workflow=workflow)
    task.groups.set(Group.objects.filter(name=EDITORS))
    WorkflowPage.objects.filter(page=site.home).delete()
    for _time in range(2):
        call_command("prepare_site", verbosity=0)
        assert [one.name for one in task.groups.all()] == [PUBLISH_FRENCH]
        assert WorkflowPage.objects.filter(workflow__active=True).count() == 2


def test_a_workflow_of_the_administrators_own_stays(site: BilingualSite) -> None:
    own = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowPage.objects.filter(page=site.home).update(workflow=own)
    call_command("prepare_site", verbosity=0)
    assert WorkflowPage.objects.get(page=site.home).workflow == own


def test_what_waited_for_wagtails_own_moderators_is_a_draft_again() -> None:
    site = bilingual_site()
    page = draft(site)
    Group.objects.get_or_create(name=MODERATORS_OF_ALL)
    old = Workflow.objects.get(name=WAGTAILS_OWN)
    old.start(page, User.objects.create_user("ada"))
    assert now(page).workflow_in_progress
    grant_roles()
    keep_workflows()
    assert not now(page).workflow_in_progress
    assert now(page).get_workflow() != old


# --- Who may do what -----------------------------------------------------------------------------


def test_a_writer_submits_and_cannot_publish_or_schedule(site: BilingualSite) -> None:
    writer, page = staff("writer", EDITORS), draft(site)
    later = (database_now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    act(writer, page, "action-publish", go_live_at=later)
    assert not now(page).live
    assert not now(page).approved_schedule
    act(writer, page, "action-submit")
    assert now(page).workflow_in_progress
    assert decide(writer, page, "approve") == 302
    assert not now(page).live


def test_publishers_of_another_language_and_translators_do_not_decide(site: BilingualSite) -> None:
    page = draft(site)
    act(staff("writer", EDITORS), page, "action-submit")
    for client in (
        staff("fr", PUBLISH_FRENCH),
        staff("to", translators_of("English"), translators_of("French")),
    ):
        assert decide(client, page, "approve") == 302  # away from there
        assert decide(client, page, "reject") == 302
        assert now(page).workflow_in_progress
        client.post(f"/admin/pages/{page.pk}/lock/")
        assert not now(page).locked


def test_nobody_else_changes_what_is_reviewed(site: BilingualSite) -> None:
    writer, page = staff("writer", EDITORS), draft(site)
    act(writer, page, "action-submit")
    shown = writer.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "action-submit" not in shown
    assert "action-publish" not in shown
    assert "Take back from moderation" in shown
    sent = {"title": "Other", "slug": "other", "introduction": "", "body-count": "0"}
    writer.post(f"/admin/pages/{page.pk}/edit/", sent)
    assert now(page).get_latest_revision_as_object().title == "Clean air"
    act_as_publisher = staff("ed", PUBLISH_ENGLISH)
    assert act_as_publisher.post(f"/admin/pages/{page.pk}/lock/").status_code == 302
    assert now(page).locked_by.username == "ed"


def test_the_buttons_say_what_they_do(site: BilingualSite) -> None:
    page = draft(site)
    where = f"/admin/pages/{page.pk}/edit/"
    writer = staff("writer", EDITORS)
    assert "Submit for moderation" in writer.get(where).content.decode()
    act(writer, page, "action-submit")
    publisher = staff("ed", PUBLISH_ENGLISH)
    shown = publisher.get(where).content.decode()
    for words in ("Approve and publish", "Ask for changes"):
        assert words in shown
    assert "Take back from moderation" not in shown
    assert 'name="action-publish"' not in shown
    decide(publisher, page, "reject", "Say why.")
    shown = writer.get(where).content.decode()
    assert "Submit again for moderation" in shown
    assert "Restart workflow" not in shown


# --- The whole way --------------------------------------------------------------------------------


def test_a_theme_is_submitted_changed_approved_published_and_waits_for_translation(
    site: BilingualSite, django_capture_on_commit_callbacks: Any
) -> None:
    writer, publisher = staff("writer", EDITORS), staff("ed", PUBLISH_ENGLISH)
    page = ThemePageFactory(parent=site.themes, title="Clean air")
    page.save_revision()
    act(writer, page, "action-submit")
    assert decide(publisher, page, "reject", "Say why.") == 302
    assert now(page).current_workflow_state.status == "needs_changes"
    act(writer, page, "action-submit", summary="What we breathe, and why.")
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(publisher, page, "approve") == 302
    page = ThemePage.objects.get(pk=page.pk)
    assert page.live
    assert page.summary == "What we breathe, and why."

    writer.post(f"/admin/localize/submit/page/{page.pk}/", {"locales": [locale("fr").pk]})
    french = page.get_translation(locale("fr"))
    queue = staff("to", translators_of("French"), language="fr").get("/admin/workplace/?into=fr")
    assert f"/admin/pages/{french.pk}/edit/" in queue.content.decode()

    act(writer, page, "action-submit", summary="What we breathe in town.")
    PageTranslation.objects.update(state=TranslationState.IN_PROGRESS)
    assert work_of(french).source_changed_at is None  # nothing is published yet
    decide(publisher, page, "approve")
    assert work_of(french).source_changed_at is not None


# --- Where it meets translation -------------------------------------------------------------------


@pytest.fixture
def translated(site: BilingualSite) -> tuple[Page, Page]:
    """A page in English, and its translation, whose words are all there."""
    source = published(StandardPageFactory(parent=site.home, title="About", introduction="Who."))
    translate_object(source, [locale("fr")])
    page = source.get_translation(locale("fr"))
    translate_at_the_desk(staff("to", translators_of("French")), page)
    return source, page


def publish_at_the_desk(client: Client, page: Page, **more: str) -> Any:
    return publish(client, page, **more)


def test_the_desk_publishes_nothing_behind_moderation(translated: tuple[Page, Page]) -> None:
    _source, page = translated
    publisher = staff("fr", PUBLISH_FRENCH)
    page.get_workflow().start(page, User.objects.get(username="to"))
    before = now(page).latest_revision_id
    answer = publish_at_the_desk(publisher, page)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "waits for moderation" in shown
    assert "Approve and publish" in shown
    opened = publisher.get(f"/admin/translating/pages/{page.pk}/").content.decode()
    assert "waits for moderation" in opened
    ready = Client()
    ready.force_login(User.objects.get(username="to"))
    answer = ready.post(f"/admin/translating/pages/{page.pk}/ready/")
    assert answer.status_code == 422
    assert "Approve and publish" not in answer.content.decode()
    assert now(page).latest_revision_id == before
    assert decide(publisher, page, "reject", "No.") == 302
    assert publish_at_the_desk(publisher, page).status_code == 302
    assert now(page).live


def test_an_original_that_nobody_approved_is_not_read_first_in_another_language(
    site: BilingualSite,
) -> None:
    source = draft(site, introduction="Who.")
    act(staff("writer", EDITORS), source, "action-submit")
    translate_object(source, [locale("fr")])
    page = source.get_translation(locale("fr"))
    translate_at_the_desk(staff("to", translators_of("French")), page)
    publisher = staff("fr", PUBLISH_FRENCH)
    answer = publish_at_the_desk(publisher, page)
    assert answer.status_code == 422
    assert "The original waits for moderation" in answer.content.decode()
    decide(staff("en", PUBLISH_ENGLISH), source, "approve")
    assert publish_at_the_desk(publisher, page).status_code == 302


def test_a_locked_translation_is_left_alone(translated: tuple[Page, Page]) -> None:
    page = translated[1]
    ada = User.objects.create_user("ada")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=ada)
    answer = publish_at_the_desk(staff("fr", PUBLISH_FRENCH), page)
    assert answer.status_code == 422
    assert "ada has locked this page" in answer.content.decode()


# --- Mail ----------------------------------------------------------------------------------------


def test_reviewers_and_author_are_told_by_mail_in_their_language(
    site: BilingualSite, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.PUBLIC_SCHEME = "https"
    Site.objects.update(hostname="water.example.org", port=443)
    writer = staff("writer", EDITORS)
    publisher = staff("fr", PUBLISH_FRENCH, language="fr")
    staff("en", PUBLISH_ENGLISH)
    User.objects.create_superuser("root", "root@example.org")
    page = StandardPageFactory(parent=site.home_fr, title="L’air & l’eau")
    page.save_revision()
    with serving() as server:
        for deed in (
            lambda: act(writer, page, "action-submit"),
            lambda: decide(publisher, page, "reject", "Dites <pourquoi>."),
            lambda: act(writer, page, "action-submit"),
            lambda: decide(publisher, page, "approve", "Merci & bravo."),
        ):
            with django_capture_on_commit_callbacks(execute=True):
                deed()
    to_publisher, changes, again, approved = server.taken
    assert server.recipients == [f"{name}@example.org" for name in ("fr", "writer", "fr", "writer")]
    assert to_publisher["Subject"] == again["Subject"] == "À relire\u00a0: L’air & l’eau"
    assert "writer soumet" in words_of(to_publisher)
    for one in (to_publisher, changes):
        assert f"https://water.example.org/admin/pages/{page.pk}/edit/" in words_of(one)
        assert "https://water.example.org/admin/account/#tab-notifications" in words_of(one)
    assert changes["Subject"] == "Changes are asked for: L’air & l’eau"
    assert "Dites <pourquoi>." in words_of(changes)
    assert "approved and published" in words_of(approved)
    assert "Merci & bravo." in words_of(approved)


def test_a_mail_server_that_is_away_or_refuses_keeps_nobody_from_submitting(
    site: BilingualSite, django_capture_on_commit_callbacks: Any
) -> None:
    staff("en", PUBLISH_ENGLISH)
    writer = staff("writer", EDITORS)
    with told_of(1), django_capture_on_commit_callbacks(execute=True):
        act(writer, away := draft(site), "action-submit")
    with serving(MailServer(hangs_up=True)), django_capture_on_commit_callbacks(execute=True):
        act(writer, refused := draft(site, "Water"), "action-submit")
    assert now(away).workflow_in_progress
    assert now(refused).workflow_in_progress


# --- The home of the admin ------------------------------------------------------------------------


def test_the_home_of_the_admin_tells_what_waits_for_each(site: BilingualSite) -> None:
    writer, english = staff("writer", EDITORS), staff("en", PUBLISH_ENGLISH)
    french, page = staff("fr", PUBLISH_FRENCH), draft(site)
    told = "1 page to approve"

    def home_of(client: Client) -> str:
        shown = client.get("/admin/").content.decode()
        return " ".join(strip_tags(shown.partition("What waits for you")[2]).split())

    act(writer, page, "action-submit")
    assert told in home_of(english)
    assert told not in home_of(french)
    assert told not in home_of(writer)
    decide(english, page, "reject", "Say why.")
    assert told not in home_of(english)
    assert "1 page of mine in which changes are asked for" in home_of(writer)


def test_translated_pages_wait_for_who_translates_and_for_who_reviews(
    translated: tuple[Page, Page],
) -> None:
    publisher = staff("fr", PUBLISH_FRENCH)
    assert "page to translate (Français)" in publisher.get("/admin/").content.decode()
    PageTranslation.objects.update(state=TranslationState.READY)
    assert "to review (Français)" in publisher.get("/admin/").content.decode()
    other = staff("en", PUBLISH_ENGLISH)
    assert "(Français)" not in other.get("/admin/").content.decode()
