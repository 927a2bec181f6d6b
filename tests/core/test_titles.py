"""Words of people in titles: whole words, one line, never half a sign."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from core.templatetags.titles import LONGEST, shortened
from tests.factories import bilingual_site, debate_row, idea

LONG = "We should ask every school to teach how images are made, so that nobody is fooled by them."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("We should plant trees.", "We should plant trees."),
        ("We should\n plant   trees.", "We should plant trees."),
        (LONG, "We should ask every school to teach how images are made, so that…"),
        ("a" * 69 + " b", "a" * 69 + "…"),
        ("a" * 70 + " b", "a" * 70 + "…"),
        ("é" * 80, "é" * 70 + "…"),
    ],
)
def test_a_title_ends_after_a_whole_word(text: str, title: str) -> None:
    assert shortened(text) == title


def test_a_sign_made_of_several_is_never_cut() -> None:
    family = "👩‍👩‍👧"
    assert shortened(family * (LONGEST + 5)) == family * LONGEST + "…"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "label"), [("en", "Idea: "), ("fr", "Idée\u00a0: ")])
def test_an_idea_names_itself_in_the_title_of_its_page(
    client: Client, language: str, label: str
) -> None:
    debate = debate_row(bilingual_site().consultation)
    published = idea(debate, LONG.replace("images", "<i>images</i>"))
    address = {"en": f"/en/ideas/{published.pk}/", "fr": f"/fr/idees/{published.pk}/"}[language]
    title = BeautifulSoup(client.get(address).content, "html.parser").title
    assert title
    assert title.get_text().strip().startswith(f"{label}We should ask every school")
    assert "…" in title.get_text()
