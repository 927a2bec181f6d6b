"""``manage.py make_legal_pages``: drafts to complete, for a site, never touching what is there."""

from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from core.alternates import live_translations
from home.legal.facts import cookies
from home.legal.identity import legal_identity
from home.legal.pages import left_to_complete
from home.models import StandardPage
from submissions.models import Consultation
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    bilingual_site,
    bilingual_theme,
    published,
)
from tests.recalled import recalled

pytestmark = pytest.mark.django_db
PAGES = 6


@pytest.fixture
def where() -> BilingualSite:
    return bilingual_site()


def make(*options: str) -> str:
    """What the command says; what it makes of the same ground, it makes once."""
    return recalled(f"legal pages {options}", lambda: _make(*options), after="site")


def _make(*options: str) -> str:
    said = StringIO()
    call_command("make_legal_pages", *options, stdout=said)
    return said.getvalue()


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def legal(where: BilingualSite, key: str, language: str = "en") -> StandardPage:
    identity = legal_identity(where.home, key)
    return StandardPage.objects.get(translation_key=identity, locale__language_code=language)


def test_drafts_are_made_in_both_languages_with_what_is_known_and_what_is_left(
    where: BilingualSite,
) -> None:
    said = make()
    made = StandardPage.objects.all()
    assert made.count() == PAGES * 2
    assert not made.filter(live=True).exists()
    assert "Legal notice (draft)" in said
    assert "Mentions légales (fr): nom et fonction de la personne responsable" in said
    bodies = {
        (key, language): str(legal(where, key, language).get_latest_revision_as_object().body)
        for key in ("legal-notice", "privacy")
        for language in ("en", "fr")
    }
    assert "[to complete: " in bodies["legal-notice", "en"]
    assert "[à compléter : " in bodies["legal-notice", "fr"]
    for language in ("en", "fr"):
        assert "contact@example.org" in bodies["privacy", language]
        assert "The organisers" in bodies["privacy", language]
    assert "address to write to" not in {one.asked for one in left_to_complete(where.site)}


def test_making_them_twice_makes_nothing_and_touches_nothing(where: BilingualSite) -> None:
    make("--publish")
    page = legal(where, "privacy")
    page.title = "Our own"
    published(page)
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "live"))
    make()
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "live")) == before


def test_an_editors_own_page_at_that_address_is_kept(where: BilingualSite) -> None:
    own = published(StandardPageFactory(parent=where.home, title="Cookies", slug="cookies"))
    make("--publish")
    assert StandardPage.objects.filter(slug="cookies", locale=where.home.locale).get() == own


def test_another_site_has_pages_of_its_own(where: BilingualSite) -> None:
    other = bilingual_site("other.example.org")
    make("--publish")
    make("--publish", "--site", "other.example.org")
    assert legal(other, "privacy").get_parent().specific == other.home
    assert StandardPage.objects.count() == PAGES * 4


def test_an_unknown_site_is_refused_in_words(where: BilingualSite) -> None:
    with pytest.raises(CommandError, match="no such site"):
        make("--site", "nowhere.example.org")


def test_a_site_without_a_home_page_is_refused_in_words(where: BilingualSite) -> None:
    where.home.unpublish()
    with pytest.raises(CommandError, match="home page must be published"):
        make()


def test_published_pages_stand_in_the_footer_of_their_language(
    client: Client, where: BilingualSite
) -> None:
    make("--publish")
    english = [link.text for link in read(client, "/en/").select(".site-footer nav a")]
    assert english == [
        "Moderation charter",
        "Legal notice",
        "Privacy",
        "Accessibility: not compliant",
        "Cookies",
        "Site map",
        "Library of contributions",
        "Moderation register",
    ]
    french = [link["href"] for link in read(client, "/fr/").select(".site-footer nav a")]
    assert "/fr/mentions-legales/" in french and len(french) == PAGES + 2


def test_the_status_of_accessibility_is_said_in_one_place_for_all(
    client: Client, where: BilingualSite
) -> None:
    make("--publish")
    for status, english, french in (
        ("not_compliant", "not compliant", "non conforme"),
        ("partially_compliant", "partially compliant", "partiellement conforme"),
        ("totally_compliant", "totally compliant", "totalement conforme"),
    ):
        Consultation.objects.update(accessibility=status)
        assert f"Accessibility: {english}" in read(client, "/en/").select_one(".site-footer").text
        said = f"Accessibilité\u00a0: {french}"
        assert said in read(client, "/fr/").select_one(".site-footer").text
    statement = read(client, "/fr/accessibilite/")
    assert said in statement.main.text
    assert "Défenseur des droits" in statement.main.text


def test_the_page_on_cookies_names_every_cookie_by_its_setting(
    client: Client, where: BilingualSite
) -> None:
    make("--publish")
    for address in ("/en/cookies/", "/fr/cookies/"):
        page = read(client, address)
        named = [name.text for name in page.main.select("li b")]
        assert named == list(cookies().values())
    assert set(named) >= {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.PARTICIPANT_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
    }
    assert "365" in page.main.text and "14" in page.main.text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_site_map_lists_every_live_page_of_its_language(
    client: Client, where: BilingualSite, language: str
) -> None:
    bilingual_theme(where, title="Work")
    above = published(StandardPageFactory(parent=where.home, title="About"))
    published(StandardPageFactory(parent=above, title="Below"))
    make("--publish")
    home = live_translations(where.home)[language]
    live = home.get_descendants(inclusive=True).live()
    page = read(client, legal(where, "site-map", language).url)
    listed = {link["href"] for link in page.select("main nav a")}
    assert {one.url for one in live} <= listed
    assert len(listed) == live.count() + 4  # participation, library, register, search
    for address in listed:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_charter_leads_to_the_form_of_appeals_and_to_the_register(
    client: Client, where: BilingualSite, language: str
) -> None:
    make("--publish")
    charter = read(client, legal(where, "moderation", language).url).find(id="main")
    links = {link["href"] for link in charter.find_all("a")}
    with translation.override(language):
        assert {reverse("submissions:participation"), reverse("submissions:register")} <= links
    assert "quote the number of your idea" not in charter.text
