"""The legal pages as written: both languages, blanks that ask for something, French as we store it.

Nothing here needs the database.
"""

import re

import pytest
from django.urls import reverse

from home.bilingual import LANGUAGES
from home.legal.facts import cookies, facts
from home.legal.texts import BLANK, FOLDER, LEFT, asked, filled, legal_texts
from submissions.models import RefusalReason
from tests.home.demo_texts import DEMO, read
from tests.home.test_demo_content import Tags

WRITTEN = [read(path) for path in sorted((FOLDER / "texts").glob("*.toml"))]
SECTIONS = [one["html"] for text in WRITTEN for one in text["sections"]]
DEMONSTRATION = read(DEMO / "legal.toml")
COMPUTED = {
    *cookies(),
    "participant_days",
    "draft_days",
    "csrf_days",
    "session_days",
    "moderation_hours",
}


def blanks() -> set[str]:
    return {name for html in SECTIONS for words in html.values() for name in BLANK.findall(words)}


def test_the_pages_are_those_that_are_owed() -> None:
    assert [text.key for text in legal_texts(facts(None))] == [
        "moderation",
        "legal-notice",
        "privacy",
        "accessibility",
        "cookies",
        "site-map",
    ]


def test_every_text_stands_in_both_languages_in_the_same_shape() -> None:
    for html in SECTIONS:
        assert set(html) == set(LANGUAGES)
        english, french = Tags(html["en"]), Tags(html["fr"])
        assert english.balanced and french.balanced
        assert (english.opened, english.links) == (french.opened, french.links)
        assert sorted(BLANK.findall(html["en"])) == sorted(BLANK.findall(html["fr"]))


def test_every_blank_is_asked_for_or_computed() -> None:
    assert blanks() == set(asked()) | COMPUTED
    assert not set(asked()) & COMPUTED


def test_the_demonstration_fills_every_blank_that_is_asked_for() -> None:
    assert set(DEMONSTRATION) == set(asked())
    assert all(
        set(words) == set(LANGUAGES) for words in [*DEMONSTRATION.values(), *asked().values()]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_that_is_not_known_is_marked_to_complete(language: str) -> None:
    said = filled("<p>{host}</p>", {}, language)
    assert LEFT.findall(said) == [asked()["host"][language]]
    assert filled("<p>{host}</p>", {"host": {language: "Here"}}, language) == "<p>Here</p>"


def test_links_lead_to_legal_pages_or_out() -> None:
    keys = {f"page:{text['key']}" for text in WRITTEN}
    for html in SECTIONS:
        for link in Tags(html["en"]).links:
            view = link.removeprefix("view:")
            known = link in keys or (view != link and reverse(f"submissions:{view}"))
            assert known or link.startswith("https://"), link


def test_french_is_stored_with_ordinary_spaces_and_typographic_apostrophes() -> None:
    stored = [html["fr"] for html in SECTIONS]
    stored += [words["fr"] for words in [*DEMONSTRATION.values(), *asked().values()]]
    for text in stored:
        assert not re.search("[\u00a0\u202f]", text), text
        assert "'" not in text and "·" not in text, text
        words = re.sub(r"<[^>]*>", "", text)
        assert not re.search(r"\S[;:!?»]|«\S", words), text


def test_the_charter_gives_as_many_reasons_as_moderators_have() -> None:
    charter = next(text for text in WRITTEN if text["key"] == "moderation")
    reasons = Tags(charter["sections"][1]["html"]["en"]).opened.count("li")
    assert reasons == len(RefusalReason)
