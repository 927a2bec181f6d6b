"""Light formatting of long texts: paragraphs, lists, bold, italic and links, and nothing else.

A text is stored as it was typed, with the signs of Markdown. A parser that knows these few only
reads it; the HTML is written here, tag by tag, so that no other tag or attribute can come out,
whatever the text holds.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# What is read; all the rest (headings, quotations, tables, pictures, HTML) stays plain words.
READ = ("list", "paragraph", "newline", "emphasis", "link", "autolink", "escape", "balance_pairs")
TAGS = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "ordered_list_close": "</ol>\n",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "softbreak": "<br>\n",  # who presses Enter wants a new line
    "hardbreak": "<br>\n",
    "link_close": "</a>",
}
LED_TO = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])", re.IGNORECASE)
# An address that stands in the words as it is; the sign after it belongs to the sentence.
BARE = re.compile(r"https?://[^\s<>\"“”«»]+[^\s<>\"“”«».,;:!?…'’)\]}]", re.IGNORECASE)
HIGHEST_NUMBER = 999_999
# Signs that turn the direction of what follows, out of sight: an address has no use for them.
TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def as_html(text: str) -> SafeString:
    """``text`` as HTML: ``p br ul ol li strong em a``, and of attributes ``start``, ``href``,
    ``rel``. Words are escaped; a link leads to ``http``, ``https`` or ``mailto``, or is no link.
    """
    # Written below, of constants and of what was escaped.
    return mark_safe("".join(_written(_parser().parse(text))).strip())  # noqa: S308


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    parser.enable(list(READ), ignoreInvalid=True)
    parser.validateLink = _leads_somewhere  # type: ignore[method-assign,assignment] # as its manual says
    return parser


def _leads_somewhere(address: str) -> bool:
    return LED_TO.match(address) is not None and TURNS.search(address) is None


def _written(tokens: Sequence[Token]) -> Iterator[str]:
    in_link = False
    for token in tokens:
        if token.hidden:  # the paragraphs of a list whose lines stand close
            continue
        match token.type:
            case "inline":
                yield from _written(token.children or [])
            case "ordered_list_open":
                start = token.attrGet("start")
                yield _numbered(1 if start is None else int(start))
            case "link_open":
                in_link = True
                yield _link(str(token.attrGet("href")))
            case known if known in TAGS:
                in_link &= known != "link_close"
                yield TAGS[known]
            case _ if in_link:
                yield escape(token.content)
            case _:
                yield from _words(token.content)


def _words(text: str) -> Iterator[str]:
    """Words, the addresses among them as links."""
    end = 0
    for found in BARE.finditer(text):
        if _leads_somewhere(found[0]):
            yield f"{escape(text[end : found.start()])}{_link(found[0])}{escape(found[0])}</a>"
            end = found.end()
    yield escape(text[end:])


def _link(address: str) -> str:
    return f'<a href="{escape(address)}" rel="nofollow">'


def _numbered(start: int) -> str:
    if 0 <= start <= HIGHEST_NUMBER and start != 1:
        return f'<ol start="{start}">\n'
    return "<ol>\n"
