"""A translation that waits for its time: sent back it goes nowhere, newer words are work still."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from core.clock import database_now
from core.models import TranslationState
from core.scheduling import publish_what_is_due
from tests.core.translating.desk import WHOLE, administrator, at, form, publish, translator, work

pytestmark = pytest.mark.django_db


def scheduled(page: Page, publisher: Client) -> None:
    ahead = timezone.localtime() + timedelta(days=30)
    assert publish(publisher, page, go_live_at=f"{ahead:%Y-%m-%dT%H:%M}").status_code == 302
    assert now(page).scheduled_revision is not None


def time_comes(page: Page) -> int:
    early = database_now() - timedelta(minutes=1)
    revision: Any = now(page).scheduled_revision
    if revision is not None:
        revision.approved_go_live_at, revision.content["go_live_at"] = early, early.isoformat()
        revision.save()
    return publish_what_is_due()


def now(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)


def test_what_is_sent_back_no_longer_goes_live(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    scheduled(page, publisher)
    assert "Sending it back cancels the schedule, too." in publisher.get(at(page)).content.decode()
    answer = publisher.post(at(page, "send-back/"), {"note": "Le titre !"}, follow=True)
    assert "it no longer goes live at the time that was set" in answer.content.decode()
    assert now(page).scheduled_revision is None
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.schedule.cancel").exists()
    assert time_comes(page) == 0
    assert not now(page).live
    assert (work(page).state, work(page).note) == (TranslationState.IN_PROGRESS, "Le titre !")
    client.post(at(page), form(page, title="Notre équipe"))
    assert client.post(at(page, "ready/")).status_code == 302
    assert work(page).state == TranslationState.READY


def test_words_that_do_not_go_live_with_it_are_not_published(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    scheduled(page, publisher)
    client.post(at(page), form(page, title="Notre équipe"))
    assert time_comes(page) == 1
    assert now(page).title == "À propos"
    assert work(page).state == TranslationState.IN_PROGRESS
    assert publish(publisher, page).status_code == 302
    assert now(page).title == "Notre équipe"
    assert work(page).state == TranslationState.PUBLISHED


def test_translators_read_when_it_goes_live_and_what_does_not(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    client.post(at(page, "ready/"))
    assert "A publisher reads it now" in client.get(at(page)).content.decode()
    scheduled(page, publisher)
    shown = client.get(at(page)).content.decode()
    assert "It goes live on" in shown
    assert "What is written here meanwhile does not go live with it" in shown
    assert "A publisher reads it now" not in shown
    assert "Sending it back" not in shown


def test_what_saves_nothing_of_the_fields_says_so(page: Page):
    publisher = administrator()
    publisher.post(at(page), form(page, **WHOLE))
    told = "does not save what stands in the fields above"
    assert told not in publisher.get(at(page)).content.decode()
    scheduled(page, publisher)
    assert told in publisher.get(at(page)).content.decode()
    assert told not in translator().get(at(page)).content.decode()  # who cancels nothing


def test_who_cancels_a_schedule_is_led_back_to_the_desk(page: Page):
    client, publisher = translator(), administrator()
    client.post(at(page), form(page, **WHOLE))
    scheduled(page, publisher)
    desk = BeautifulSoup(publisher.get(at(page)).content, "html.parser")
    way = desk.find("a", string="Cancel the schedule")
    assert isinstance(way, Tag)
    asked = BeautifulSoup(publisher.get(str(way["href"])).content, "html.parser")
    button = asked.find("button", string="Cancel the schedule")
    assert isinstance(button, Tag)
    sends = button.find_parent("form")
    assert isinstance(sends, Tag)
    sent = {str(one["name"]): str(one["value"]) for one in sends.select("input")}
    answer = publisher.post(str(sends["action"]), sent)
    assert answer.headers["Location"] == at(page)
    assert now(page).scheduled_revision is None
