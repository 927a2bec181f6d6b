"""Where somebody is at a loss: “How?” leads to the page of the guide that tells."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import resolve, reverse
from wagtail_localize.operations import translate_object

from core.clock import database_now
from home.guide.pages import names
from home.guide.screens import page_for
from home.opening.checklist import _LOOKED_AT, _TOLD_BY
from home.roles import ORGANISERS, grant_roles
from submissions.models import Consultation
from tests.core.translating.desk import at, translator
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    bilingual_site,
    locale,
    published,
)
from tests.home.moderating import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> BilingualSite:
    """A consultation to come, with dates, of which nothing else is there."""
    site = bilingual_site()
    now = database_now()
    Consultation.objects.update(opens_at=now + timedelta(hours=1), cleared_at=None)
    grant_roles()
    return site


def ways(client: Client, address: str) -> dict[str, str]:
    """Each link “How?”: what a screen reader says of it, and where it leads."""
    answer = client.get(address)
    assert answer.status_code == 200
    links = BeautifulSoup(answer.content, "html.parser").select("a.staff-how")
    return {link.get_text(): str(link["href"]) for link in links}


def test_each_way_leads_to_a_page_of_the_guide_from_what_is_looked_at() -> None:
    assert set(_TOLD_BY.values()) <= set(names("en"))
    assert set(_TOLD_BY) < {key for key, *_rest in _LOOKED_AT}


def test_what_is_missing_says_where_it_is_told_how(where: BilingualSite) -> None:
    organiser = staff("organiser", ORGANISERS)
    shown = ways(organiser, reverse("opening"))
    accounts = reverse("guide:page", args=["accounts-and-roles"])
    assert shown["How? – Translators"] == accounts
    assert shown["How? – E-mail"] == reverse("guide:page", args=["open-the-consultation"])
    assert "How? – Dates" not in shown  # they are in order
    assert "How? – Backups" not in shown  # no page tells
    Consultation.objects.update(closes_at=None)
    assert "How? – Dates" in ways(organiser, reverse("opening"))
    for url in set(shown.values()):
        assert organiser.get(url).status_code == 200


def test_the_desk_of_translations_leads_to_the_page_of_its_screen(where: BilingualSite) -> None:
    source = published(StandardPageFactory(parent=where.home, title="About us"))
    translate_object(source, [locale("fr")])
    desk = at(source.get_translation(locale("fr")))
    shown = ways(translator(), desk)
    task = reverse("guide:page", args=[page_for(resolve(desk))])
    assert shown == {"How? – translating a page": task}
