"""Switcher, hreflang and canonical address: one function says where a page stands."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    bilingual_site,
    bilingual_theme,
    published,
    translate,
)

pytestmark = pytest.mark.django_db


def read(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def switcher(page: Any) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.select("nav.languages a")}


def hreflang(page: Any) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}


def canonical(page: Any) -> str:
    return page.select_one("link[rel=canonical]")["href"]


def test_the_switcher_leads_to_the_same_page(client: Client, site: BilingualSite) -> None:
    english, french = bilingual_theme(site)
    expected = {"en": english.url, "fr": french.url}
    assert switcher(read(client, english.url)) == expected
    assert switcher(read(client, french.url)) == expected


def test_the_switcher_names_each_language_in_itself(client: Client, site: BilingualSite) -> None:
    links = read(client, "/fr/").select("nav.languages a")
    assert [(link.text, link["lang"]) for link in links] == [("English", "en"), ("Français", "fr")]
    assert [link.get("aria-current") for link in links] == [None, "true"]


def test_the_query_goes_along(client: Client, site: BilingualSite) -> None:
    page = read(client, "/en/themes/?page=2&language=fr")
    assert switcher(page)["fr"] == "/fr/themes/?page=2&language=fr"


def test_without_translation_the_switcher_leads_to_that_languages_home(
    client: Client, site: BilingualSite
) -> None:
    page = published(StandardPageFactory(parent=site.home))
    assert switcher(read(client, page.url)) == {"en": page.url, "fr": "/fr/?untranslated=1"}


def test_that_home_says_that_the_page_is_not_translated(
    client: Client, site: BilingualSite
) -> None:
    said = "That page does not exist in this language yet."
    assert said in read(client, "/en/?untranslated=1").text
    assert said not in read(client, "/en/").text


def test_the_marker_of_a_missing_translation_does_not_go_along(
    client: Client, site: BilingualSite
) -> None:
    page = read(client, "/fr/?untranslated=1")
    assert switcher(page) == {"en": "/en/", "fr": "/fr/"}
    assert canonical(page) == "http://localhost/fr/"


def test_hreflang_is_reciprocal_and_names_the_page_itself(
    client: Client, site: BilingualSite
) -> None:
    english, french = bilingual_theme(site)
    expected = {
        "en": english.full_url,
        "fr": french.full_url,
        "x-default": "http://localhost/",
    }
    assert hreflang(read(client, english.url)) == expected
    assert hreflang(read(client, french.url)) == expected


def test_hreflang_leaves_out_a_language_without_the_page(
    client: Client, site: BilingualSite
) -> None:
    page = published(StandardPageFactory(parent=site.home))
    translate(page, publish=False)
    assert set(hreflang(read(client, page.url))) == {"en", "x-default"}


def test_an_alias_of_another_languages_text_is_no_translation(
    client: Client, site: BilingualSite
) -> None:
    page = published(StandardPageFactory(parent=site.home))
    page.copy_for_translation(site.home_fr.locale, alias=True)
    assert set(hreflang(read(client, page.url))) == {"en", "x-default"}
    assert switcher(read(client, page.url))["fr"] == "/fr/?untranslated=1"


def test_addresses_follow_a_page_that_moves(client: Client, site: BilingualSite) -> None:
    above = published(StandardPageFactory(parent=site.home, title="Above"))
    page = published(StandardPageFactory(parent=site.home, title="Below"))
    french = translate(page)
    page.move(above, pos="last-child")
    assert switcher(read(client, french.url))["en"] == "/en/above/below/"


def test_the_canonical_address_has_no_query(client: Client, site: BilingualSite) -> None:
    assert canonical(read(client, "/fr/themes/?page=2")) == "http://localhost/fr/themes/"


def test_addresses_come_from_the_sites_settings_and_not_from_the_request(
    client: Client, site: BilingualSite
) -> None:
    page = read(client, "/en/", host="evil.example")
    assert canonical(page) == "http://localhost/en/"
    assert all(address.startswith("http://localhost/") for address in hreflang(page).values())


def test_each_site_knows_its_own_translations(client: Client, site: BilingualSite) -> None:
    bilingual_site("other.example")
    page = read(client, "/fr/", host="other.example")
    assert switcher(page) == {"en": "/en/", "fr": "/fr/"}
    assert hreflang(page) == {
        "en": "http://other.example/en/",
        "fr": "http://other.example/fr/",
        "x-default": "http://other.example/",
    }


def test_an_address_that_is_no_page_has_alternates_too(client: Client, site: BilingualSite) -> None:
    page = read(client, "/en/search/?q=work")
    french = switcher(page)["fr"]
    assert french.startswith("/fr/")
    assert french.endswith("?q=work")
    assert hreflang(page)["fr"] == "http://localhost" + french.partition("?")[0]
    assert client.get(french).status_code == 200
