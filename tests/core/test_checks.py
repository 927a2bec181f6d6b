"""What the editor is told to mend on a page, and what is left alone."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale, Page

from core.checks import Finding, findings
from core.checks.reading import Place, Written
from home.demonstration.pages import make_pages
from home.models import StandardPage
from tests.factories import bilingual_site, document

pytestmark = pytest.mark.django_db  # a page knows its type by the database


def page_in(language: str, body: list[Any] | None = None, **fields: Any) -> StandardPage:
    """A page that is in no tree."""
    page = StandardPage(title=fields.pop("title", "A page"), **fields)
    page.locale = Locale(language_code=language)
    page.body = body or []
    return page


def rich(html: str, language: str = "en") -> list[Finding]:
    """What is said of one block of text."""
    return findings(page_in(language, [("text", html)]))


def kinds(found: list[Finding]) -> list[str]:
    return [one.kind for one in found]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "click here"),
        ("en", "Here."),
        ("en", "Read more…"),
        ("fr", "Cliquez ici"),
        ("fr", "en savoir plus"),
        ("en", ""),
    ],
)
def test_a_link_that_says_nothing_is_told(language: str, words: str) -> None:
    found = rich(f'<p>Well. <a href="https://example.org/">{words}</a></p>', language)
    assert kinds(found) == ["vague_link"]


@pytest.mark.parametrize("words", ["https://example.org/a", "www.example.org"])
def test_a_link_whose_words_are_an_address_is_told(words: str) -> None:
    assert kinds(rich(f'<p><a href="https://example.org/">{words}</a></p>')) == ["address_as_link"]


@pytest.mark.parametrize("words", ["The summary of 2025", "More about votes", "Ici et là-bas"])
def test_a_link_that_says_where_it_leads_is_in_order(words: str) -> None:
    assert rich(f'<p><a href="https://example.org/">{words}</a></p>') == []


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "A word , then another.", "space"),
        ("en", "A word,then another.", "space"),
        ("en", "Two  spaces.", "space"),
        ("en", "And so on...", "dots"),
        ("fr", 'Il dit "oui".', "quotes"),
        ("fr", "L'eau.", "apostrophe"),
    ],
)
def test_slips_of_typing_are_told_with_the_words_around(
    language: str, text: str, kind: str
) -> None:
    [found] = rich(f"<p>{text}</p>", language)
    assert found.kind == kind
    assert any(word in found.found for word in text.split())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Pourquoi ? Parce que : « oui » !"),  # set at output
        ("fr", "À 12,5 % le 1,2."),
        ("en", "It's 1,000.50 at 17:05, i.e. now."),
        ("en", 'They said "no".'),
    ],
)
def test_what_is_set_at_output_or_right_is_left_alone(language: str, text: str) -> None:
    assert rich(f"<p>{text}</p>", language) == []


def test_long_sentences_paragraphs_and_titles_are_told_with_their_length() -> None:
    long = " ".join(["word"] * 46) + "."
    assert kinds(rich(f"<p>{long}</p>")) == ["long_sentence"]
    assert "46" in rich(f"<p>{long}</p>")[0].found
    many = " ".join(["Ten words are in this sentence of mine and yours."] * 16)
    assert kinds(rich(f"<p>{many}</p>")) == ["long_paragraph"]
    assert kinds(rich(f"<p>{many[:500]}</p><p>{many[:500]}</p>")) == []
    assert kinds(findings(page_in("en", title="T" * 111))) == ["long_title"]


def test_words_in_the_other_language_are_told() -> None:
    english = "<p>The people who take part in this consultation are told what is done with it.</p>"
    french = "<p>Les personnes qui participent à la consultation sont informées des suites.</p>"
    assert kinds(rich(english, "fr")) == ["other_language"]
    assert kinds(rich(french, "en")) == ["other_language"]
    assert rich(english, "en") == rich(french, "fr") == []


def test_a_statement_that_says_its_language_is_read_in_it() -> None:
    words = "Les personnes qui participent à la consultation sont informées des suites."
    said = {"words": words, "person": "Ada"}
    assert kinds(findings(page_in("en", [("statement", said)]))) == ["other_language"]
    assert findings(page_in("en", [("statement", said | {"language": "fr"})])) == []


@pytest.mark.parametrize(("words", "found"), [("Here", ["vague_link"]), ("Read the law", [])])
def test_the_link_of_a_call_says_where_it_leads(words: str, found: list[str]) -> None:
    call = {"title": "More", "link_text": words, "url": "https://example.org/"}
    assert kinds(findings(page_in("en", [("call_to_action", call)]))) == found


def test_the_whole_demonstration_is_in_order() -> None:
    call_command("prepare_site", verbosity=0)
    for title in make_pages():
        assert title
    pages = Page.objects.filter(depth__gt=1).specific()
    assert pages.count() > 20
    assert {str(page): findings(page) for page in pages if findings(page)} == {}


def test_a_place_names_the_block_and_leads_to_it() -> None:
    page = page_in(
        "en",
        [
            ("text", "<p>In order.</p>"),
            (
                "questions_answers",
                {"title": "", "pairs": [{"question": "Why  so?", "answer": "<p>Yes.</p>"}]},
            ),
        ],
    )
    block_id = str(uuid4())
    page.body[1].id = block_id
    [found] = findings(page)
    assert str(found.place) == "2. Questions and answers – 1 – Question"
    assert found.anchor == f"#block-{block_id}-section"


def test_a_link_to_a_page_without_translation_is_told_and_one_with_is_not() -> None:
    home = bilingual_site().home
    english = home.add_child(instance=StandardPage(title="Charter", locale=home.locale))
    html = f'<p>See <a linktype="page" id="{english.pk}">the charter of moderation</a>.</p>'
    french = StandardPage(title="Une page", locale=Locale.objects.get(language_code="fr"))
    french.body = [("text", html)]
    [found] = findings(french)
    assert found.kind == "other_tree"
    assert "Charter" in found.found
    english.copy_for_translation(french.locale, copy_parents=True).save_revision().publish()
    assert findings(french) == []


def test_a_video_without_captions_or_transcript_is_told() -> None:
    film = document(name="film.mp4")
    bare = {"title": "Film", "file": film}
    whole = bare | {"captions": document(name="film.vtt"), "transcript": "<p>All is said.</p>"}
    elsewhere = {"title": "Film", "url": "https://example.org/"}
    assert kinds(findings(page_in("en", [("video", bare)]))) == ["captions", "transcript"]
    assert kinds(findings(page_in("en", [("video", elsewhere)]))) == ["transcript"]
    assert findings(page_in("en", [("video", whole)])) == []


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "de"]))
def test_no_words_break_the_checks(text: str, language: str) -> None:
    page = page_in(language, introduction=text)
    page.body = [("text", text)]
    findings(page)


@given(st.lists(st.text(alphabet="abc é’", min_size=1, max_size=20), max_size=5))
def test_paragraphs_are_what_a_reader_sees_as_such(said: list[str]) -> None:
    html = "".join(f"<p>{words}</p>" for words in said)
    paragraphs = Written(Place(("Text",)), html, is_html=True).paragraphs
    assert paragraphs == [words.strip() for words in said if words.strip()]
