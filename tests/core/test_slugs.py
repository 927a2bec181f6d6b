"""Addresses made of titles, wherever the title is typed."""

import json

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    String,
    StringTranslation,
    TranslatableObject,
    TranslationContext,
)
from wagtail_localize.strings import StringValue

from core.slugs import LONGEST, slugify
from home.models import StandardPage
from tests.factories import bilingual_site


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’eau à l’été", "l-eau-a-l-ete"),
        ("L'eau à l'été", "l-eau-a-l-ete"),
        ("Au cœur de l’Œuvre", "au-coeur-de-l-oeuvre"),
        ("Qu’est-ce que l’IA ?", "qu-est-ce-que-l-ia"),
        ("« L’IA »", "l-ia"),
        ("IA – travail/emploi", "ia-travail-emploi"),
        ("Future of work", "future-of-work"),
        ("Ελλάδα", "ellada"),
        ("?!", ""),
    ],
)
def test_a_title_makes_a_readable_address(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.text())
def test_an_address_is_plain_bounded_and_stable(title: str) -> None:
    slug = slugify(title)
    assert slug.isascii()
    assert len(slug) <= LONGEST
    assert not {"'", "/", " "} & set(slug)
    assert slugify(slug) == slug


@pytest.mark.django_db
def test_a_page_saved_without_a_slug_gets_one() -> None:
    parent = Page.objects.get(depth=1)
    first = parent.add_child(instance=StandardPage(title="L’eau à l’été", slug=""))
    second = parent.add_child(instance=StandardPage(title="L'eau à l'été", slug=""))
    assert first.slug == "l-eau-a-l-ete"
    assert second.slug == "l-eau-a-l-ete-2"


def test_the_page_form_knows_the_rule() -> None:
    form = StandardPage.get_edit_handler().get_form_class()
    formatters = json.loads(form.base_fields["slug"].widget.attrs["data-w-slug-formatters-value"])
    ((pattern, _flags), replacement), *others = formatters
    assert replacement == "-"
    assert not others
    assert "'" in pattern
    assert "’" in pattern


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "saved"),
    [("slug", "l-eau-a-l-ete-rd"), ("title", "L’eau à l’été : R&amp;D")],
)
def test_a_translated_slug_is_one_as_soon_as_it_is_saved(path: str, saved: str) -> None:
    english, french = (Locale.objects.get_or_create(language_code=c)[0] for c in ("en", "fr"))
    page = TranslatableObject.objects.create(
        translation_key="8f1f0f0e-0000-4000-8000-000000000001",
        content_type=ContentType.objects.get_for_model(StandardPage),
    )
    translated = StringTranslation.objects.create(
        translation_of=String.from_value(english, StringValue.from_plaintext("water-in-summer")),
        context=TranslationContext.objects.create(object=page, path=path),
        locale=french,
        data="L’eau à l’été : R&amp;D",
    )
    translated.refresh_from_db()
    assert translated.data == saved


@pytest.mark.django_db(transaction=True)
def test_the_page_form_proposes_the_address_as_the_title_is_typed(
    live_server: LiveServer, client: Client, page: BrowserPage
) -> None:
    home = bilingual_site().home
    client.force_login(
        get_user_model().objects.create_superuser("editor"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.goto(
        live_server.url + reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    )
    page.locator("[name=title]").press_sequentially("L’eau à l'été")
    page.locator("[name=title]").blur()
    expect(page.locator("[name=slug]")).to_have_value("l-eau-a-l-ete")
