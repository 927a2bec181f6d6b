"""The demonstration's pages, as written: both languages, well formed, fit for their fields.

Nothing here needs the database: what is tested is the TOML under ``home/demo/``.
"""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from home.legal.facts import facts
from home.legal.texts import legal_texts
from tests.home.demo_texts import (
    BILINGUAL,
    BODIES,
    LANGUAGES,
    LEAVES,
    PAGES,
    QUESTIONS,
    SITE,
    TEXTS,
    THEME_PAGES,
    answers,
    idea_texts,
)

THEMES = [
    ("Public interest AI", "L’IA d’intérêt général"),
    ("Future of work", "L’avenir du travail"),
    ("Innovation and culture", "Innovation et culture"),
    ("Trust in AI", "L’IA de confiance"),
    ("Global governance of AI", "La gouvernance mondiale de l’IA"),
]
KINDS = {
    "text",
    "key_figures",
    "statement",
    "questions_answers",
    "call_to_action",
    "partners",
    "press_contacts",
    "doors",
    "share",
    "timeline",
    "debate",
    "questionnaire",
}
# What is the same in every language: identities, names of people, addresses.
NEUTRAL = {
    "key",
    "kind",
    "page",
    "accent",
    "menu",
    "person",
    "name",
    "email",
    "controller",
    "contact_email",
    "publication",
    "question",
}
# The longest text that the field of that name holds on its page or in its block.
LONGEST = {
    "title": 255,
    "slug": 80,
    "summary": 300,
    "question": 255,
    "figure": 30,
    "when": 80,
    "role": 200,
    "link_text": 80,
    "low_label": 100,
    "high_label": 100,
    "organisation": 150,
}

FRENCH = [
    *(texts["fr"] for _path, texts in BILINGUAL if "fr" in texts),
    *idea_texts("fr"),
    *(
        answer
        for language, _question, _whose, answer in answers()
        if language == "fr" and isinstance(answer, str)
    ),
]

BilingualText = tuple[str, dict[str, str]]  # where it stands, and its words by language


