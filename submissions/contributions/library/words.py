"""The words of an answer as HTML: light formatting kept, and a mark where words were taken out."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from typing import Any

from django.conf import settings
from django.utils.html import escape, format_html, linebreaks, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from core.typography import typeset
from submissions.contributions.formatting import as_html
from submissions.contributions.publishing.redaction import CUT, kept_pieces
from submissions.models import RedactionReason

# Around the number of a cut while the text is formatted. Unicode keeps both out of any text, so
# that nobody's own words are taken for a mark.
START, STOP = "\ufdd0", "\ufdd1"
_UNWRITABLE = str.maketrans({START: "\ufffd", STOP: "\ufffd"})
_MARK = re.compile(f"{START}([0-9]+){STOP}")
_TAG = re.compile(r"(<[^>]*>)")


def explained(reason: str) -> str:
    """What stands for words that were taken out: ``[redacted: personal data of somebody]``."""
    label = str(RedactionReason(reason).label)
    return _("[redacted: %(reason)s]") % {"reason": label[:1].lower() + label[1:]}


def plain(text: str, cuts: Iterable[dict[str, Any]]) -> str:
    """The words without formatting, in the active language where some are missing."""
    pieces = kept_pieces(text, cuts)
    return "".join(explained(piece.reason) if piece.reason else piece.text for piece in pieces)


def begins(text: str, cuts: Iterable[dict[str, Any]], *, formatted: bool, most: int) -> str:
    """The first words in one line, without the signs of formatting; ``most`` characters at most."""
    # Only what can be shown is formatted: the whole may have thousands of words.
    head = text[: 4 * most]
    near = [cut for cut in cuts if cut["at"] + len(CUT) <= len(head)]
    if formatted:
        language = get_language() or settings.LANGUAGE_CODE
        said = unescape(strip_tags(str(as_read(head, near, language, formatted=True))))
    else:
        said = plain(head, near)
    line = " ".join(said.split())
    if len(line) <= most and len(head) == len(text):
        return line
    return line[:most].rsplit(" ", 1)[0] + "…"


def as_read(
    text: str, cuts: Iterable[dict[str, Any]], language: str, *, formatted: bool
) -> SafeString:
    """The words as HTML; what stands for those taken out is in ``language``, which is active."""
    reasons: list[str] = []
    marked = []
    for piece in kept_pieces(text, cuts):
        if piece.reason:
            marked.append(f"{START}{len(reasons)}{STOP}")
            reasons.append(piece.reason)
        else:
            marked.append(piece.text.translate(_UNWRITABLE))
    whole = "".join(marked)
    html = _formatted(whole) if formatted else str(linebreaks(whole, autoescape=True))
    elements = [_element(reason, language) for reason in reasons]
    words = [escape(explained(reason)) for reason in reasons]
    # Inside of a tag (the address of a link) no element can stand: the words do.
    parts = [
        _MARK.sub(lambda found: words[int(found[1])], part)
        if part.startswith("<")
        else _MARK.sub(lambda found: elements[int(found[1])], part)
        for part in _TAG.split(html)
    ]
    return mark_safe("".join(parts))  # noqa: S308 - as_html and linebreaks escape; the rest is ours


# What is published stays as it is: 20,000 words are read through once, not at every request. Each
# process keeps these few, some 20 MB of the longest there can be.
@lru_cache(maxsize=64)
def _formatted(text: str) -> str:
    return str(as_html(text))


def _element(reason: str, language: str) -> str:
    direction = "rtl" if get_language_bidi() else "ltr"
    return format_html(
        '<em class="redacted" lang="{}" dir="{}">{}</em>',
        language,
        direction,
        typeset(explained(reason), language),
    )
