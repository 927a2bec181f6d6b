"""Other words than those of the desk go public: refused where staff click, told where they do."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from wagtail.log_actions import LogContext
from wagtail.models import Page, PageLogEntry

from core.models import TranslationState
from core.translating import states
from home.explorer.facts import facts_of
from home.roles import publishers_of
from home.workplace.queue import PAGES, Tab, pages
from tests.core.translating.desk import (
    WHOLE,
    administrator,
    at,
    form,
    publish,
    texts,
    translator,
    work,
)

pytestmark = pytest.mark.django_db

TOLD = "What stands here is not what the public reads."


@pytest.fixture
def publisher(page: Page) -> Client:
    """They have published the page twice: as “À propos”, and as “Notre équipe”."""
    client = administrator()
    client.post(at(page), form(page, **WHOLE))
    publish(client, page)
    client.post(at(page), form(page, title="Notre équipe"))
    publish(client, page)
    assert work(page).state == TranslationState.PUBLISHED
    return client


def now(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)


def told(client: Client, page: Page) -> bool:
    return TOLD in client.get(at(page)).content.decode()


def first_version(page: Page) -> Any:
    return now(page).revisions.order_by("pk").filter(content__title="À propos").last()


@pytest.mark.parametrize("group", [publishers_of("French"), "Translators: French", ""])
def test_an_older_version_is_not_published_from_the_history(
    page: Page, publisher: Client, group: str
):
    client = translator("eve", group) if group else publisher
    where = f"/admin/pages/{page.pk}/revisions/{first_version(page).pk}/revert/"
    made = now(page).latest_revision_id
    sent = {"action-publish": "1", "title": "À propos", "slug": "a-propos"}
    for answer in (client.get(where), client.post(where, sent)):
        assert answer["Location"] == at(page)
    assert "not published from the history" in client.get(at(page)).content.decode()
    assert (now(page).title, now(page).latest_revision_id) == ("Notre équipe", made)
    assert work(page).state == TranslationState.PUBLISHED
    assert not told(client, page)


def test_a_version_that_is_published_past_the_desk_is_told(page: Page, publisher: Client):
    with LogContext(user=User.objects.get()):
        first_version(page).publish()
    assert now(page).title == "À propos"
    found = work(page)
    assert (found.state, found.reviewed_at) == (TranslationState.IN_PROGRESS, None)
    shown = BeautifulSoup(publisher.get(at(page)).content.decode(), "html.parser")
    note = next(one for one in shown.select(".desk-note-warning") if TOLD in one.text)
    assert "root published it past this desk" in note.text
    links = [str(one["href"]) for one in note.select("a")]
    assert links == [now(page).get_url(), f"/admin/pages/{page.pk}/history/"]
    (stand,) = facts_of([now(page)])[page.pk].stands
    assert stand.state == "Being translated"
    root = User.objects.get(username="root")
    assert page.translation_key in {
        one.translation.source.object_id for one in pages(root, "fr").filter(PAGES[Tab.IN_PROGRESS])
    }
    assert PageLogEntry.objects.filter(page=page.pk, action=states.OVERTAKEN).count() == 1
    history = publisher.get(f"/admin/pages/{page.pk}/history/").content.decode()
    assert "Other words published than those of the translation desk" in history

    assert texts(page)[0].words == "Notre équipe"
    assert publish(publisher, page).status_code == 302
    assert (now(page).title, work(page).state) == ("Notre équipe", TranslationState.PUBLISHED)
    assert not told(publisher, page)


def test_what_the_desk_publishes_again_is_not_told(page: Page, publisher: Client):
    publish(publisher, page)
    first_version(page).publish()
    now(page).specific.unpublish()
    assert not told(publisher, page)  # nothing of it is live
    publish(publisher, page)
    publisher.post(at(page), form(page, title="Nous"))
    assert not told(publisher, page)  # older words of this desk, and nobody passed it by
    overtaken = PageLogEntry.objects.filter(page=page.pk, action=states.OVERTAKEN)
    assert overtaken.count() == 1
