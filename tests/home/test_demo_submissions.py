"""The demonstration's ideas and contributions, as written: within the rules they are to show."""

import re
import unicodedata
from collections import Counter
from datetime import date
from typing import Any

import pytest

from tests.home.demo_texts import (
    CONTRIBUTIONS,
    IDEAS,
    LANGUAGES,
    QUESTIONS,
    READING,
    THEME_PAGES,
    answers,
    idea_texts,
)

REASONS = {
    "incomprehensible",
    "off_topic",
    "partisan",
    "unlawful",
    "advertising",
    "several_ideas",
    "wrong_language",
    "insulting",
    "already_said",
    "other",
}
OPENING = {"en": "We should ", "fr": "Il faut "}


@pytest.mark.parametrize("theme", [theme["key"] for theme in THEME_PAGES])
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_theme_has_fourteen_ideas_in_each_language(theme: str, language: str) -> None:
    statuses = Counter(
        idea.get("status", "published")
        for idea in IDEAS
        if (idea["theme"], idea["language"]) == (theme, language)
    )
    assert statuses == {"published": 12, "awaiting": 1, "refused": 1}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_ideas_follow_the_rules_of_the_debate(language: str) -> None:
    for text in idea_texts(language):
        assert text.startswith(OPENING[language]), text
        # With nothing that combines, a code point is a character as a reader counts them.
        assert unicodedata.is_normalized("NFC", text), text
        assert not any(unicodedata.category(sign) in {"Mn", "Me", "Cf"} for sign in text), text
        assert 12 <= len(text) <= 140, text


def test_no_two_ideas_are_the_same() -> None:
    for language in LANGUAGES:
        texts = idea_texts(language)
        assert len(set(texts)) == len(texts)
    assert len({idea["key"] for idea in IDEAS}) == len(IDEAS)


def test_about_a_third_of_the_ideas_are_translated() -> None:
    assert 0.3 <= sum("translation" in idea for idea in IDEAS) / len(IDEAS) <= 0.4


def test_each_reason_for_a_refusal_is_shown_once() -> None:
    reasons = [idea.get("reason") for idea in IDEAS if idea.get("status") == "refused"]
    assert sorted(filter(None, reasons)) == sorted(REASONS)
    assert not any("reason" in idea for idea in IDEAS if idea.get("status") != "refused")


def test_the_leaning_of_an_idea_is_in_hundredths() -> None:
    for idea in IDEAS:
        assert idea["leaning"].keys() == {"agree", "disagree", "neutral"}
        assert sum(idea["leaning"].values()) == 100, idea["key"]


def test_contributions_come_from_invented_people_in_both_languages() -> None:
    assert Counter(one["language"] for one in CONTRIBUTIONS) == {"en": 6, "fr": 10}
    for one in CONTRIBUTIONS:
        assert one["email"].endswith("@example.org")
        who = f"{one['organisation']} {one['name']}".lower()
        assert re.search("invented|ficti|imaginaire", who), one["key"]
        assert 1 <= len(one["answers"]) <= 2
        assert one["publication"] in {"with_name", "without_name", "none"}
    assert {theme for one in CONTRIBUTIONS for theme in one["answers"]} == set(QUESTIONS)


def test_answers_fit_their_questions() -> None:
    for _language, question, whose, value in answers():
        told = value if isinstance(value, dict) else {"answer": value}
        assert told.keys() <= {"answer", "other", "may_publish"}, whose
        assert "other" not in told or question["other"], whose
        assert "may_publish" not in told or question["publication"] == "asked", whose
        assert fits(question, told["answer"]) or "other" in told, whose


def fits(question: dict[str, Any], answer: Any) -> bool:
    """Whether the answer is one that its question takes."""
    choices = set(range(len(question.get("choices", []))))
    most = question.get("most_choices", len(choices))
    match question["kind"]:
        case "long_text":
            return 55 <= len(answer.split()) <= min(250, question["word_limit"])
        case "one_choice":
            return answer in list(choices)
        case "several_choices" | "ranking":
            return set(answer) <= choices and 0 < len(set(answer)) == len(answer) <= most
        case "matrix":
            columns = range(-1, len(question["columns"]))
            return len(answer) == len(choices) and set(answer) <= set(columns)
    return one_value_fits(question, answer)


def one_value_fits(question: dict[str, Any], answer: Any) -> bool:
    """The same for what is one short value."""
    match question["kind"]:
        case "short_text":
            return 0 < len(answer.strip()) <= 200
        case "number":
            return bool(question.get("lowest", answer) <= answer <= question.get("highest", answer))
        case "date":
            return isinstance(answer, date)
        case "link":
            return str(answer).startswith("https://example.org/")
        case "scale":
            return 1 <= answer <= 5
    return False


def test_follow_ups_are_answered_by_those_who_are_asked() -> None:
    for one in CONTRIBUTIONS:
        for theme, given in one["answers"].items():
            for key in given:
                condition = QUESTIONS[theme][key].get("follows")
                if condition:
                    ticked = given[condition["question"]]
                    ticked = ticked if isinstance(ticked, list) else [ticked]
                    assert set(ticked) & set(condition["choices"]), (one["key"], key)


def test_what_staff_marked_stands_in_the_answers() -> None:
    texts = {
        (one["key"], theme, key): value
        for one in CONTRIBUTIONS
        for theme, given in one["answers"].items()
        for key, value in given.items()
    }
    for entry in [*READING["passages"], *READING["redactions"]]:
        answer = texts[entry["contribution"], entry["theme"], entry["question"]]
        assert entry["quote"] in answer, entry["quote"]
    codes = {code["key"] for code in READING["codes"]}
    assert {key for entry in READING["passages"] for key in entry["codes"]} == codes


def test_only_who_agreed_is_published() -> None:
    agreed = {one["key"] for one in CONTRIBUTIONS if one["publication"] != "none"}
    assert set(READING["published"]) <= agreed


def test_what_is_required_is_answered() -> None:
    for one in CONTRIBUTIONS:
        for theme, given in one["answers"].items():
            required = {key for key, question in QUESTIONS[theme].items() if "required" in question}
            assert required <= given.keys(), one["key"]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_some_translations_of_each_kind_wait_for_each_translator(language: str) -> None:
    """By a person, by a machine and checked, proposed by a machine, and not there at all."""
    into = [idea for idea in IDEAS if idea["language"] != language and "status" not in idea]
    proposed = [idea for idea in into if "proposal" in idea]
    assert proposed
    assert not any("translation" in idea for idea in proposed)
    assert {idea.get("translated_by", "person") for idea in into if "translation" in idea} == {
        "person",
        "machine",
    }
    assert any("translation" not in idea and "proposal" not in idea for idea in into)
