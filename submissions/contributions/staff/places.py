"""Where words stand in a text: by code points, whatever a browser counts or leaves out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol


@dataclass(frozen=True)
class Place:
    """``text[start:end]``, in code points."""

    start: int
    end: int


class NotFound(Exception):
    """The words do not stand in the text."""


class FoundOften(Exception):
    """The words stand in the text more than once, ``times``: which are meant is not said."""

    def __init__(self, times: int) -> None:
        super().__init__(times)
        self.times = times


def find(text: str, words: str) -> Place:
    """The one place of ``words``, as they were pasted: spaces and line ends may differ.

    Raises ``NotFound`` and ``FoundOften``.
    """
    pieces = [re.escape(piece) for piece in words.split()]
    if not pieces:
        raise NotFound
    found = [Place(*match.span()) for match in _overlapping(r"\s+".join(pieces), text)]
    if not found:
        raise NotFound
    if len(found) > 1:
        raise FoundOften(len(found))
    return found[0]


def as_selected(text: str, start: int, end: int, words: str) -> Place:
    """The place that a browser's selection names, without spaces at its ends.

    Browsers read a line end of two characters as one: ``start`` and ``end`` count what they show.
    Where ``words`` do not stand there, they are looked for. Raises as ``find`` does.
    """
    place = Place(_in_source(text, start), _in_source(text, end))
    if _bare(text[place.start : place.end]) != _bare(words):
        return find(text, words)
    return trimmed(text, place)


def trimmed(text: str, place: Place) -> Place:
    """Without spaces at its ends. Raises ``NotFound`` where nothing else is left."""
    words = text[place.start : place.end]
    start = place.start + len(words) - len(words.lstrip())
    end = place.end - (len(words) - len(words.rstrip()))
    if start >= end:
        raise NotFound
    return Place(start, end)


def moved(before: str, after: str, place: Place) -> Place | None:
    """Where what stood at ``place`` of ``before`` stands in ``after``; None: nobody can tell.

    Outside the part that changed, at its place; else where its words stand once and only once.
    """
    words = before[place.start : place.end]
    if place.end <= _alike_ahead(before, after):
        return place
    shift = len(after) - len(before)
    if place.start >= len(before) - _alike_behind(before, after):
        return Place(place.start + shift, place.end + shift)
    return once(after, words)


def once(text: str, words: str) -> Place | None:
    """Where ``words`` stand to the letter; None where they don't, or stand twice."""
    start = text.find(words)
    if start < 0 or text.find(words, start + 1) >= 0:
        return None
    return Place(start, start + len(words))


def runs_on(text: str, place: Place) -> tuple[bool, bool]:
    """Whether a word, or a figure, goes on across the beginning of ``place``, and its end."""

    def within(at: int) -> bool:
        return text[at - 1 : at].isalnum() and text[at : at + 1].isalnum()

    return within(place.start), within(place.end)


class Marked(Protocol):
    """Anything that has a number and a place."""

    pk: int
    start: int
    end: int


@dataclass(frozen=True)
class Run:
    """A run of text under the same marks; ``begins`` are those of them that begin with it."""

    text: str
    marks: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


def runs(text: str, marks: Sequence[Marked]) -> list[Run]:
    """``text`` cut where marks begin and end, which may overlap: joined, it is the text again."""
    within = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text), *(edge for mark in within for edge in (mark.start, mark.end))})
    cut = []
    for start, end in pairwise(edges):
        over = [mark for mark in within if mark.start <= start and mark.end >= end]
        begin = tuple(mark.pk for mark in over if mark.start == start)
        cut.append(Run(text[start:end], tuple(mark.pk for mark in over), begin))
    return cut


def _overlapping(pattern: str, text: str) -> Iterable[re.Match[str]]:
    expression, start = re.compile(pattern), 0
    while match := expression.search(text, start):
        yield match
        start = match.start() + 1


def _bare(words: str) -> str:
    return " ".join(words.split())


def _in_source(text: str, shown: int) -> int:
    """The place in ``text`` of the ``shown``-th character that a browser shows."""
    if "\r" not in text:
        return min(shown, len(text))
    at = 0
    for _character in range(shown):
        if at >= len(text):
            break
        at += 2 if text.startswith("\r\n", at) else 1
    return at


def _alike_ahead(one: str, other: str) -> int:
    """How many characters both begin with."""
    short = min(len(one), len(other))
    if one[:short] == other[:short]:
        return short
    low, high = 0, short
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _alike_behind(one: str, other: str) -> int:
    return _alike_ahead(one[::-1], other[::-1])
