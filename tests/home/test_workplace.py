"""The queue of all translations: whose it is, and what it holds."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.clock import database_now
from core.models import PageTranslation, TranslationState
from home.roles import grant_roles, publishers_of
from home.workplace import queue
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    bilingual_site,
    debate_row,
    idea,
    published,
    translate,
)


@pytest.fixture
def where(db: None) -> BilingualSite:
    site = bilingual_site()
    call_command("prepare_site")
    return site


def translator(name: str = "French") -> User:
    user = User.objects.create_user(f"translator of {name}", password="x")
    user.groups.add(Group.objects.get(name=f"Translators: {name}"))
    return user


def test_each_translator_has_their_own_languages(client: Client, where: BilingualSite) -> None:
    client.force_login(translator())
    address = reverse("workplace:queue")
    assert client.get(address).status_code == 200
    assert client.get(address, {"into": "en"}).status_code == 404
    assert client.get(address, {"tab": "x"}).status_code == 400
    assert client.get(reverse("workplace:languages")).status_code in {302, 403}


def asked(client: Client, address: str, **query: str) -> int:
    """How many queries a page of the queue takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, query).status_code == 200
    return len(queries)


def test_ideas_wait_beside_pages(client: Client, where: BilingualSite) -> None:
    debate = debate_row(where.consultation)
    client.force_login(translator())
    address = reverse("workplace:queue")
    for number in range(12):
        idea(debate, f"We should plant {number} trees in every street.")
    page = client.get(address)
    assert len([line for line in page.context["lines"] if not line.is_page]) == 12
    assert not client.get(address, {"kind": "pages"}).context["lines"]
    for tab in queue.Tab.values:
        assert client.get(address, {"tab": tab}).status_code == 200


def test_the_queue_costs_the_same_however_much_waits(client: Client, where: BilingualSite) -> None:
    debate = debate_row(where.consultation)
    client.force_login(translator())
    address = reverse("workplace:queue")
    taken = []
    for pages, ideas in ((1, 1), (4, 9)):
        for number in range(pages):
            source = published(StandardPageFactory(parent=where.home, title=f"{pages}, {number}"))
            translate(source, publish=False)
        for number in range(ideas):
            idea(debate, f"We should plant {number} trees in every street.")
        PageTranslation.objects.filter(translation__target_locale=where.home_fr.locale).exclude(
            state=TranslationState.PUBLISHED
        ).update(state=TranslationState.NEW)
        client.get(address)
        assert len(client.get(address).context["lines"]) >= pages + ideas
        taken.append(asked(client, address))
    assert taken[0] == taken[1]


def test_each_site_has_a_queue_of_its_own(client: Client, where: BilingualSite) -> None:
    other = bilingual_site("water.example.org")
    grant_roles()
    here = translate(published(StandardPageFactory(parent=where.home)), publish=False)
    there = translate(published(StandardPageFactory(parent=other.home)), publish=False)
    client.force_login(translator())
    pages = [
        line.url
        for tab in queue.Tab.values
        for line in client.get(reverse("workplace:queue"), {"tab": tab}).context["lines"]
    ]
    assert reverse("wagtailadmin_pages:edit", args=[here.pk]) in pages
    assert reverse("wagtailadmin_pages:edit", args=[there.pk]) not in pages
    assert reverse("wagtailadmin_pages:edit", args=[other.home_fr.pk]) not in pages


def test_each_begins_where_something_waits_for_them(client: Client, where: BilingualSite) -> None:
    translate(published(StandardPageFactory(parent=where.home)), publish=False)
    back = translate(published(StandardPageFactory(parent=where.home)), publish=False)
    works = PageTranslation.objects
    works.update(state=TranslationState.PUBLISHED)
    works.of(back).update(state=TranslationState.IN_PROGRESS, note="The title")
    publisher = User.objects.create_user("publisher")
    publisher.groups.add(Group.objects.get(name="Publishers: French"))
    address = reverse("workplace:queue")
    for user in (translator(), publisher):
        client.force_login(user)
        shown = client.get(address)
        assert shown.context["tab"] == queue.Tab.IN_PROGRESS
        assert "sent back" in shown.content.decode()
    works.filter(note="").update(state=TranslationState.READY)
    assert client.get(address).context["tab"] == queue.Tab.READY
    assert client.get(address, {"tab": "new"}).context["tab"] == queue.Tab.NEW


def test_a_translation_that_waits_for_its_time_waits_for_nobody(
    client: Client, where: BilingualSite
) -> None:
    publisher = User.objects.create_user("publisher")
    publisher.groups.add(Group.objects.get(name=publishers_of("French")))
    client.force_login(publisher)
    french = translate(published(StandardPageFactory(parent=where.home)), publish=False)
    PageTranslation.objects.of(french).update(state=TranslationState.READY)
    assert "translated page to review" in client.get("/admin/").content.decode()
    other = translate(published(StandardPageFactory(parent=where.home)), publish=False)
    PageTranslation.objects.of(other).update(state=TranslationState.NEW)
    assert client.get(reverse("workplace:queue")).context["tab"] == queue.Tab.READY
    french.save_revision(approved_go_live_at=database_now() + timedelta(days=1))
    assert "translated page to review" not in client.get("/admin/").content.decode()
    assert client.get(reverse("workplace:queue")).context["tab"] == queue.Tab.NEW
    listed = client.get(reverse("workplace:queue"), {"tab": "ready"})
    assert [line.goes_live[:15] for line in listed.context["lines"]] == ["It goes live on"]
    assert "It goes live on" in listed.content.decode()
    desk = client.get(f"/admin/translating/pages/{french.pk}/").content.decode()
    assert "Waits for its time" in desk
    assert "Ready for review" not in desk
