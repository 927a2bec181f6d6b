"""Words in another language than their page: found where they are plain, silent in doubt."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks.languages import FUNCTION_WORDS, foreign_part, seems_to_be

DATA = Path("tests/data")
ENGLISH = "The people who take part are told what is done with their ideas."
FRENCH = "Les personnes qui participent sont informées des suites de la consultation."


def test_a_sentence_among_others_is_found() -> None:
    for own, foreign, page, language in (
        (ENGLISH, FRENCH, "en", "fr"),
        (FRENCH, ENGLISH, "fr", "en"),
    ):
        paragraph = f"{own} {own} {foreign} {own}"
        assert foreign_part(paragraph, page) == (foreign, language)
        assert foreign_part(f"{own} {own}", page) is None


def test_what_is_quoted_within_a_sentence_is_found() -> None:
    said = "The minister said “il faut que les citoyens soient entendus par nous”, and he left."
    assert foreign_part(said, "en") == ("il faut que les citoyens soient entendus par nous", "fr")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The Commission nationale de l’informatique et des libertés answers for it."),
        ("en", "We read Le Monde, Les Échos and La Croix."),
        ("fr", "Le rapport The State of AI in the World est cité par les experts."),
        ("fr", "Le label Made in France for the World."),
        ("en", "Vive la différence !"),
        ("fr", "Machine learning, deep learning, data, cloud, open source, big data."),
    ],
)
def test_names_and_a_few_words_of_another_language_are_left_alone(
    language: str, words: str
) -> None:
    assert foreign_part(words, language) is None


def proposals() -> list[str]:
    with (DATA / "french-proposals/proposals.csv").open() as file:
        return [row["proposal"] for row in csv.DictReader(file)]


def comments() -> list[str]:
    found = []
    for path in sorted(DATA.glob("polis/*/comments.csv")):
        with path.open() as file:
            found += [row["comment-body"] for row in csv.DictReader(file)]
    return found


def test_of_nineteen_thousand_real_texts_none_is_taken_for_the_other_language() -> None:
    french, english = proposals(), comments()
    assert len(french) + len(english) > 19_000
    assert [words for words in french if foreign_part(words, "fr")] == []
    assert [words for words in english if foreign_part(words, "en")] == []
    # And most are found where they don't belong; what is short says too little.
    assert sum(foreign_part(words, "en") is not None for words in french) > 0.95 * len(french)
    assert sum(foreign_part(words, "fr") is not None for words in english) > 0.8 * len(english)


def test_no_word_is_a_sign_of_two_languages() -> None:
    assert not FUNCTION_WORDS["en"] & FUNCTION_WORDS["fr"]


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "de"]))
def test_any_words_have_an_answer(words: str, language: str) -> None:
    assert seems_to_be(words, language) != language
    found = foreign_part(words, language)
    assert found is None or found[1] != language


@given(st.lists(st.sampled_from(sorted(FUNCTION_WORDS["fr"])), min_size=3, max_size=40))
def test_a_page_is_never_said_to_be_in_its_own_language(words: list[str]) -> None:
    assert foreign_part(" ".join(words), "fr") is None
