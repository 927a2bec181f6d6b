"""What is true of every public page: its language, its address, and that it leaves no trace."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import StandardPage
from tests.factories import (
    BilingualSite,
    HomePageFactory,
    StandardPageFactory,
    bilingual_site,
    bilingual_theme,
    published,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    return client


# --- The choice of language ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "leads_to"),
    [
        ("fr", "/fr/"),
        ("fr-CA,fr;q=0.9", "/fr/"),
        ("en-GB", "/en/"),
        ("de, fr;q=0.8, en;q=0.5", "/fr/"),
        ("de, en;q=0.8, fr;q=0.5", "/en/"),
    ],
)
def test_the_root_leads_to_the_browsers_language(
    client: Client, site: BilingualSite, accepted: str, leads_to: str
) -> None:
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response.headers["Location"]) == (302, leads_to)
    assert response.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("accepted", ["", "de", "not a language!"])
def test_the_root_offers_every_language_when_the_browser_names_none(
    client: Client, site: BilingualSite, accepted: str
) -> None:
    response = client.get("/", headers={"accept-language": accepted})
    page = BeautifulSoup(response.content, "html.parser")
    offered = [
        (section["lang"], section.h1.text, section.a["href"])
        for section in page.select("main section")
    ]
    assert offered == [
        ("en", "AI and the general interest", "/en/"),
        ("fr", "L’IA et l’intérêt général", "/fr/"),
    ]
    assert response.headers["Vary"] == "Accept-Language, Accept-Encoding"


def test_the_root_is_the_default_of_both_languages(client: Client, site: BilingualSite) -> None:
    page = BeautifulSoup(client.get("/").content, "html.parser")
    named = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
    assert named == {
        "en": "http://localhost/en/",
        "fr": "http://localhost/fr/",
        "x-default": "http://localhost/",
    }


def test_the_root_leads_to_no_home_that_is_not_published(
    client: Client, site: BilingualSite
) -> None:
    site.home_fr.unpublish()
    response = client.get("/", headers={"accept-language": "fr, en;q=0.5"})
    assert response.headers["Location"] == "/en/"


def test_the_address_decides_the_language_and_not_the_browser(
    client: Client, site: BilingualSite
) -> None:
    response = client.get("/en/", headers={"accept-language": "fr"})
    assert b'<html lang="en"' in response.content
    assert response.headers["Content-Language"] == "en"
    assert response.headers["Vary"] == "Accept-Encoding"


def test_a_french_page_says_that_it_is_french(client: Client, site: BilingualSite) -> None:
    response = client.get("/fr/")
    assert b'<html lang="fr"' in response.content
    assert response.headers["Content-Language"] == "fr"


# --- Never one language under the other's address -----------------------------------------------


def test_french_home_unpublished_shows_no_english(client: Client, site: BilingualSite) -> None:
    site.home_fr.unpublish()
    assert client.get("/fr/").status_code == 404
    assert client.get("/en/").status_code == 200


def test_a_page_that_has_no_french_is_not_found_in_french(
    client: Client, site: BilingualSite
) -> None:
    published(StandardPageFactory(parent=site.home, title="About"))
    assert client.get("/en/about/").status_code == 200
    assert client.get("/fr/about/").status_code == 404


def test_an_alias_shows_no_english_under_a_french_address(
    client: Client, site: BilingualSite
) -> None:
    page = published(StandardPageFactory(parent=site.home, title="About"))
    alias = page.copy_for_translation(site.home_fr.locale, alias=True)
    assert alias.live
    assert client.get(alias.url).status_code == 404


def test_an_alias_of_the_same_language_is_read(client: Client, site: BilingualSite) -> None:
    page = published(StandardPageFactory(parent=site.home, title="About"))
    alias = page.create_alias(update_slug="about-again")
    assert client.get(alias.url).status_code == 200


def test_a_page_of_another_site_is_not_found(client: Client, site: BilingualSite) -> None:
    published(StandardPageFactory(parent=site.home, title="About"))
    bilingual_site("other.example")
    assert client.get("/en/about/", headers={"host": "other.example"}).status_code == 404


def test_an_address_that_does_not_exist_is_answered_in_both_languages(
    client: Client, site: BilingualSite
) -> None:
    response = client.get("/en/nowhere/")
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    sections = page.select("main section[lang]")
    assert [section["lang"] for section in sections] == ["en", "fr"]
    assert "We can’t find that page" in sections[0].text
    assert "Cette page est introuvable" in sections[1].text
    boxes = page.select("main form[role=search]")
    assert [box["action"][:4] for box in boxes] == ["/en/", "/fr/"]


# --- No trace -----------------------------------------------------------------------------------


def test_public_pages_set_no_cookie_and_vary_by_none(client: Client, site: BilingualSite) -> None:
    english, french = bilingual_theme(site)
    about = published(StandardPageFactory(parent=site.home, title="About"))
    addresses = [
        "/",
        "/en/",
        "/fr/",
        "/en/themes/",
        "/fr/themes/",
        english.url,
        french.url,
        about.url,
        "/en/nowhere/",
        "/sitemap.xml",
        "/robots.txt",
    ]
    for address in addresses:
        response = client.get(address)
        assert not response.cookies, address
        assert "cookie" not in response.headers.get("Vary", "").lower(), address
        assert b"csrfmiddlewaretoken" not in response.content, address


# --- Addresses made of titles -------------------------------------------------------------------


def test_a_page_saved_without_a_slug_gets_one_that_can_be_read(site: BilingualSite) -> None:
    page = StandardPage(title="L’eau à l’été", locale=site.home_fr.locale)
    site.home_fr.add_child(instance=page)
    assert page.slug == "l-eau-a-l-ete"


def test_two_pages_with_one_title_have_two_addresses(site: BilingualSite) -> None:
    pages = [StandardPage(title="L'eau", locale=site.home_fr.locale) for _copy in range(2)]
    for page in pages:
        site.home_fr.add_child(instance=page)
    assert [page.slug for page in pages] == ["l-eau", "l-eau-2"]


def test_the_admin_parts_words_at_apostrophes_as_the_title_is_typed(
    admin: Client, site: BilingualSite
) -> None:
    address = reverse("wagtailadmin_pages:add", args=("home", "standardpage", site.home_fr.pk))
    form: Any = BeautifulSoup(admin.get(address).content, "html.parser")
    rules = json.loads(form.select_one("input[name=slug]")["data-w-slug-formatters-value"])
    ((pattern, flags), replacement) = rules[0]
    assert re.sub(pattern, replacement, "L’eau à l'été") == "L-eau à l-été"
    assert "g" in flags


def test_a_translated_slug_is_made_as_ours_are(site: BilingualSite) -> None:
    page = published(StandardPageFactory(parent=site.home, title="Water"))
    french = translate(page, words={"Water": "L’eau", "water": "L’eau à l’été"})
    assert (french.slug, french.url) == ("l-eau-a-l-ete", "/fr/l-eau-a-l-ete/")


# --- Previews -----------------------------------------------------------------------------------


def test_every_type_of_page_can_be_previewed_before_it_is_published(
    admin: Client, site: BilingualSite
) -> None:
    theme, theme_fr = bilingual_theme(site)
    draft = StandardPageFactory(parent=site.home_fr, title="Brouillon")
    draft.save_revision()
    pages: list[tuple[Page, str]] = [
        (site.home, "en"),
        (site.home_fr, "fr"),
        (site.themes_fr, "fr"),
        (theme, "en"),
        (theme_fr, "fr"),
        (draft, "fr"),
    ]
    for page, language in pages:
        response = admin.get(reverse("wagtailadmin_pages:view_draft", args=(page.pk,)))
        assert response.status_code == 200
        assert f'<html lang="{language}"' in response.content.decode()
        assert str(page.title) in response.content.decode()


def test_a_home_page_of_no_site_can_be_previewed(admin: Client, site: BilingualSite) -> None:
    stray = HomePageFactory(parent=site.home.get_parent(), slug="stray")
    stray.save_revision()
    response = admin.get(reverse("wagtailadmin_pages:view_draft", args=(stray.pk,)))
    assert response.status_code == 200
