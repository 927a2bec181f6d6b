"""Text into a box, whole: the largest size at which all of it fits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.share_pictures.typeface import typeface

LEADING = 1.22  # of the size, from a baseline to the next
NARROWINGS = 12  # steps by which lines are brought to the same length
# Where a line may end: after a space that is not a no-break one, a hyphen, a dash or a slash.
PIECES = re.compile(r"[^ /–—-]*(?:[ ]+|[/–—-]+[ ]*|$)")


@dataclass(frozen=True)
class FittedText:
    """Lines at a size at which they stand in the box they were fitted to."""

    text: str
    lines: tuple[str, ...]
    size: int

    @property
    def leading(self) -> float:
        """From a baseline to the next, in pixels."""
        return self.size * LEADING

    @property
    def height(self) -> float:
        """Of all lines, in pixels."""
        return self.leading * len(self.lines)


@lru_cache(maxsize=1024)  # every view of a page asks what its picture says
def fitted(text: str, width: int, height: int, sizes: Sequence[int]) -> FittedText | None:
    """``text`` (on one line, of what the face covers) at the first of ``sizes`` at which it fits.

    A word is broken only where no size spares it. None when it fits at no size: never cut.
    """
    for break_words in (False, True):
        for size in sizes:
            lines = _lines(text, width, size, break_words=break_words)
            if lines and len(lines) * size * LEADING <= height:
                return FittedText(text, _evened(text, lines, width, size, break_words), size)
    return None


def _evened(
    text: str, lines: tuple[str, ...], width: float, size: int, break_words: bool
) -> tuple[str, ...]:
    """As many lines, of lengths as near to each other as can be."""
    for _step in range(NARROWINGS):
        width *= 0.95
        narrower = _lines(text, width, size, break_words=break_words)
        if break_words or len(narrower) != len(lines):
            break
        lines = narrower
    return lines


def _lines(text: str, width: float, size: int, *, break_words: bool) -> tuple[str, ...]:
    """Lines no wider than ``width``; none when a word is wider and must not be broken."""
    lines, line = [], ""
    for piece in _pieces(text, width, size, break_words=break_words):
        if line and not _fits(line + piece, width, size):
            lines.append(line.strip())
            line = ""
        line += piece
        if not _fits(line, width, size):
            return ()
    return (*lines, line.strip())


def _pieces(text: str, width: float, size: int, *, break_words: bool) -> Iterator[str]:
    """What may not be parted: words, or what of a word fills a line."""
    for word in filter(None, PIECES.findall(text)):
        piece = ""
        for letter in word if break_words and not _fits(word, width, size) else ():
            if not _fits(piece + letter, width, size):
                yield piece
                piece = ""
            piece += letter
        yield piece or word


def _fits(line: str, width: float, size: int) -> bool:
    return typeface().width(line.rstrip(" "), size) <= width
