"""What the files of ``home/legal/texts/`` say, with what is known of a site filled in."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from home.bilingual import LANGUAGES, Entry

FOLDER = Path(__file__).parent
BLANK = re.compile(r"\{([a-z_]+)\}")
# How a draft shows what is left to its editors, in each language.
TO_COMPLETE = {"en": "[to complete: {}]", "fr": "[à compléter : {}]"}
LEFT = re.compile(r"\[(?:to complete|à compléter)\s*:\s*([^\]]*)\]")

Values = Mapping[str, Mapping[str, str]]  # name of a blank → its words by language


@dataclass(frozen=True)
class LegalText:
    """One page to be. Every text is a dictionary of languages."""

    key: str
    title: dict[str, str]
    slug: dict[str, str]
    introduction: dict[str, str]
    sections: list[dict[str, str]]  # HTML; ``page:KEY``, ``view:NAME`` link

    @property
    def entry(self) -> Entry:
        """All that is translated, as ``home.translations.glossary`` reads it."""
        return {
            "title": self.title,
            "introduction": self.introduction,
            "sections": self.sections,
        }


@cache
def asked() -> dict[str, dict[str, str]]:
    """What each blank asks editors for."""
    return tomllib.loads((FOLDER / "asked.toml").read_text(encoding="utf-8"))


def legal_texts(values: Values) -> list[LegalText]:
    """Every legal page in its order; a blank that ``values`` doesn't know is marked to complete.

    Raises ``KeyError`` for a blank that asks for nothing.
    """
    files = sorted((FOLDER / "texts").glob("*.toml"))
    return [_read(tomllib.loads(path.read_text(encoding="utf-8")), values) for path in files]


def _read(written: dict[str, Any], values: Values) -> LegalText:
    return LegalText(
        key=written["key"],
        title=written["title"],
        slug=written["slug"],
        introduction=written["introduction"],
        sections=[
            {language: filled(one["html"][language], values, language) for language in LANGUAGES}
            for one in written["sections"]
        ],
    )


def filled(html: str, values: Values, language: str) -> str:
    """``html`` with its blanks filled, or marked to complete."""

    def words(found: re.Match[str]) -> str:
        name = found[1]
        if name in values:
            return values[name][language]
        return TO_COMPLETE[language].format(asked()[name][language])

    return BLANK.sub(words, html).strip()
