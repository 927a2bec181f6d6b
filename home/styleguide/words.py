"""The guide's words in one language."""

import tomllib
from functools import cache
from pathlib import Path

from home.bilingual import LANGUAGES, Entry, said_in


@cache
def _both() -> Entry:
    path = Path(__file__).with_name("words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def words_in(language: str) -> Entry:
    """``words.toml`` with every pair replaced by its words in ``language``, else in English."""
    said: Entry = said_in(_both(), language if language in LANGUAGES else LANGUAGES[0])
    return said
