"""Two versions of a text, compared word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import regex

_PIECES = regex.compile(r"\s+|[\p{L}\p{M}\p{N}]+|.")


@dataclass(frozen=True)
class Piece:
    """A run of words of a comparison."""

    kind: str  # same, taken, put
    text: str


def difference(before: str, after: str) -> Iterator[Piece]:
    """How ``after`` comes out of ``before``, word by word."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[start:end]))
            continue
        if end > start:
            yield Piece("taken", "".join(old[start:end]))
        if new_end > new_start:
            yield Piece("put", "".join(new[new_start:new_end]))
