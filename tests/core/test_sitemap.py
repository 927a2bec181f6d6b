"""The sitemap: what the public may read in every language, each page with its translations."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    bilingual_site,
    published,
    translate,
)

pytestmark = pytest.mark.django_db

NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def entries(client: Client, host: str = "localhost") -> dict[str, dict[str, str]]:
    """Each address of the sitemap with its alternates by language."""
    response = client.get("/sitemap.xml", headers={"host": host})
    root = ElementTree.fromstring(response.content)
    return {
        str(url.findtext("s:loc", namespaces=NAMESPACES)): {
            link.attrib["hreflang"]: link.attrib["href"]
            for link in url.findall("x:link", NAMESPACES)
        }
        for url in root.findall("s:url", NAMESPACES)
    }


def test_lists_every_live_page_of_every_language(client: Client, site: BilingualSite) -> None:
    assert set(entries(client)) == {
        "http://localhost/en/",
        "http://localhost/fr/",
        "http://localhost/en/themes/",
        "http://localhost/fr/themes/",
    }


def test_each_translation_names_the_others_itself_and_the_choice_of_language(
    client: Client, site: BilingualSite
) -> None:
    listed = entries(client)
    expected = {
        "en": "http://localhost/en/",
        "fr": "http://localhost/fr/",
        "x-default": "http://localhost/",
    }
    assert listed["http://localhost/en/"] == listed["http://localhost/fr/"] == expected


def test_a_page_without_translation_stands_alone(client: Client, site: BilingualSite) -> None:
    published(StandardPageFactory(parent=site.home, title="Only English"))
    assert entries(client)["http://localhost/en/only-english/"] == {
        "en": "http://localhost/en/only-english/",
        "x-default": "http://localhost/",
    }


def test_leaves_out_drafts_and_unpublished_translations(
    client: Client, site: BilingualSite
) -> None:
    page = published(StandardPageFactory(parent=site.home, title="Half"))
    translate(page, words={"half": "moitie"}, publish=False)
    StandardPageFactory(parent=site.home, title="Draft")
    listed = entries(client)
    assert "fr" not in listed["http://localhost/en/half/"]
    assert not [url for url in listed if "moitie" in url or "draft" in url]


def test_leaves_out_what_asks_for_a_login(client: Client, site: BilingualSite) -> None:
    page = published(StandardPageFactory(parent=site.home, title="Members"))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert not [url for url in entries(client) if "members" in url]


def test_an_alias_of_another_languages_text_is_no_translation(
    client: Client, site: BilingualSite
) -> None:
    page = published(StandardPageFactory(parent=site.home, title="English"))
    page.copy_for_translation(site.home_fr.locale, alias=True)
    assert [url for url in entries(client) if "english" in url] == ["http://localhost/en/english/"]


def test_each_host_lists_its_own_site(client: Client, site: BilingualSite) -> None:
    bilingual_site("other.example")
    assert all(url.startswith("http://localhost/") for url in entries(client))
    other = entries(client, host="other.example")
    assert other
    assert all(url.startswith("http://other.example/") for url in other)


@pytest.mark.parametrize("children", [3, 30])
def test_asks_the_same_few_questions_however_many_pages(
    client: Client, site: BilingualSite, django_assert_num_queries, children: int
) -> None:
    for number in range(children):
        StandardPageFactory(parent=site.home, title=f"Page {number}", live=True)
    Page.objects.get(pk=site.home.pk).get_url()  # the addresses' roots are cached
    with django_assert_num_queries(9):  # two of the library, one of languages
        assert len(entries(client)) == 4 + children
