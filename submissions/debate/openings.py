"""With which words an idea opens, in each language: “We should”, “Il faut”."""

from functools import cache

from django.utils import translation
from django.utils.translation import pgettext


@cache
def opening(language: str) -> str:
    """The opening of an idea in ``language``; empty where the catalogue has none."""
    source = "We should"
    with translation.override(language):
        words = pgettext("opening of an idea", "We should")
    return words if words != source or language.startswith("en") else ""


def is_only_opening(text: str, languages: list[str]) -> bool:
    """Whether ``text`` is the opening that the form began with, and no more."""
    said = text.strip(" …").casefold()
    return any(said == opening(code).casefold() for code in languages if opening(code))
