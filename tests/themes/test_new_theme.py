"""A new theme page: what stands in it before its editor has written a word."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories import bilingual_site

pytestmark = pytest.mark.django_db


def offered(client: Client, parent: Any) -> BeautifulSoup:
    """The form for a new theme below ``parent``."""
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "x"))
    answer = client.get(f"/admin/pages/add/themes/themepage/{parent.pk}/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_it_has_room_for_text_a_debate_and_a_questionnaire(client: Client) -> None:
    page = offered(client, bilingual_site().themes)
    body = page.select_one("#body[data-w-block-arguments-value]")["data-w-block-arguments-value"]
    places = [body.index(f'"type": "{kind}"') for kind in ("text", "debate", "questionnaire")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "What do you propose on this theme, and why?"),
        ("fr", "Que proposez-vous sur ce"),
    ],
)
def test_its_question_is_in_the_language_of_the_page(
    client: Client, language: str, question: str
) -> None:
    where = bilingual_site()
    page = offered(client, where.themes if language == "en" else where.themes_fr)
    assert question in page.select_one("#body")["data-w-block-arguments-value"]
