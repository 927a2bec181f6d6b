"""Looking for words as they stand on the screen."""

import re
import unicodedata
from collections.abc import Iterable

from core.wordings.checks import PLACEHOLDER, TAG

FILLED = "#"  # what the site fills in: a name, a number
FEWEST = 4  # letters of a wording with a gap that must be its own, or it would be found everywhere


def plain(text: str) -> str:
    """Words as one looks for them: what the site fills in is “#”, whatever the accents and tags."""
    text = PLACEHOLDER.sub(FILLED, TAG.sub("", text)).replace("’", "'")
    text = re.sub(r"\d+(?:[\s.,]\d+)*", FILLED, text)
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", bare).strip()


def says(words: Iterable[str], sought: str) -> bool:
    """Whether one of ``words`` holds ``sought``, which is plain; gaps may hold anything."""
    return any(_says(plain(said), sought) for said in words)


def _says(said: str, sought: str) -> bool:
    if sought in said:
        return True
    parts = said.split(FILLED)
    if len(parts) == 1 or sum(map(len, parts)) < FEWEST:
        return False
    return re.fullmatch(".{1,80}?".join(map(re.escape, parts)), sought) is not None
