"""The face in which pictures are written, drawn letter by letter with its own kerning.

Pillow kerns only with libraries that not every machine has, and pictures must not depend on where
they are drawn. What this can't draw well (see ``covers``) it must not be asked to draw.
"""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageDraw, ImageFont

FONT = Path(__file__).with_name("fonts") / "piazzolla-medium.ttf"
# Right to left: letters and marks would have to be reordered and joined.
RIGHT_TO_LEFT = {"R", "AL", "AN"}


class Typeface:
    """A font file: which characters it has, how wide a line is, and a line on a picture."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with TTFont(path) as font:
            glyphs: dict[int, str] = font.getBestCmap()
            em: int = font["head"].unitsPerEm
            self._advances = {
                chr(code): font["hmtx"][name][0] / em for code, name in glyphs.items()
            }
            self._kerning = {
                pair: units / em for pair, units in font["kern"].kernTables[0].kernTable.items()
            }
            self._glyphs = {chr(code): name for code, name in glyphs.items()}

    def covers(self, text: str) -> bool:
        """Whether every character has a glyph, and none needs joining, stacking or reordering."""
        return all(
            letter in self._advances
            and not unicodedata.combining(letter)
            and unicodedata.bidirectional(letter) not in RIGHT_TO_LEFT
            for letter in text
        )

    def width(self, line: str, size: float) -> float:
        """How wide ``line`` is at ``size``, in pixels."""
        if not line:
            return 0.0
        *_before, (last, start) = self._placed(line, size)
        return start + self._advances[last] * size

    def draw(
        self, pen: ImageDraw.ImageDraw, left: float, baseline: float, line: str, size: int, ink: str
    ) -> None:
        """Write ``line`` on a picture."""
        font = _at_size(self._path, size)
        for letter, start in self._placed(line, size):
            if not letter.isspace():
                pen.text((left + start, baseline), letter, ink, font, anchor="ls")

    def _placed(self, line: str, size: float) -> list[tuple[str, float]]:
        """Each character with where it starts."""
        placed, start, before = [], 0.0, ""
        for letter in line:
            if before:
                pair = (self._glyphs[before], self._glyphs[letter])
                start += self._kerning.get(pair, 0) * size
            placed.append((letter, start))
            start += self._advances[letter] * size
            before = letter
        return placed


@lru_cache(maxsize=32)
def _at_size(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def typeface() -> Typeface:
    """The face, read once by each process."""
    return Typeface(FONT)
