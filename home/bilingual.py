"""Texts that stand in files in both languages: ``{"en": …, "fr": …}``."""

from typing import Any

LANGUAGES = ("en", "fr")

Entry = dict[str, Any]


def is_bilingual(value: object) -> bool:
    """Whether ``value`` is a text in both languages."""
    return isinstance(value, dict) and set(value) == set(LANGUAGES)


def said_in(value: Any, language: str) -> Any:
    """``value`` with every bilingual text in it replaced by its words in ``language``."""
    if is_bilingual(value):
        return value[language]
    if isinstance(value, dict):
        return {key: said_in(part, language) for key, part in value.items()}
    if isinstance(value, list):
        return [said_in(part, language) for part in value]
    return value