class Tags(HTMLParser):
    """The tags of a rich text in their order, where its links lead, and whether all are closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.balanced = not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self._open.append(tag)
        self.links.extend(value or "" for name, value in attrs if name == "href")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def rich_texts() -> list[BilingualText]:
    """The texts that are simple HTML."""
    return [(path, texts) for path, texts in BILINGUAL if path.endswith((".html", ".answer"))]


def test_every_text_stands_in_both_languages() -> None:
    assert [path for path, texts in BILINGUAL if texts.keys() != LANGUAGES] == []


def test_only_identities_stand_without_a_language() -> None:
    bare = {path.rsplit(".", 1)[-1] for path, text in LEAVES if isinstance(text, str)}
    assert bare <= NEUTRAL


def test_no_text_is_empty_or_filler() -> None:
    for path, texts in BILINGUAL:
        for text in texts.values():
            assert text.strip(), path
            assert not re.search(r"\b(lorem|ipsum|todo|xxx)\b", text, re.IGNORECASE), path


def test_the_themes_are_those_of_the_summit() -> None:
    assert [(theme["title"]["en"], theme["title"]["fr"]) for theme in THEME_PAGES] == THEMES


def test_each_theme_has_its_own_colour() -> None:
    accents = {theme["accent"] for theme in THEME_PAGES}
    assert accents == {"indigo", "teal", "ochre", "plum", "forest"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_slugs_are_valid_and_unique_under_their_parent(language: str) -> None:
    under_home = [page["slug"][language] for page in [SITE["theme_index"], *PAGES]]
    for siblings in (under_home, [theme["slug"][language] for theme in THEME_PAGES]):
        assert len(set(siblings)) == len(siblings)
        for slug in siblings:
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)


def test_page_keys_are_unique_and_every_link_leads_to_one() -> None:
    keys = [page["key"] for page in [SITE["home"], SITE["theme_index"], *PAGES, *THEME_PAGES]]
    assert len(set(keys)) == len(keys)
    named = [text for path, text in LEAVES if path.endswith(".page")]
    in_rich_text = [
        link.removeprefix("page:")
        for _path, texts in rich_texts()
        for html in texts.values()
        for link in Tags(html).links
        if not link.startswith("https://")
    ]
    assert named and in_rich_text
    legal = {text.key for text in legal_texts(facts(None))}
    assert not legal & set(keys)
    assert {*named, *in_rich_text} <= {*keys, *legal}


def test_bodies_hold_known_blocks_and_at_most_twelve() -> None:
    for key, body in BODIES.items():
        assert {block["kind"] for block in body} <= KINDS, key
        assert 1 <= len(body) <= 12, key


def test_each_theme_has_one_debate_and_one_questionnaire() -> None:
    for theme in THEME_PAGES:
        kinds = Counter(block["kind"] for block in theme["body"])
        assert (kinds["debate"], kinds["questionnaire"]) == (1, 1)


def test_rich_text_has_the_same_shape_in_both_languages() -> None:
    """A translation pairs the parts of a text by their place."""
    for path, texts in rich_texts():
        english, french = Tags(texts["en"]), Tags(texts["fr"])
        assert english.balanced and french.balanced, path
        assert english.opened == french.opened, path
        assert english.links == french.links, path
        assert set(english.opened) <= {"p", "h2", "h3", "ul", "li", "a"}, path


def test_a_sentence_is_translated_in_one_way_on_a_page() -> None:
    """Translations are found by the English words, on the page and in what all pages share."""
    for page in TEXTS:
        french: dict[str, str] = {}
        for path, texts in BILINGUAL:
            if re.split(r"[.[]", path)[0] in {page, "site"} and not path.endswith(".slug"):
                assert french.setdefault(texts["en"], texts["fr"]) == texts["fr"], path


def test_texts_fit_their_fields() -> None:
    for path, texts in BILINGUAL:
        longest = LONGEST.get(path.rsplit(".", 1)[-1])
        for text in texts.values():
            assert longest is None or len(text) <= longest, path


def test_question_keys_are_unique() -> None:
    asked = [
        question["key"]
        for theme in THEME_PAGES
        for block in theme["body"]
        if block["kind"] == "questionnaire"
        for question in block["questions"]
    ]
    assert len(set(asked)) == len(asked)


READ_ONLY = {"section", "statement"}
SHORT_FORM = {"short_text", "long_text", "one_choice", "several_choices", "scale"}
EVERY_KIND = SHORT_FORM | READ_ONLY | {"ranking", "matrix", "number", "date", "link", "file"}
LONG_FORMS = {"public-interest-ai", "trust-in-ai", "global-governance"}


def test_three_questionnaires_hold_every_kind_in_sections_and_two_are_short() -> None:
    for theme, questions in QUESTIONS.items():
        kinds = {question["kind"] for question in questions.values()}
        answered = [one for one in questions.values() if one["kind"] not in READ_ONLY]
        if theme in LONG_FORMS:
            assert kinds == EVERY_KIND, theme
            assert 10 <= len(answered) <= 14, theme
            assert next(iter(questions.values()))["kind"] == "section", theme
        else:
            assert kinds == SHORT_FORM, theme
            assert 5 <= len(answered) <= 7, theme


def test_every_rule_is_shown_somewhere() -> None:
    everything = [question for questions in QUESTIONS.values() for question in questions.values()]
    rules = {"required", "word_limit", "other", "most_choices", "lowest", "highest", "follows"}
    assert rules <= {name for question in everything for name in question}
    assert {question.get("publication") for question in everything} == {None, "asked", "never"}


def test_a_follow_up_comes_after_the_choices_that_it_follows() -> None:
    for questions in QUESTIONS.values():
        keys = list(questions)
        for key, question in questions.items():
            condition = question.get("follows")
            if condition:
                earlier = questions[condition["question"]]
                assert keys.index(condition["question"]) < keys.index(key)
                assert earlier["kind"] in {"one_choice", "several_choices"}
                assert set(condition["choices"]) <= set(range(len(earlier["choices"]))), key


def test_questions_carry_what_their_kind_asks_for() -> None:
    with_choices = {"one_choice", "several_choices", "ranking", "matrix"}
    for questions in QUESTIONS.values():
        for key, question in questions.items():
            kind = question["kind"]
            assert ("choices" in question) == (kind in with_choices), key
            assert ("columns" in question) == (kind == "matrix"), key
            assert ("unit" in question) == (kind == "number"), key
            assert ("word_limit" in question) == (kind == "long_text"), key
            assert ("low_label" in question and "high_label" in question) == (kind == "scale"), key
            assert 300 <= question.get("word_limit", 300) <= 800, key
            assert len(question.get("choices", "ab")) >= 2, key


def test_french_is_stored_with_ordinary_spaces_and_typographic_apostrophes() -> None:
    for text in FRENCH:
        assert not re.search("[\u00a0\u202f]", text), text
        assert "'" not in text, text
        assert "·" not in text, text


def test_french_signs_have_a_space_where_the_site_makes_it_unbreakable() -> None:
    for text in FRENCH:
        words = re.sub(r"<[^>]*>", "", text)
        assert not re.search(r"\S[;:!?»]|«\S", words), text
