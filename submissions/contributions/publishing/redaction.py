"""The arithmetic of redaction: which signs of a text stay, and where some were taken out.

Places count code points, as ``MarkedText`` does. Nothing here knows the database.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

# What stands in a published text for words that were taken out. Its place is said beside the text,
# so that nobody's own "[…]" is taken for it.
CUT = "[…]"


@dataclass(frozen=True)
class Span:
    """``text[start:end]`` is not published, for ``reason`` (a ``RedactionReason``)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Piece:
    """A run of a text: kept, or taken out for ``reason``."""

    text: str
    reason: str = ""


@dataclass(frozen=True)
class Redacted:
    """What is published of a text. Each cut: ``at``, the place of its ``CUT``; ``reason``."""

    text: str
    cuts: list[dict[str, Any]]


def merged(spans: Iterable[Span], length: int) -> list[Span]:
    """In order, within ``length``, none over another: of two that overlap, the first's reason."""
    apart: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        start, end = max(0, span.start), min(span.end, length)
        if apart and start < apart[-1].end:
            last = apart[-1]
            apart[-1] = Span(last.start, max(last.end, end), last.reason)
        elif start < end:
            apart.append(Span(start, end, span.reason))
    return apart


def pieces(text: str, spans: Iterable[Span]) -> Iterator[Piece]:
    """All of ``text``, cut where a redaction begins or ends; empty pieces are left out."""
    at = 0
    for span in merged(spans, len(text)):
        if span.start > at:
            yield Piece(text[at : span.start])
        yield Piece(text[span.start : span.end], span.reason)
        at = span.end
    if at < len(text):
        yield Piece(text[at:])


def redacted(text: str, spans: Iterable[Span]) -> Redacted:
    """``text`` without the words of ``spans``, a ``CUT`` in their place."""
    kept, cuts, length = [], [], 0
    for piece in pieces(text, spans):
        if piece.reason:
            cuts.append({"at": length, "reason": piece.reason})
        kept.append(CUT if piece.reason else piece.text)
        length += len(kept[-1])
    return Redacted("".join(kept), cuts)


def kept_pieces(text: str, cuts: Iterable[dict[str, Any]]) -> Iterator[Piece]:
    """A published text as it is read: pieces, those taken out without words."""
    at = 0
    for cut in cuts:
        if cut["at"] > at:
            yield Piece(text[at : cut["at"]])
        yield Piece("", cut["reason"])
        at = cut["at"] + len(CUT)
    if at < len(text):
        yield Piece(text[at:])


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Where ``words`` stand in ``text``, however its lines are broken and its spaces wide.

    Who copies words from a page has them with other spaces than their author typed. Whole words if
    there are any: “Li” is looked for in “Limits” only where it stands nowhere else.
    """
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    if not pattern:
        return []
    whole = [found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]
    return whole or [found.span() for found in re.finditer(pattern, text)]
