"""Which words find which: stems and accents, in each language."""

import csv
import unicodedata
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from core.text_search import asked, configuration
from search.index import write
from search.models import Entry

PROPOSALS = Path(__file__).parents[1] / "data" / "french-proposals" / "proposals.csv"

pytestmark = pytest.mark.django_db


def stripped(text: str) -> str:
    """Without accents, as many people type."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def index(*texts: str, language: str = "fr") -> None:
    """Entries 1, 2… that say ``texts``."""
    source = """
    SELECT 'page' AS kind, n AS key, %(language)s::text AS language, '' AS title, said AS text
    FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS given (said, n)
    """
    write(source, texts=list(texts), language=language)


def finds(query: str, text: str, language: str) -> bool:
    """Whether ``query`` finds an entry that says ``text``."""
    index(text, language=language)
    return Entry.objects.filter(vector=asked(query, language)).exists()


def as_asked(typed: str) -> str:
    """The query that PostgreSQL makes of what a French reader typed."""
    return Locale.objects.annotate(query=asked(typed, "fr")).values_list("query", flat=True)[0]


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("numerique", "Le numérique pour tous", "fr"),
        ("NUMÉRIQUES", "le numérique pour tous", "fr"),
        ("ecole", "À l’École", "fr"),
        ("energies renouvelables", "L'énergie renouvelable", "fr"),
        ("oeuvre", "une œuvre", "fr"),
        ("citoyennes", "une convention citoyenne", "fr"),
        ("mangeait", "manger mieux", "fr"),
        ("porte parole", "un porte-parole", "fr"),
        ("porte-parole", "un porte parole", "fr"),
        ("planete", "pour la planète.Il faut agir", "fr"),
        ("planète.Il", "pour la planete.Il faut agir", "fr"),
        ('"tous les jours"', "manger tous les jours", "fr"),
        ("vélo or train", "prendre le train", "fr"),
        ("voting", "They voted", "en"),
        ("cafe", "The café", "en"),
        ("regulations", "to regulate", "en"),
    ],
)
def test_these_words_find_that_text(query: str, text: str, language: str) -> None:
    assert finds(query, text, language)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("train -vélo", "le train ou le vélo", "fr"),
        ('"jours tous"', "manger tous les jours", "fr"),
        ("énergie nucléaire", "l’énergie solaire", "fr"),
        ("mangeait", "manger mieux", "en"),
    ],
)
def test_these_words_do_not(query: str, text: str, language: str) -> None:
    assert not finds(query, text, language)


def proposals() -> list[str]:
    """What 18,690 people proposed, as they typed it."""
    with PROPOSALS.open(newline="", encoding="utf-8") as file:
        return [row["proposal"] for row in csv.DictReader(file)]


def test_proposals_have_the_same_words_with_and_without_accents() -> None:
    texts = proposals()[::5]
    index(*texts, *(stripped(text) for text in texts))
    vectors = list(Entry.objects.order_by("key").values_list("vector", flat=True))
    assert len(vectors) == 2 * len(texts)
    assert vectors[: len(texts)] == vectors[len(texts) :]


WORDS = sorted({word for text in proposals() for word in text.split() if not word.isascii()})


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_query_without_accents_asks_what_the_accented_one_asks(typed: str) -> None:
    assert as_asked(typed) == as_asked(stripped(typed)) != ""


def test_decomposed_accents_are_accents() -> None:
    assert finds("numerique", unicodedata.normalize("NFD", "le numérique"), "fr")


class TestAThirdLanguage:
    """It works when it is added to the settings, with no change of the code."""

    def test_without_a_stemmer_it_is_searched_by_whole_words(self) -> None:
        assert configuration("cy") == "other_site"
        assert finds("iaith", "Iaith a llên", "cy")
        assert not finds("ieithoedd", "iaith", "cy")

    def test_without_a_stemmer_accents_do_not_matter(self) -> None:
        assert finds("llen", "Iaith a llên", "cy")

    @override_settings(
        LANGUAGES=[("en", "English"), ("de", "German")], SEARCH_CONFIGURATIONS={"de": "german"}
    )
    def test_with_a_stemmer_named_in_the_settings_it_has_stems(self) -> None:
        assert finds("Fragen", "eine Frage", "de")

    @override_settings(SEARCH_CONFIGURATIONS={"pt": "portuguese"})
    def test_a_variant_is_read_as_its_language(self) -> None:
        assert configuration("pt-br") == "portuguese"
