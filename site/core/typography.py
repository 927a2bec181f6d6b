"""French spacing, given at output: what is stored keeps the spaces it was written with.

- U+202F, narrow and no-break, before ``; ! ?`` and inside ``« »``; U+00A0 before ``:``
  (*Lexique des règles typographiques en usage à l'Imprimerie nationale*, for whom the colon takes
  a word space and the other signs a thin one).
- U+00A0 between a figure and ``%`` (*Code de rédaction interinstitutionnel*, 6.4: a protected
  space).

A space that is there is replaced, whatever its kind and however many there are; one that is
missing is added only where the sign plainly ends a word. Left alone: addresses (``https://…?x=1``),
times (17:05), ``::``, ``!=``, smileys, character references, and code between back-ticks. Nothing
but white space is ever added or removed, and setting a text twice sets it once.
"""

from collections.abc import Iterator

import regex
from django.utils.safestring import SafeString, mark_safe

NARROW_NO_BREAK = "\u202f"
NO_BREAK = "\u00a0"

# Stand in for markup while a paragraph is being set. Unicode keeps them out of any text.
SEE_THROUGH = "\ufdd0"  # an inline tag: the words on both sides of it are neighbours
OPAQUE = "\ufdd1"  # code, or words in another language: something stands here, left as it is


def _spacing(space: str, through: str) -> "regex.Pattern[str]":
    """What to look for: the gap before or after a sign, or the empty place where it is missing.

    ``space`` matches one white space, ``through`` the markup that may stand at either side of it.
    The group that matched (``narrow``, ``wide`` or ``keep``) says what becomes of the match. Every
    gap is entered from a character that is not a space, so that a long run of spaces is read once.
    """
    after_any = rf"(?<=[^\s{SEE_THROUGH}]{through})(?<!{space}{through})"
    after_word = rf"(?<=[\p{{L}}\p{{M}}\p{{N}}»”’)\]%‰€°…]{through})"
    ends = rf"{through}(?:{space}|\s|\Z|[»«”\"’')\]}}…,.—–]|&(?:quot|raquo|laquo|#39|#x27);)"
    smiley = r"[:;]-?[)(\]\[DPp/\\|](?!\w)"
    narrow = [
        # Inside guillemets; an empty pair is left as it is.
        rf"(?<=«{through}){space}+(?={through}[^\s»{SEE_THROUGH}])",
        rf"(?<=«)(?={through}[^\s»{SEE_THROUGH}])(?!{through}{space})",
        rf"(?<=[^\s«{SEE_THROUGH}]{through})(?<!{space}{through}){space}+(?={through}»)",
        rf"(?<=[^\s«{SEE_THROUGH}]{through})(?<!{space}{through})(?=»)",
        # Before the high signs: `!=` is code, `?x` an address, `?!` one sign.
        rf"{after_any}{space}+(?={through}[;!?](?!=))(?!{through}{smiley})",
        rf"{after_word}(?!{smiley})(?=[;!?]+{ends})",
    ]
    wide = [
        rf"{after_any}{space}+(?={through}:(?![:=]|//))(?!{through}{smiley})",
        rf"{after_word}(?=:{ends})",
        rf"(?<=\p{{Nd}}{through}){space}+(?={through}[%‰](?![\w(%]))",
        rf"(?<=\p{{Nd}}{through})(?=[%‰](?![\w(%]))",
    ]
    keep = [
        rf"(?<!\w)(?:[A-Za-z][A-Za-z0-9+.-]{{1,15}}://|www\.|mailto:)"
        rf"[^\s«»<>{SEE_THROUGH}{OPAQUE}]+",
        r"&(?:\#\d+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{1,31});",
        r"`[^`\n]*`",
    ]
    return regex.compile(
        rf"(?P<narrow>{'|'.join(narrow)})|(?P<wide>{'|'.join(wide)})|(?P<keep>{'|'.join(keep)})"
    )


_SPACES = r" \t\u00a0\u2000-\u200a\u202f\u205f"
_PLAIN = _spacing(space=f"[{_SPACES}]", through="")
_FLOW = _spacing(
    space=rf"(?:[{_SPACES}\r\n\f]|&(?:nbsp|thinsp|#160|#8201|#8239|#x0*(?i:a0|2009|202f));)",
    through=f"{SEE_THROUGH}{{0,8}}",  # bounded: thousands of empty tags are not worth a minute
)


def typeset(text: str, language: str) -> str:
    """Plain ``text`` with the spaces that ``language`` puts around its signs.

    Line breaks are never touched. A language other than French gets its text back unchanged.
    """
    return _PLAIN.sub(_spaced, text) if _is_french(language) else text


