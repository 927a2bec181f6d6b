"""Finding a page of the guide by its words: of its title, of a step, of a label."""

import re
import unicodedata
from typing import NamedTuple

from home.guide.pages import GUIDE, names

MARKS = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*\[\]`]|^(?:\d+\.|-|#+|\|)\s*|\s*\|$", re.MULTILINE
)
LONGEST = 100  # characters of what is asked


class Found(NamedTuple):
    """A page that has all the words."""

    name: str
    title: str
    line: str  # the first with one of them, without its Markdown


def fold(words: str) -> str:
    """Whatever the case, the accents, and how an apostrophe is typed."""
    plain = unicodedata.normalize("NFKD", words.replace("’", "'").casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))


def find(language: str, asked: str) -> list[Found]:
    """Pages that hold each word of ``asked``, those that have them in their titles first."""
    words = fold(asked[:LONGEST]).split()
    found = []
    for name in names(language) if words else []:
        text = (GUIDE / language / f"{name}.md").read_text(encoding="utf-8")
        title, *lines = [line for line in MARKS.sub("", text).splitlines() if line.strip()]
        if all(word in fold(text) for word in words):
            line = next((one for one in lines if any(word in fold(one) for word in words)), "")
            found.append(Found(name, title, line))
    return sorted(found, key=lambda one: not all(word in fold(one.title) for word in words))
