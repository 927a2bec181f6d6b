"""A picture to share: 1200 × 630, the words of a page or of an idea, and the site's sign."""

import hashlib
import io
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property

from PIL import Image, ImageColor, ImageDraw

from core.accents import ACCENTS, DEFAULT, INK, PAPER, Accent
from core.share_pictures.fitting import FittedText, fitted
from core.share_pictures.typeface import typeface
from core.typography import typeset

WIDTH, HEIGHT = 1200, 630
DRAWN = 1  # one more when pictures are drawn in another way: those that are kept are drawn again
SCALE = 3  # drawn larger and brought down: letters keep their places, edges are soft
COLOURS = 96  # enough for soft edges, and a third of the weight

MARGIN = 72
TEXT_WIDTH = WIDTH - 2 * MARGIN
ASCENT = 0.92  # of the size, from the top of a line to its baseline

SIGN_SIDE = 76
NAME_LEFT, NAME_MIDDLE, NAME_HEIGHT = MARGIN + 92, 84, 68
NAME_SIZES = range(36, 17, -2)
ABOVE_TOP, ABOVE_HEIGHT, ABOVE_GAP = 134, 66, 14
ABOVE_SIZES = range(34, 17, -2)
WORDS_TOP, WORDS_BOTTOM = 144, 470
WORDS_SIZES = (*range(104, 40, -4), *range(40, 25, -2))

STAFF_TOP, STAFF_GAP, BEATS = 490, 17, 23

SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class SharePicture:
    """What a picture says. Equal ones are drawn alike, and kept under the same ``version``.

    ``instead`` takes the place of words that can't be drawn whole: in a script that the face lacks,
    with emoji, or too long to be read at this size. They are never drawn in part: part of an idea
    may say its contrary.
    """

    site_name: str
    words: str
    language: str  # of the page
    words_language: str = ""  # of the words, where it is another
    above: str = ""  # what the words belong to
    instead: str = ""
    accent: str = DEFAULT

    @property
    def version(self) -> str:
        """Other words, another version."""
        said = repr((DRAWN, astuple(self)))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def text(self) -> str:
        """What is drawn, for those who don't see it."""
        return " – ".join(one.text for one in self._fitted if one)

    @cached_property
    def _fitted(self) -> tuple[FittedText | None, FittedText | None, FittedText | None]:
        """The site's name, what stands above, the words."""
        above = _set(self.above, self.language, (TEXT_WIDTH, ABOVE_HEIGHT), ABOVE_SIZES)
        top = WORDS_TOP if above is None else ABOVE_TOP + above.height + ABOVE_GAP
        box = (TEXT_WIDTH, int(WORDS_BOTTOM - top))
        words = _set(self.words, self.words_language or self.language, box, WORDS_SIZES)
        words = words or _set(self.instead, self.language, box, WORDS_SIZES)
        return (
            _set(
                self.site_name, self.language, (WIDTH - MARGIN - NAME_LEFT, NAME_HEIGHT), NAME_SIZES
            ),
            above,
            words,
        )

    def png(self) -> bytes:
        """The picture itself."""
        accent = ACCENTS.get(self.accent, ACCENTS[DEFAULT])
        large = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
        pen = ImageDraw.Draw(large)
        _draw_sign(pen, accent.plain)
        _draw_staff(pen, accent)
        name, above, words = self._fitted
        if name:
            _write(pen, name, NAME_LEFT, NAME_MIDDLE - name.height / 2, INK)
        top: float = WORDS_TOP
        if above:
            _write(pen, above, MARGIN, ABOVE_TOP, accent.plain)
            top = ABOVE_TOP + above.height + ABOVE_GAP
        if words:
            _write(pen, words, MARGIN, top + (WORDS_BOTTOM - top - words.height) / 2, INK)
        out = io.BytesIO()
        picture = large.reduce(SCALE).quantize(COLOURS, dither=Image.Dither.NONE)
        picture.save(out, "PNG", optimize=True)
        return out.getvalue()


def _set(text: str, language: str, box: tuple[int, int], sizes: Sequence[int]) -> FittedText | None:
    """``text`` fitted to a box, with its language's spaces; None when it can't be drawn whole."""
    plain = SPACES.sub(" ", INVISIBLE.sub("", text)).strip(" ")
    line = unicodedata.normalize("NFC", typeset(plain, language))
    return fitted(line, *box, sizes) if line and typeface().covers(line) else None


def _write(pen: ImageDraw.ImageDraw, text: FittedText, left: float, top: float, ink: str) -> None:
    for number, line in enumerate(text.lines):
        baseline = round(top + number * text.leading + text.size * ASCENT)
        typeface().draw(pen, left * SCALE, baseline * SCALE, line, text.size * SCALE, ink)


def _draw_sign(pen: ImageDraw.ImageDraw, ink: str) -> None:
    """The site's mark: five lines and two notes."""
    unit = SIGN_SIDE / 36
    left, top = MARGIN - 2 * unit, NAME_MIDDLE - SIGN_SIDE / 2
    faint = _between(PAPER, ink, 0.45)
    for line in range(5):
        y = top + (8 + 5 * line) * unit
        _line(pen, (left + 2 * unit, y), (left + 34 * unit, y), faint, unit)
    for x, y in ((9, 13), (24, 23)):
        head = (left + x * unit, top + y * unit)
        stem = head[0] + 2.8 * unit
        _line(pen, (stem, head[1]), (stem, head[1] - 10 * unit), ink, 1.7 * unit)
        _note(pen, *head, 3.6 * unit, ink)


def _draw_staff(pen: ImageDraw.ImageDraw, accent: Accent) -> None:
    """The band at the foot: five lines, and two voices that part and come near again."""
    pen.rectangle((0, STAFF_TOP * SCALE, WIDTH * SCALE, HEIGHT * SCALE), accent.plain)
    middle = (STAFF_TOP + HEIGHT) / 2
    faint = _between(accent.plain, PAPER, 0.4)
    for line in range(-2, 3):
        y = middle + line * STAFF_GAP
        _line(pen, (0, y), (WIDTH, y), faint, 1)
    second = _between(accent.plain, accent.soft, 0.6)
    for beat in range(BEATS):
        x = MARGIN + beat * TEXT_WIDTH / (BEATS - 1)
        steps = round(0.5 + 3.5 * math.sin(beat / (BEATS - 1) * math.pi * 3) ** 2)
        apart = (steps + 0.5) * STAFF_GAP / 2
        _note(pen, x, middle - apart, 9, PAPER)
        _note(pen, x, middle + apart, 9, second)


def _line(
    pen: ImageDraw.ImageDraw,
    start: tuple[float, float],
    end: tuple[float, float],
    ink: str,
    width: float,
) -> None:
    ends = tuple(SCALE * one for one in (*start, *end))
    pen.line(ends, ink, round(width * SCALE))


def _note(pen: ImageDraw.ImageDraw, x: float, y: float, wide: float, ink: str) -> None:
    high = wide * 0.78
    box = (x - wide, y - high, x + wide, y + high)
    pen.ellipse(tuple(SCALE * side for side in box), ink)


def _between(start: str, end: str, share: float) -> str:
    """The colour at ``share`` of the way from one to the other."""
    mixed = zip(ImageColor.getrgb(start), ImageColor.getrgb(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in mixed)