def typeset_html(html: str, language: str) -> SafeString:
    """The same for a fragment of HTML that the caller vouches for: only its words are touched.

    Tags, attributes, comments, character references and the insides of code keep every byte. A
    sign is spaced from the word before it even when a tag stands between them. A part with its own
    ``lang`` follows the rules of that language.
    """
    if SEE_THROUGH in html or OPAQUE in html:
        return mark_safe(html)  # noqa: S308 # the caller's own HTML, untouched
    # The pieces are the caller's own, and only white space was put between them.
    return mark_safe("".join(_set_flows(html, language)))  # noqa: S308


def _is_french(language: str) -> bool:
    return language.lower().partition("-")[0] == "fr"


def _spaced(found: "regex.Match[str]") -> str:
    match found.lastgroup:
        case "narrow":
            return NARROW_NO_BREAK
        case "wide":
            return NO_BREAK
        case _:
            return found[0]


# --- HTML -------------------------------------------------------------------------------------
_MARKUP = regex.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>script|style|textarea)\b[^>]*>.*?</(?P=raw)\s*>"
    r"|<[!?][^>]*>"
    r"|</(?P<close>[a-z][^\s/>]*)[^>]*>"
    r"|<(?P<open>[a-z][^\s/>]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*+)>",
    regex.IGNORECASE | regex.DOTALL,
)
_ATTRIBUTE = regex.compile(
    r"(?P<name>[^\s=/>\"']+)(?:\s*=\s*(?:\"(?P<value>[^\"]*)\"|'(?P<value>[^']*)'|(?P<value>[^\s>]+)))?"
)
# fmt: off
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "i", "ins", "label", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
))
_CODE = frozenset((
    "code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "var",
))
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
))
# fmt: on


class _Open:
    """An element that is still open: its name, and how its words are to be set."""

    def __init__(self, name: str, language: str, *, opaque: bool) -> None:
        self.name = name
        self.language = language
        self.opaque = opaque


def _set_flows(html: str, language: str) -> Iterator[str]:
    """The fragment, paragraph after paragraph.

    A flow is what runs on one line of thought: words and inline tags. A block's tag ends it, since
    a sign is never spaced from a word of another block.
    """
    flow = _Flow()
    inside = [_Open("", language, opaque=False)]
    position = 0
    for tag in _MARKUP.finditer(html):
        flow.add_words(html[position : tag.start()], inside[-1])
        position = tag.end()
        before = inside[-1]
        _step(inside, tag)
        name = (tag["open"] or tag["close"] or "").lower()
        if tag["raw"] or before.opaque or inside[-1].opaque:
            flow.stand_in(OPAQUE, tag[0])
        elif name and name not in _INLINE:
            yield flow.finish()
            yield tag[0]
        else:
            flow.stand_in(SEE_THROUGH, tag[0])
    flow.add_words(html[position:], inside[-1])
    yield flow.finish()


def _step(inside: list[_Open], tag: "regex.Match[str]") -> None:
    """Enter or leave the element whose tag was met; a stray closing tag leaves nothing."""
    if tag["close"]:
        name = tag["close"].lower()
        for depth in range(len(inside) - 1, 0, -1):
            if inside[depth].name == name:
                del inside[depth:]
                return
    elif tag["open"]:
        name = tag["open"].lower()
        if name in _VOID or tag["attributes"].endswith("/"):
            return
        parent = inside[-1]
        given = {a["name"].lower(): a["value"] for a in _ATTRIBUTE.finditer(tag["attributes"])}
        language = given.get("lang") or parent.language
        inside.append(_Open(name, language, opaque=parent.opaque or name in _CODE))


class _Flow:
    """Words and markup in order, the markup kept aside while the words are set."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._aside: list[str] = []

    def add_words(self, words: str, inside: _Open) -> None:
        """Words to be set, or to be left as they are."""
        if not words:
            return
        if inside.opaque or not _is_french(inside.language):
            self.stand_in(OPAQUE, words)
        else:
            self._text.append(words)

    def stand_in(self, sign: str, markup: str) -> None:
        """Keep ``markup`` aside, with ``sign`` in its place."""
        self._text.append(sign)
        self._aside.append(markup)

    def finish(self) -> str:
        """The flow, set, with its markup back in place; empty from then on."""
        kept = iter(self._aside)
        done = _FLOW.sub(_spaced, "".join(self._text))
        whole = regex.sub(f"[{SEE_THROUGH}{OPAQUE}]", lambda _: next(kept), done)
        self._text, self._aside = [], []
        return whole
