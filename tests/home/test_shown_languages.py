"""A language that the consultation doesn't offer is nowhere in public."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale

from home.models import HomePage
from submissions.models import Consultation
from tests.factories import BilingualSite, bilingual_site

GERMAN = [("en", "English"), ("fr", "French"), ("de", "German")]


@pytest.fixture
def where(db: None) -> BilingualSite:
    return bilingual_site()


@pytest.fixture
def german(where: BilingualSite, settings: Any) -> HomePage:
    """The site with a German home page, in a language that nobody has shown yet."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = GERMAN
    locale = Locale.objects.create(language_code="de")
    home = where.home.copy_for_translation(locale)
    home.title, home.slug, home.live = "Beratung", "beratung", True
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)


def show(where: BilingualSite, *languages: str) -> None:
    consultation, _created = Consultation.objects.get_or_create(site=where.site)
    consultation.languages = list(languages)
    consultation.save()


def told(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_hidden_language_is_nowhere(
    client: Client, where: BilingualSite, german: HomePage
) -> None:
    show(where, "en", "fr")
    assert client.get("/de/").status_code == 404
    page = BeautifulSoup(told(client, "/en/"), "html.parser")
    assert not page.select("[hreflang=de]")
    assert "/de/" not in told(client, "/sitemap.xml")
    assert "/de/" not in told(client, "/en/nowhere/")
    assert client.get("/", headers={"accept-language": "de, fr"}).headers["Location"] == "/fr/"


def test_once_shown_it_stands_everywhere(
    client: Client, where: BilingualSite, german: HomePage
) -> None:
    show(where, "en", "fr", "de")
    assert client.get("/de/").status_code == 200
    page = BeautifulSoup(told(client, "/en/"), "html.parser")
    assert page.select("nav.languages a[hreflang=de]")
    assert page.select("link[rel=alternate][hreflang=de]")
    assert "/de/" in told(client, "/sitemap.xml")


def test_hiding_is_known_at_once(client: Client, where: BilingualSite, german: HomePage) -> None:
    show(where, "en", "fr", "de")
    assert client.get("/de/").status_code == 200
    show(where, "en", "fr")
    assert client.get("/de/").status_code == 404


def test_editors_look_at_a_hidden_language(
    admin_client: Client, where: BilingualSite, german: HomePage
) -> None:
    show(where, "en", "fr")
    preview = admin_client.get(
        f"/admin/pages/{german.pk}/revisions/{german.latest_revision.pk}/view/"
    )
    assert preview.status_code == 200
    assert "Beratung" in preview.content.decode()
