"""What the glossary says of a text: the terms that stand in it, and what they are called.

Terms are found as whole words, whatever their case and accents, with or without the “s” of a
plural. Where several begin at one word, the longest counts.
"""

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.models import TermWording

# Marks of translated texts, their attributes with them: “id” of a link is no word.
_MARK = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# What may stand between the words of one term: a comma or a full stop parts them.
_WITHIN = re.compile(r"[\s'’\-\u2010\u2011]*")


@dataclass(frozen=True)
class Rendering:
    """A term in the language of the original, and what it is called in the other one."""

    source: str
    target: str
    note: str = ""


def terms_in(texts: Sequence[str], source: str, target: str) -> dict[int, list[Rendering]]:
    """The terms of each text by its index, in their order; texts without any are left out.

    One query, however many texts and terms there are.
    """
    known = _known(source, target)
    found: dict[int, list[Rendering]] = {}
    if known:
        for index, text in enumerate(texts):
            if terms := list(dict.fromkeys(_terms_of(text, known))):
                found[index] = terms
    return found


def words_in(text: str) -> list[str]:
    """The words of ``text`` as they are compared: without case, accents and marks."""
    return [word for word, _joined in _words(text)]


_Known = dict[str, dict[tuple[str, ...], list[Rendering]]]  # by their first word, then by all


def _known(source: str, target: str) -> _Known:
    """Every term that has words in both languages."""
    said: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    rows = TermWording.objects.filter(language__in=(source, target)).order_by("term_id")
    for term, language, words, note in rows.values_list(
        "term_id", "language", "words", "term__note"
    ):
        said[term][language] = words, note
    known: _Known = defaultdict(lambda: defaultdict(list))
    for wordings in said.values():
        if source in wordings and target in wordings:
            (words, note), (meant, _note) = wordings[source], wordings[target]
            if key := tuple(words_in(words)):
                known[key[0]][key].append(Rendering(words, meant, note))
    return known


def _terms_of(text: str, known: _Known) -> Iterator[Rendering]:
    """The terms of one text, none inside another."""
    words = _words(text)
    at = 0
    while at < len(words):
        candidates = [
            (key, renderings)
            for first in _singulars(words[at][0])
            for key, renderings in known.get(first, {}).items()
            if _stands(key, words, at)
        ]
        longest = max((len(key) for key, _renderings in candidates), default=0)
        for key, renderings in candidates:
            if len(key) == longest:
                yield from renderings
        at += longest or 1


def _stands(key: tuple[str, ...], words: list[tuple[str, bool]], at: int) -> bool:
    """Whether the term of these words begins at the word ``at``."""
    here = words[at : at + len(key)]
    return (
        len(here) == len(key)
        and all(
            wanted in _singulars(word) for wanted, (word, _joined) in zip(key, here, strict=True)
        )
        and all(joined for _word, joined in here[:-1])
    )


def _singulars(word: str) -> tuple[str, ...]:
    """The word itself, and without the “s” of a plural."""
    return (word, word[:-1]) if len(word) > 1 and word.endswith("s") else (word,)


def _words(text: str) -> list[tuple[str, bool]]:
    """Each word, and whether the next one follows it without a stop between."""
    plain = html.unescape(_MARK.sub("", text))
    for _twice in range(2):  # what is taken apart may be capitals
        plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = plain.replace("œ", "oe").replace("æ", "ae")
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
    found = list(_WORD.finditer(plain))
    joined = [
        bool(_WITHIN.fullmatch(plain, one.end(), other.start())) for one, other in pairwise(found)
    ]
    return list(zip((one.group() for one in found), [*joined, False], strict=False))
