"""The columns of the table: the same whatever the language asked, in the same order.

A column whose code ends in ``_code`` holds a code that is equal in every language; the one before
it says the same in words, in the language asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from core.cells import Cell
from submissions.contributions.exports.dossiers import Dossier

Words = Mapping[str, str]  # by language


@dataclass(frozen=True)
class Column:
    """One column: what it is called and means in each language, and what stands in it."""

    code: str
    title: Words
    value: Callable[[Dossier], Cell]
    meaning: Words = field(default_factory=dict)
    # What each code that stands in it means.
    codes: Mapping[str, Words] = field(default_factory=dict)
    question: int | None = None

    def heading(self, language: str) -> str:
        """``code: title``, so that a program finds the one and a reader the other."""
        return f"{self.code}: {self.title[language]}"


def in_each_language(text: str | Promise) -> dict[str, str]:
    """``text``, marked for translation, in each language of the site."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(text)
    return said
