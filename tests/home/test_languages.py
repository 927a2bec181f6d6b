"""A language is added, shown to the public and hidden in the admin; all that it still lacks."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page

from core.models import PageTranslation
from home.workplace.standing import Level, Standing
from submissions.models import Consultation
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    debate_block,
    debate_row,
    idea,
    published,
    questionnaire_block,
    translate,
)

THREE = [("en", "English"), ("fr", "French"), ("de", "German")]


@pytest.fixture
def where(db: None) -> BilingualSite:
    site = bilingual_site()
    call_command("prepare_site")
    return site


@pytest.fixture
def german(settings: Any) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = THREE


def of(where: BilingualSite) -> list[str]:
    return Consultation.objects.get(pk=where.consultation.pk).languages


def lacks(client: Client, language: str) -> dict[str, Any]:
    """Each part of the page of a language, by its title."""
    page = client.get(reverse("workplace:language", args=[language]))
    return {str(part.title): part for part in page.context["row"]["parts"]}


def test_a_third_language_from_the_first_press_to_the_public(
    admin_client: Client, where: BilingualSite, german: None
) -> None:
    address = reverse("workplace:language", args=["de"])
    assert admin_client.get(reverse("workplace:languages")).status_code == 200
    assert admin_client.get(address).status_code == 200
    admin_client.post(address, {"deed": "add"})
    locale = Locale.objects.get(language_code="de")
    translators = Group.objects.get(name="Translators: German")
    assert not GroupPagePermission.objects.filter(group=translators).exists()
    admin_client.post(address, {"deed": "show"})
    assert "de" not in of(where), "without a home page nothing is shown"

    # The page of the language leads to the view that sends the home page to translation.
    sends = reverse("wagtail_localize:submit_page_translation", args=[where.home.pk])
    assert sends in admin_client.get(address).content.decode()
    admin_client.post(sends, {"locales": [locale.pk]})
    home = where.home.get_translation(locale)
    assert GroupPagePermission.objects.filter(group=translators, page=home).exists()
    assert not home.live
    client = Client()
    assert client.get("/de/").status_code == 404

    parts = lacks(admin_client, "de")
    assert parts["Words of the interface"].count > 1000
    assert parts["Words of consents"].count == 4
    assert any("is not translated" in lack.sentence for lack in parts["Pages"].lacks)
    home.title, home.slug = "Beratung", "beratung"
    home.save_revision().publish()
    assert client.get("/de/").status_code == 404, "hidden until somebody shows it"
    admin_client.post(address, {"deed": "show"})
    assert of(where) == ["en", "fr", "de"]
    assert client.get("/de/").status_code == 200
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    assert page.select("nav.languages a[hreflang=de]")
    assert page.select("link[rel=alternate][hreflang=de]")
    assert "/de/" in client.get("/sitemap.xml").content.decode()
    admin_client.post(address, {"deed": "hide"})
    assert of(where) == ["en", "fr"]
    assert client.get("/de/").status_code == 404


def test_every_language_of_the_installation_has_a_locale(
    where: BilingualSite, german: None
) -> None:
    call_command("prepare_site")
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "fr", "de"}
    assert of(where) == ["en", "fr"], "it is not shown by that"


def test_the_last_language_stays(admin_client: Client, where: BilingualSite) -> None:
    for code in ("fr", "en"):
        admin_client.post(reverse("workplace:language", args=[code]), {"deed": "hide"})
    assert of(where) == ["en"]


def test_the_settings_of_the_consultation_show_no_language(
    admin_client: Client, where: BilingualSite, german: None
) -> None:
    address = reverse("wagtailsettings:edit", args=["submissions", "consultation", where.site.pk])
    form = BeautifulSoup(admin_client.get(address).content, "html.parser")
    assert not form.select("[name=languages]")
    values = {
        "controller": "The ministry",
        "moderation_hours": 48,
        "preview_days": 7,
        "newcomers_shown": 10,
        "accessibility": "not_compliant",
        "languages": ["de"],
    }
    assert admin_client.post(address, values).status_code == 302
    assert Consultation.objects.get(pk=where.consultation.pk).controller == "The ministry"
    assert of(where) == ["en", "fr"]


def test_wagtails_locales_lead_to_the_languages(admin_client: Client, where: BilingualSite) -> None:
    german = Locale.objects.create(language_code="de")
    for name, args in (("index", []), ("add", []), ("edit", [german.pk]), ("delete", [german.pk])):
        address = reverse(f"wagtaillocales:{name}", args=args)
        for answer in (admin_client.get(address), admin_client.post(address)):
            assert answer["Location"] == reverse("workplace:languages")
    assert Locale.objects.filter(pk=german.pk).exists()
    assert reverse("wagtaillocales:index") not in admin_client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("Organisers", True),
        ("Editors", False),
        ("Reviewers", False),
        ("Translators: French", False),
        ("Publishers: French", False),
        ("Moderators: French", False),
    ],
)
def test_languages_are_for_the_organisers(
    client: Client, where: BilingualSite, role: str, may: bool
) -> None:
    user = User.objects.create_user("somebody", password="x")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    shown = reverse("workplace:languages")
    one = reverse("workplace:language", args=["fr"])
    assert client.get(shown).status_code == (200 if may else 302)
    assert client.get(one).status_code == (200 if may else 302)
    assert (shown in client.get("/admin/").content.decode()) is may
    client.post(one, {"deed": "hide"})
    assert of(where) == (["en"] if may else ["en", "fr"])


def organiser() -> User:
    user = User.objects.create_user("organiser", password="x")
    user.groups.add(Group.objects.get(name="Organisers"))
    return user


def test_an_organiser_is_led_to_no_page_that_they_may_not_edit(
    client: Client, where: BilingualSite
) -> None:
    published(StandardPageFactory(parent=where.home, title="Background"))
    user = organiser()
    client.force_login(user)
    [lack] = lacks(client, "fr")["Pages"].lacks
    assert (lack.sentence, lack.url) == ("“Background” was not sent to translation.", "")
    user.groups.add(Group.objects.get(name="Editors"))
    assert lacks(client, "fr")["Pages"].lacks[0].url


def test_how_far_the_translation_of_a_page_is(where: BilingualSite) -> None:
    source = published(StandardPageFactory(parent=where.home, title="Background"))

    def level() -> Level | None:
        found = Standing(where.site).behind_of(source.translation_key, "fr")
        return found.level if found else None

    assert level() is Level.NOT_SENT
    page = translate(source, publish=False)
    works = PageTranslation.objects.of(page)
    for state in (Level.NEW, Level.IN_PROGRESS, Level.READY):
        works.update(state=state)
        assert level() is state
    page.get_latest_revision().publish()
    assert level() is None
    works.update(source_changed_at=where.consultation.opens_at)
    assert level() is Level.CHANGED
    works.update(source_changed_at=None)
    Page.objects.get(pk=page.pk).unpublish()
    assert level() is Level.READY


def test_the_forms_of_one_page_are_told_apart(client: Client, where: BilingualSite) -> None:
    body = [debate_block(title="Your ideas"), questionnaire_block(title="")]
    published(ThemePageFactory(parent=where.themes, title="Clean air", body=body))
    client.force_login(organiser())
    assert {lack.sentence for lack in lacks(client, "fr")["Labels of forms"].lacks} == {
        "“Clean air – Your ideas” has no labels.",
        "“Clean air – questionnaire” has no labels.",
    }


def test_the_list_costs_the_same_however_much_there_is(
    client: Client, where: BilingualSite, settings: Any
) -> None:
    address = reverse("workplace:languages")
    client.force_login(organiser())

    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    debate = debate_row(where.consultation, live_languages=["en"])
    idea(debate, "We should plant a tree.")
    bilingual_theme(where, ("debate", {}))
    published(StandardPageFactory(parent=where.home, title="Not sent"))
    few = asked()
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*THREE, ("es", "Spanish")]
    for code in ("de", "es"):
        Locale.objects.create(language_code=code)
    for number in range(4):
        published(StandardPageFactory(parent=where.home, title=f"Page {number}"))
        idea(debate_row(where.consultation, live_languages=["en"]), f"We should plant {number}.")
    assert asked() == few
