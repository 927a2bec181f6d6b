"""Editors choose a theme's colour by its name and by what it looks like."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from core.accents import ACCENTS
from tests.factories import ThemePageFactory, bilingual_site
from themes.models import Accent

pytestmark = pytest.mark.django_db


def edited(client: Client, language: str = "en") -> BeautifulSoup:
    """The admin's page on which a theme in plum is edited."""
    page = ThemePageFactory(parent=bilingual_site().themes, accent="plum")
    staff = get_user_model().objects.create_superuser("editor")
    UserProfile.objects.create(user=staff, preferred_language=language)
    client.force_login(staff)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return BeautifulSoup(response.content, "html.parser")


def test_each_colour_is_a_radio_button_with_its_name_and_itself(client: Client) -> None:
    group = edited(client).select_one('[role="radiogroup"]')
    assert group["aria-label"] == "Colour"
    options = {label.text.strip(): label for label in group.select("label")}
    assert list(options) == [str(accent.label) for accent in Accent]
    for accent in Accent:
        label = options[str(accent.label)]
        assert label.input["value"] == accent.value
        assert label["for"] == label.input["id"]
        assert label.svg["aria-hidden"] == "true"
        assert label.svg.rect["fill"] == ACCENTS[accent.value].plain
    assert [one["value"] for one in group.select("input[checked]")] == ["plum"]


def test_colours_have_french_names(client: Client) -> None:
    group = edited(client, "fr").select_one('[role="radiogroup"]')
    assert group["aria-label"] == "Couleur"
    assert [label.text.strip() for label in group.select("label")][:2] == [
        "Indigo",
        "Bleu sarcelle",
    ]


def test_the_editor_is_told_what_the_picture_needs(client: Client) -> None:
    assert "focal point" in edited(client).select_one("[data-contentpath=picture]").text
