"""A part of the site is sent to translation: told first, by the worker, each page by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry
from wagtail_localize.models import StringSegment

from core.models import BulkState, BulkTranslation, PageTranslation, TranslationState
from core.translating.bulk import jobs
from core.translating.bulk.plan import Why, plans_of
from core.translating.bulk.sending import send
from home.roles import grant_roles
from tests.core.translating_bulk.sending import (
    desk_of,
    english_tree,
    french,
    member,
    sent,
    the_job,
    turns,
    work,
)
from tests.factories import BilingualSite, StandardPageFactory, bilingual_site, locale, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> BilingualSite:
    site = bilingual_site()
    grant_roles()
    return site


@pytest.fixture
def editor() -> User:
    return member("ed", "Editors")


@pytest.fixture
def client(editor: User) -> Client:
    return desk_of(editor)


def test_what_would_be_sent_and_what_not_is_told_first(site: BilingualSite, client: Client):
    top = english_tree(site)
    draft = StandardPageFactory(parent=top, title="Unfinished")
    published(StandardPageFactory(parent=draft, title="Under a draft"))
    alias = CreatePageAliasAction(top.get_children()[0], parent=top, update_slug="alias").execute()
    (plan,) = plans_of(top, [locale("fr")])
    assert [page.title for page in plan.pages] == ["Top", "Below 0", "Below 1", "Below 2"]
    assert {(one.page.pk, one.why) for one in plan.left_out} == {
        (draft.pk, Why.DRAFT),
        (draft.get_children()[0].pk, Why.PARENT),
        (alias.pk, Why.ALIAS),
    }
    answer = client.get(f"/admin/translating/trees/{top.pk}/").content.decode()
    assert "4 pages to send" in answer and "3 left out" in answer
    for words in ("Unfinished", "It is not published.", "It is an alias", "The page above it"):
        assert words in answer
    assert not BulkTranslation.objects.exists() and french(top) is None


def test_the_worker_makes_drafts_parents_first_and_tells_what_it_did(
    site: BilingualSite, client: Client
):
    top = english_tree(site)
    StandardPageFactory(parent=top, title="Unfinished")
    answer = sent(client, top, "fr")
    job = the_job()
    assert answer.url.endswith(f"/trees/jobs/{job.pk}/")
    assert "Waiting for its turn" in client.get(answer.url).content.decode()
    work()
    made = french(top)
    assert made is not None and not made.live and made.alias_of is None
    children = made.get_children().order_by("path")
    assert [page.title for page in children] == ["Below 0", "Below 1", "Below 2"]
    works = PageTranslation.objects.filter(state=TranslationState.NEW)
    assert works.filter(translation__source__object_id=top.translation_key).exists()
    assert StringSegment.objects.filter(source__object_id=top.translation_key).exists()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (BulkState.DONE, 4, 4)
    report = client.get(answer.url).content.decode()
    assert "4 pages were sent" in report and "1 page was left out" in report
    assert "/admin/workplace/?into=fr" in report
    assert f"/admin/translating/pages/{made.pk}/" in report
    assert f"/admin/translating/trees/{made.pk}/po.zip" in report
    entry = PageLogEntry.objects.get(action=jobs.ASKED)
    assert entry.data == {"language": "fr", "pages": 4} and not ModelLogEntry.objects.exists()


def test_pages_that_are_not_published_go_along_when_asked_with_their_last_words(
    site: BilingualSite, client: Client
):
    top = english_tree(site, below=0)
    draft = StandardPageFactory(parent=top, title="Unfinished")
    draft.introduction = "What its editor wrote last."
    draft.save_revision()
    sent(client, top, "fr", drafts="on")
    work()
    assert french(draft) is not None
    segments = StringSegment.objects.filter(source__object_id=draft.translation_key)
    assert "What its editor wrote last." in [one.string.data for one in segments]


def test_who_may_no_longer_edit_the_pages_sends_no_drafts_of_them(
    site: BilingualSite, client: Client, editor: User
):
    top = english_tree(site)
    draft = StandardPageFactory(parent=top, title="Unfinished")
    sent(client, top, "fr", drafts="on")
    editor.groups.set(Group.objects.filter(name="Translators: French"))
    work()
    assert the_job().state == BulkState.FAILED
    assert french(draft) is None and french(top) is None


def test_a_draft_that_is_sent_again_goes_as_its_editor_saved_it_last(
    site: BilingualSite, client: Client
):
    def texts() -> list[str]:
        found = StringSegment.objects.filter(source__object_id=draft.translation_key)
        return [one.string.data for one in found]

    top = english_tree(site, below=0)
    draft = StandardPageFactory(parent=top, title="Unfinished", introduction="First words.")
    draft.save_revision()
    sent(client, top, "fr", drafts="on")
    work()
    made = french(draft)
    assert made is not None and "First words." in texts()
    translation = PageTranslation.objects.of(made)
    translation.update(state=TranslationState.READY)
    draft.introduction = "Last words."
    draft.save_revision()
    home = site.home.copy_for_translation(Locale.objects.create(language_code="de"))
    top.copy_for_translation(home.locale)
    send(draft, home.locale, None)
    assert "Last words." in texts() and "First words." not in texts()
    # Who was given the older words for another language is told.
    work_on_it = translation.get()
    assert work_on_it.state == TranslationState.IN_PROGRESS and work_on_it.source_changed_at
    made.delete()
    draft.introduction = "The very last words."
    draft.save_revision()
    send(draft, locale("fr"), None)
    assert "The very last words." in texts() and french(draft) is not None


def test_a_second_click_makes_no_second_job(site: BilingualSite, client: Client):
    top = english_tree(site)
    first, second = sent(client, top, "fr"), sent(client, top, "fr")
    assert first.url == second.url and turns().count() == 1
    work()
    nothing = sent(client, top, "fr")
    assert nothing.status_code == 422 and "there is nothing to send" in nothing.content.decode()
    assert BulkTranslation.objects.count() == 1


def test_a_part_of_a_tree_under_way_is_refused_with_the_way_to_it(
    site: BilingualSite, client: Client
):
    top = english_tree(site)
    answer = sent(client, top, "fr")
    for page in (site.home, top.get_children()[0]):
        refused = sent(client, page, "fr")
        assert refused.status_code == 422 and answer.url in refused.content.decode()


@pytest.mark.parametrize("said", [[], ["de"], ["en"], ["fr' OR 1=1"]])
def test_a_form_that_names_no_language_is_told(site: BilingualSite, client: Client, said: Any):
    answer = sent(client, english_tree(site, below=0), *said)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert not BulkTranslation.objects.exists()


def test_the_page_above_is_sent_first(site: BilingualSite, client: Client):
    top = english_tree(site)
    below = top.get_children()[0]
    answer = client.get(f"/admin/translating/trees/{below.pk}/").content.decode()
    assert "“Top” is not translated yet" in answer
    assert f'href="/admin/translating/trees/{top.pk}/?into=fr"' in answer
    assert sent(client, below, "fr").status_code == 422
    assert french(below) is None and french(top) is None


def test_a_page_that_can_not_be_made_is_told_and_what_is_below_it_left_out(
    site: BilingualSite, client: Client, monkeypatch: pytest.MonkeyPatch
):
    top = english_tree(site)
    bad = top.get_children()[1]
    published(StandardPageFactory(parent=bad, title="Under the bad one"))

    def sometimes(page: Page, *args: Any) -> Any:
        made = send(page, *args)
        if page.pk == bad.pk:
            raise ValidationError("Its address is taken.")
        return made

    monkeypatch.setattr(jobs, "send", sometimes)
    answer = sent(client, top, "fr")
    work()
    job = the_job()
    assert job.state == BulkState.DONE and len(job.made) == 3
    assert [(one["page"], one["words"]) for one in job.failed] == [
        (bad.pk, "Its address is taken.")
    ]
    assert [one["why"] for one in job.left_out] == [Why.PARENT]
    assert french(bad) is None  # nothing of it is left
    report = client.get(answer.url).content.decode()
    assert "Its address is taken." in report and "Send the rest again" in report
    monkeypatch.setattr(jobs, "send", send)
    client.post(f"{answer.url}again/")
    work()
    assert french(bad) is not None and french(bad.get_children()[0]) is not None


def test_work_in_portions_and_after_a_death_makes_each_page_once(
    site: BilingualSite, client: Client, monkeypatch: pytest.MonkeyPatch
):
    top = english_tree(site)
    sent(client, top, "fr")
    monkeypatch.setattr(jobs, "PORTION_SECONDS", -1.0)  # not one page
    (task,) = turns()
    jobs.send_tree.call(*task.args_kwargs["args"])
    assert turns().count() == 2  # it asks for another turn
    assert the_job().state == BulkState.RUNNING and french(top) is None
    monkeypatch.undo()
    done: list[int] = []

    def dies(page: Page, *args: Any) -> Any:
        if len(done) == 2:
            raise SystemExit
        done.append(page.pk)
        return send(page, *args)

    monkeypatch.setattr(jobs, "send", dies)
    with pytest.raises(SystemExit):
        jobs.send_tree.call(*task.args_kwargs["args"])
    job = the_job()
    assert (job.state, job.done) == (BulkState.RUNNING, 2)
    monkeypatch.undo()
    work()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.already) == (BulkState.DONE, 4, 4, 0)
    assert len(set(job.made)) == 4


def test_one_that_stands_still_can_be_taken_up_again(site: BilingualSite, client: Client):
    top = english_tree(site)
    answer = sent(client, top, "fr")
    turns().delete()  # it was lost
    job = the_job()
    BulkTranslation.objects.update(moved_at=job.moved_at - timedelta(minutes=6))
    assert "Take it up again" in client.get(answer.url).content.decode()
    assert client.post(f"{answer.url}again/")["Location"] == answer.url
    work()
    assert the_job().state == BulkState.DONE


def test_who_may_no_longer_send_when_its_turn_comes_sends_nothing(
    site: BilingualSite, client: Client, editor: User
):
    top = english_tree(site)
    sent(client, top, "fr")
    editor.groups.clear()
    work()
    assert the_job().state == BulkState.FAILED and french(top) is None


def test_the_bar_alone_is_exchanged_and_the_page_comes_when_it_is_done(
    site: BilingualSite, client: Client
):
    answer = sent(client, english_tree(site), "fr")
    bar = client.get(answer.url, headers={"HX-Request": "true"})
    assert b"<progress" in bar.content and b"<html" not in bar.content
    work()
    assert client.get(answer.url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_localizes_own_box_for_what_is_below_leads_here(site: BilingualSite, client: Client):
    top = english_tree(site)
    form = {"locales": [locale("fr").pk], "include_subtree": "on"}
    answer = client.post(f"/admin/localize/submit/page/{top.pk}/", form)
    assert answer["Location"] == f"/admin/translating/trees/{top.pk}/?into=fr"
    assert french(top) is None


def test_the_pages_ask_as_many_queries_for_many_pages_as_for_few(
    site: BilingualSite, client: Client
):
    def counted(below: int) -> tuple[int, int]:
        top = english_tree(site, below=below)
        tree = f"/admin/translating/trees/{top.pk}/"
        with CaptureQueriesContext(connection) as before:
            client.get(tree)
        asked = len(before)
        answer = sent(client, top, "fr")
        work()
        with CaptureQueriesContext(connection) as after:
            client.get(answer.url)
        done = len(after)
        top.delete()
        return asked, done

    counted(1)  # what is remembered of the site
    assert counted(1) == counted(6)
