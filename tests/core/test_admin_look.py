"""The admin bears the project's name and colours; whoever signs in chooses the language."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from core.staff_language import way_back
from tests.factories import bilingual_site
from tests.fixtures.browser import OpenPage

PASSWORD = "a-password-for-tests"
HOSTILE = [  # case 54
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/admin/",
    "http://testserver@evil.example/",
    "javascript:alert(1)",
    "\t//evil.example",
    "/\t/evil.example",
    "/admin/\r\nSet-Cookie: a=b",
    "/admin/\\..\\\\evil.example",
    "/admin/..//evil.example",
    "/en/",
    "",
]


def soup(response: Any) -> Any:
    """Untyped: what is looked for and not found fails the test anyway."""
    return BeautifulSoup(response.content, "html.parser")


def switch(code: str, back: str) -> str:
    return f"{reverse('staff_language', args=[code])}?next={back}"


def test_colours_are_legible_by_day_and_by_night() -> None:
    """The pairs that Wagtail's stylesheet makes of our colours, by WCAG's formula."""
    sheet = (settings.SITE_DIR / "static/staff/look.css").read_text()
    named = dict(re.findall(r"(--w-color-[a-z0-9-]+): (#[0-9a-f]{6})", sheet))

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    def contrast(one: str, other: str) -> float:
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    night = "#262626"  # Wagtail's page, dark theme
    assert contrast(named["--w-color-secondary-400"], "#ffffff") > 4.5
    assert contrast(named["--w-color-secondary-100"], night) > 4.5
    assert contrast(named["--w-color-secondary-75"], night) > 4.5
    assert contrast(named["--w-color-focus"], "#ffffff") > 3
    assert contrast(named["--w-color-focus"], night) > 3


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_way_back_stays_in_the_admin(hostile: str) -> None:
    assert way_back(hostile) == "/admin/login/"


def test_the_way_back_keeps_where_one_was_going() -> None:
    assert way_back("/admin/login/?next=%2Fadmin%2Fpages%2F3%2F") == (
        "/admin/login/?next=%2Fadmin%2Fpages%2F3%2F"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading", "label"),
    [("en", "Sign in to Polyphony", "Password"), ("fr", "Connexion à Polyphony", "Mot de passe")],
)
def test_the_browser_says_the_language_until_somebody_chooses(
    client: Client, language: str, heading: str, label: str
) -> None:
    page = soup(client.get("/admin/login/", headers={"accept-language": language}))
    assert page.html["lang"] == language
    assert page.h1.get_text(strip=True) == heading
    assert label in page.find("label", attrs={"for": "id_password"}).get_text()
    links = page.select(".staff-languages a")
    assert [(a["lang"], a.get_text()) for a in links] == [("en", "English"), ("fr", "Français")]
    assert [a["lang"] for a in links if a.has_attr("aria-current")] == [language]


@pytest.mark.django_db
def test_the_switch_keeps_the_destination_and_the_choice(client: Client) -> None:
    page = soup(client.get("/admin/login/?next=/admin/pages/"))
    french = page.select_one('.staff-languages a[lang="fr"]')["href"]
    response = client.get(french, headers={"accept-language": "en"})
    assert response["Location"] == "/admin/login/?next=/admin/pages/"
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    page = soup(client.get(response["Location"], headers={"accept-language": "en"}))
    assert page.html["lang"] == "fr"
    assert page.find("input", attrs={"name": "next"})["value"] == "/admin/pages/"


@pytest.mark.django_db
def test_errors_are_said_in_the_language_and_the_destination_is_kept(client: Client) -> None:
    client.get(switch("fr", "/admin/login/"))
    wrong = {"username": "ada", "password": "wrong", "next": "/admin/pages/"}
    page = soup(client.post("/admin/login/", wrong))
    assert "ne correspondent à aucun utilisateur" in page.select_one(".messages").get_text()
    english = page.select_one('.staff-languages a[lang="en"]')["href"]
    back = client.get(english)["Location"]
    assert back == "/admin/login/?next=%2Fadmin%2Fpages%2F"


@pytest.mark.django_db
def test_a_language_that_the_admin_does_not_speak_is_a_404(client: Client) -> None:
    assert client.get(switch("de", "/admin/login/")).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("hostile", HOSTILE[:-2])
def test_signing_in_leads_nowhere_but_to_the_site(client: Client, hostile: str) -> None:
    User.objects.create_superuser("ada", "ada@example.org", PASSWORD)
    response = client.post(
        "/admin/login/", {"username": "ada", "password": PASSWORD, "next": hostile}
    )
    assert response.status_code == 302
    where = urlsplit(urljoin("http://testserver/", response["Location"].replace("\\", "/")))
    assert (where.scheme, where.netloc) == ("http", "testserver")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("en", "Password reset", "Please follow the link below"),
        ("fr", "Réinitialisation de mot de passe", "Suivez ce lien pour changer"),
    ],
)
def test_a_forgotten_password_is_mended_in_the_language_that_was_chosen(
    client: Client, language: str, subject: str, sentence: str
) -> None:
    User.objects.create_superuser("ada", "ada@example.org", PASSWORD)
    client.get(switch(language, "/admin/password_reset/"))
    page = soup(client.get("/admin/password_reset/"))
    assert page.html["lang"] == language
    assert len(page.select(".staff-languages a")) == 2
    sent = client.post("/admin/password_reset/", {"email": "ada@example.org"}, follow=True)
    assert soup(sent).html["lang"] == language
    letter = mail.outbox[0]
    assert letter.subject == subject
    assert sentence in letter.body
    link = re.search(r"/admin/password_reset/confirm/\S+", str(letter.body))
    assert link
    page = soup(client.get(link[0], follow=True))
    assert page.html["lang"] == language
    assert page.find("input", attrs={"name": "new_password1"})


@pytest.mark.django_db
def test_the_admin_bears_the_projects_name_and_mark(admin_client: Client) -> None:
    page = soup(admin_client.get("/admin/"))
    assert page.title.get_text(strip=True).endswith("- Polyphony")
    assert page.h1.get_text(strip=True) == "Welcome to Polyphony"
    icons = [link["href"] for link in page.find_all("link", rel="icon")]
    assert icons[0] == "/static/icons/mark.svg"
    assert "wagtailadmin/images/favicon" not in str(page)
    assert "staff-mark" in str(
        page.find("template", attrs={"data-wagtail-sidebar-branding-logo": True})
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "button"), [("en", "Sign in"), ("fr", "S'identifier")])
def test_axe_finds_nothing_where_one_signs_in(
    live_server: LiveServer,
    open_page: OpenPage,
    axe: Callable[..., None],
    scheme: str,
    language: str,
    button: str,
) -> None:
    bilingual_site()
    tab = open_page(locale=language, color_scheme=scheme, viewport={"width": 320, "height": 640})
    tab.goto(f"{live_server.url}/admin/login/")
    expect(tab.locator("html")).to_have_attribute("lang", language)
    axe(tab)
    tab.locator("[name=username]").fill("nobody")
    tab.locator("[name=password]").fill("wrong")
    tab.get_by_role("button", name=button).click()
    expect(tab.locator(".messages .error")).to_be_visible()
    axe(tab)
    tab.goto(f"{live_server.url}/admin/password_reset/")
    axe(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_a_hostile_destination_is_not_followed_by_a_browser(
    live_server: LiveServer, page: Tab
) -> None:
    bilingual_site()
    for hostile in ("//evil.example", "/%5Cevil.example", "%09//evil.example", "/%09/evil.example"):
        page.goto(f"{live_server.url}/admin/language/fr/?next={hostile}")
        assert page.url == f"{live_server.url}/admin/login/"
