"""What a person sent, made fit to be stored, and counted as a person counts.

Lengths are in graphemes (UAX #29 extended clusters, which don't depend on how an accent is coded):
a family emoji, a flag or "é" is one. A cap in code points stands beside the limit, because one
grapheme may hold thousands of combining marks.
"""

import unicodedata
from typing import Literal

import regex
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

CODE_POINT_CAP = 560  # four for each of the 140 graphemes of an idea

Reason = Literal["unreadable", "control_character", "blank", "too_many_code_points"]

_LINE_BREAK = regex.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = regex.compile(r"[\ud800-\udfff]")
# Tab and line breaks are white space by the time this is asked.
_CONTROL = regex.compile(r"[\p{Cc}\p{Noncharacter_Code_Point}--[\t\n]]", regex.V1)
# Not unassigned ones: an emoji newer than these tables can be seen all the same.
_VISIBLE = regex.compile(
    r"[^\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]"
)
# White space and what looks like nothing; not the joiner or the variation selectors, which belong
# to the emoji before them.
_EDGES = (
    "\t\n \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000\u200b\u2060\ufeff"
)
_SPACES = regex.compile(r"\s+")
_GRAPHEME = regex.compile(r"\X")
_WORD = regex.compile(
    r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*"
    r"(?:(?:['’\-\u2010\u2011]|(?<=\p{Nd})[.,\u00a0\u202f](?=\p{Nd}))"
    r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*"
)


class TextRefused(ValueError):
    """A text that can't be stored, with why.

    ``code`` names the reason and ``str()`` says it in the active language, so that a form turns it
    into ``ValidationError(str(refused), code=refused.code)``.
    """

    def __init__(self, code: Reason, limit: int | None = None) -> None:
        super().__init__(code)
        self.code: Reason = code
        self.limit = limit

    def __str__(self) -> str:
        """The sentence to show."""
        if self.code == "blank":
            return _("Write some words: what you sent holds no visible character.")
        if self.limit is not None:
            return ngettext(
                "This text is stored as more than %(limit)s character: use fewer stacked accents"
                " or emoji.",
                "This text is stored as more than %(limit)s characters: use fewer stacked accents"
                " or emoji.",
                self.limit,
            ) % {"limit": self.limit}
        return _(
            "This text holds characters that can't be read. Delete what you pasted and type it"
            " again, or paste it as plain text."
        )


def clean(text: str, *, one_line: bool = False, code_points: int | None = CODE_POINT_CAP) -> str:
    """``text`` in NFC, without white space at its ends, its line breaks all ``\\n``.

    Every way to break a line counts as one (Word pastes U+000B); ``one_line`` makes each run of
    white space that holds one a single space. At most ``code_points`` (None: no cap). Cleaning
    twice changes nothing more.

    Raises ``TextRefused``: ``unreadable`` (a lone surrogate), ``control_character`` (NUL, the
    other controls, noncharacters), ``blank`` (nothing visible), ``too_many_code_points``.
    """
    if _SURROGATE.search(text):
        raise TextRefused("unreadable")
    text = _LINE_BREAK.sub("\n", text)
    if _CONTROL.search(text):
        raise TextRefused("control_character")
    if one_line:
        text = _SPACES.sub(lambda run: " " if "\n" in run[0] else run[0], text)
    text = unicodedata.normalize("NFC", text).strip(_EDGES)
    if code_points is not None and len(text) > code_points:
        raise TextRefused("too_many_code_points", code_points)
    if not _VISIBLE.search(text):
        raise TextRefused("blank")
    return text


def graphemes(text: str) -> int:
    """How many characters a person sees in ``text``."""
    return len(_GRAPHEME.findall(text))


def words(text: str) -> int:
    """How many words ``text`` has, by one rule for every language that puts spaces between them.

    A word is a run of letters, marks and figures; an apostrophe or a hyphen inside it doesn't end
    it ("l’eau", "rendez-vous" and "don't" are one each, as word processors count), nor does the
    sign that groups figures ("1,000,000", "1 000 000" with no-break spaces, "3,5").
    """
    return len(_WORD.findall(text))
