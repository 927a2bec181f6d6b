"""The demonstration's texts, read from ``home/demo/`` for the tests of its content."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DEMO = Path(__file__).parents[2] / "home" / "demo"
LANGUAGES = {"en", "fr"}


def read(path: Path) -> dict[str, Any]:
    """One file of the demonstration."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


SITE = read(DEMO / "site.toml")
PAGES = [read(path) for path in sorted((DEMO / "pages").glob("*.toml"))]
THEME_PAGES = [read(path) for path in sorted((DEMO / "themes").glob("*.toml"))]
IDEAS = read(DEMO / "ideas.toml")["ideas"]
CONTRIBUTIONS = read(DEMO / "contributions.toml")["contributions"]
READING = read(DEMO / "reading.toml")
TEXTS = {"site": SITE} | {page["key"]: page for page in [*PAGES, *THEME_PAGES]}
BODIES = {page["key"]: page["body"] for page in [SITE["home"], *PAGES, *THEME_PAGES]}


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every text with where it stands: a dictionary of languages, or a bare string."""
    if isinstance(value, dict) and value.keys() & LANGUAGES:
        yield path, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, f"{path}.{name}")
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from leaves(part, f"{path}[{place}]")
    elif isinstance(value, str):
        yield path, value


LEAVES = [leaf for name, page in TEXTS.items() for leaf in leaves(page, name)]
BILINGUAL = [(path, texts) for path, texts in LEAVES if isinstance(texts, dict)]
QUESTIONS = {
    theme["key"]: {
        question["key"]: question
        for block in theme["body"]
        if block["kind"] == "questionnaire"
        for question in block["questions"]
    }
    for theme in THEME_PAGES
}


def idea_texts(language: str) -> list[str]:
    """What the ideas say in ``language``, translations included."""
    return [
        idea["text"] if idea["language"] == language else idea["translation"]
        for idea in IDEAS
        if idea["language"] == language or "translation" in idea
    ]


def answers() -> Iterator[tuple[str, dict[str, Any], str, Any]]:
    """Language, question, whose answer it is, and the answer."""
    for contribution in CONTRIBUTIONS:
        for theme, given in contribution["answers"].items():
            for key, answer in given.items():
                question = QUESTIONS[theme][key]
                yield contribution["language"], question, contribution["key"], answer
