"""A translation that was stopped is taken up again: what happened meanwhile is told as it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import Translation

from core.clock import database_now
from core.models import TranslationState
from core.scheduling import publish_what_is_due
from core.translating import states
from tests.core.translating.desk import WHOLE, administrator, at, form, publish, work
from tests.factories import locale

pytestmark = pytest.mark.django_db

TOLD = "What stands here is not what the public reads."
CHANGED = "The original has changed since it was translated."


@pytest.fixture
def publisher(page: Page) -> Client:
    """“root” published the page, and stopped its translation."""
    client = administrator()
    client.post(at(page), form(page, **WHOLE))
    publish(client, page)
    assert work(page).state == TranslationState.PUBLISHED
    client.post(at(page, "stop/"))
    assert not Translation.objects.get(source__object_id=page.translation_key).enabled
    return client


@pytest.fixture
def author() -> User:
    """They save, and publish nothing."""
    return User.objects.create_user("ada")


def now(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)


def written_by_hand(page: Page, author: User, **more: Any) -> Any:
    by_hand = now(page).specific
    by_hand.title = "Écrit à la main"
    for name, value in more.items():
        setattr(by_hand, name, value)
    return by_hand.save_revision(user=author)


def shown(client: Client, page: Page) -> str:
    return " ".join(client.get(at(page)).content.decode().split())


def overtaken(page: Page) -> PageLogEntry:
    return PageLogEntry.objects.get(page=page.pk, action=states.OVERTAKEN)


def original(page: Page) -> Any:
    return now(page).get_translation(locale("en")).specific


def test_words_written_by_hand_are_told(page: Page, publisher: Client, author: User):
    written_by_hand(page, author).publish(user=User.objects.get(username="root"))
    publisher.post(at(page, "resume/"))
    assert work(page).state == TranslationState.IN_PROGRESS
    assert TOLD in shown(publisher, page)
    assert CHANGED not in shown(publisher, page)


def test_it_is_told_who_published_them_and_when(page: Page, publisher: Client, author: User):
    """Neither who saved them, nor who takes the translation up, nor the hour of that."""
    grace = User.objects.create_superuser("grace")
    written_by_hand(page, author).publish(user=grace)
    long_ago = now(page).last_published_at - timedelta(minutes=1)
    Page.objects.filter(pk=page.pk).update(last_published_at=long_ago)
    PageLogEntry.objects.filter(page=page.pk, action=states.PUBLISHED).update(
        timestamp=long_ago - timedelta(days=1)
    )
    publisher.post(at(page, "resume/"))
    assert (overtaken(page).user, overtaken(page).timestamp) == (grace, long_ago)
    assert "grace published it past this desk" in shown(publisher, page)


def test_nobody_is_named_where_it_is_not_known(page: Page, publisher: Client, author: User):
    written_by_hand(page, author).publish()
    publisher.post(at(page, "resume/"))
    assert overtaken(page).user is None
    assert "it was published past this desk" in shown(publisher, page)


@pytest.mark.parametrize("stopped", [True, False])
def test_who_set_the_time_published_it(page: Page, publisher: Client, author: User, stopped: bool):
    grace = User.objects.create_superuser("grace")
    if not stopped:
        publisher.post(at(page, "resume/"))
    ahead = timezone.now() + timedelta(days=30)
    revision = written_by_hand(page, author, go_live_at=ahead)
    revision.publish(user=grace)
    early = database_now() - timedelta(minutes=1)
    revision.approved_go_live_at, revision.content["go_live_at"] = early, early.isoformat()
    revision.save()
    assert publish_what_is_due() == 1
    if stopped:
        publisher.post(at(page, "resume/"))
    assert overtaken(page).user == grace


def test_as_it_stood_it_stays_published(page: Page, publisher: Client):
    publisher.post(at(page, "resume/"))
    assert (work(page).state, work(page).source_changed_at) == (TranslationState.PUBLISHED, None)
    assert TOLD not in shown(publisher, page)
    assert CHANGED not in shown(publisher, page)


@pytest.mark.parametrize("told", [True, False])
def test_that_the_original_changed_is_told(page: Page, publisher: Client, told: bool):
    """Published, or written by a program that tells nobody: seen once it is taken up."""
    source = original(page)
    source.introduction = "New."
    if told:
        source.save_revision().publish()
    else:
        source.save()
    publisher.post(at(page, "resume/"))
    found = work(page)
    assert found.state == TranslationState.PUBLISHED
    assert found.source_changed_at is not None
    assert CHANGED in shown(publisher, page)
    assert TOLD not in shown(publisher, page)
    changes = PageLogEntry.objects.filter(page=page.pk, action=states.SOURCE_CHANGED)
    assert [one.user for one in changes] == [None]


def test_a_part_that_the_original_lost_is_told_though_no_text_waits(page: Page, publisher: Client):
    source = original(page)
    source.body = []
    source.save_revision().publish()
    publisher.post(at(page, "resume/"))
    assert work(page).source_changed_at is not None
