"""Light formatting: what it knows, and that nothing else ever comes out of it."""

import re
import time
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.contributions.formatting import as_html

ALLOWED: dict[str, set[str]] = {
    "p": set(),
    "br": set(),
    "ul": set(),
    "ol": {"start"},
    "li": set(),
    "strong": set(),
    "em": set(),
    "a": {"href", "rel"},
}
ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
# Fragments that parsers of HTML and of Markdown take for something.
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](\tjavascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example)",
    '[x](https://a.example/" onmouseover="alert(1))',
    '[x](https://a.example "title" onclick=alert(1))',
    "[x](<https://a.example/ onclick=alert(1)>)",
    "<javascript:alert(1)>",
    '<https://a.example/"onmouseover=alert(1)//>',
    "![x](https://a.example/pixel.png)",
    'https://a.example/"onmouseover="alert(1)',
    "https://a.example/'><script>alert(1)</script>",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "> <b>x</b>",
    "# <b>x</b>",
    "|<b>|\n|-|\n|x|",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "**<b**>x",
    "*<!--*-->",
    "<![CDATA[<b>]]>",
    "<style>*{display:none}</style>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "- <iframe srcdoc='<script>1</script>'>",
    "1. <object data=x>",
    "\u202e[x](https://a.example)\u202c",
    "[x](https://a.example/\u202egnp.exe)",
    "[\u0000](https://a.example)",
]


class Tags(HTMLParser):
    """Whatever a browser could take for markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.others: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def check(text: str) -> None:
    """Only the allowed tags and attributes, each closed; links lead to the web or a mailbox."""
    tags = Tags()
    tags.feed(as_html(text))
    tags.close()
    assert tags.open == []
    assert tags.others == []
    for tag, attrs in tags.found:
        names = [name for name, _value in attrs]
        assert set(names) <= ALLOWED[tag]
        assert len(names) == len(set(names))
        values = dict(attrs)
        if tag == "a":
            assert ADDRESS.match(values["href"] or "")
            assert values["rel"] == "nofollow"
        if "start" in values:
            assert re.fullmatch(r"\d{1,6}", values["start"] or "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    check(text)
    check(f"before **bold** {text} after")
    check(f"- {text}\n- {text}")


@given(
    st.lists(
        st.sampled_from(
            [
                *HOSTILE,
                "*",
                "**",
                "_",
                "[",
                "](",
                ")",
                "<",
                ">",
                "\n",
                "- ",
                "1. ",
                "\\",
                "&",
                '"',
                "'",
                "a",
                " ",
                "https://é.example",
            ]
        ),
        max_size=12,
    )
)
@settings(max_examples=300, deadline=None)
def test_nothing_but_what_is_allowed_comes_out_of_fragments(parts: list[str]) -> None:
    check("".join(parts))


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_nothing_but_what_is_allowed_comes_out_of_any_text(text: str) -> None:
    check(text)


@given(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=50))
def test_plain_words_are_kept_letter_for_letter(text: str) -> None:
    assert BeautifulSoup(as_html(text), "html.parser").get_text() == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\ntwo\n\nThree", "<p>One<br>\ntwo</p>\n<p>Three</p>"),
        ("**bold** and *italic*", "<p><strong>bold</strong> and <em>italic</em></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        (
            "[the report](https://example.org/r?a=1&b=2)",
            '<p><a href="https://example.org/r?a=1&amp;b=2" rel="nofollow">the report</a></p>',
        ),
        (
            "See https://example.org/a_b_c.",
            '<p>See <a href="https://example.org/a_b_c" rel="nofollow">'
            "https://example.org/a_b_c</a>.</p>",
        ),
        (
            "<mailto:a@example.org>",
            '<p><a href="mailto:a@example.org" rel="nofollow">mailto:a@example.org</a></p>',
        ),
        ("# Not a heading", "<p># Not a heading</p>"),
        ("> not a quotation", "<p>&gt; not a quotation</p>"),
        ("![no picture](https://example.org/a)", None),
        (r"2 \* 3 \* 4", "<p>2 * 3 * 4</p>"),
        ("2 * 3 * 4 and snake_case_name", "<p>2 * 3 * 4 and snake_case_name</p>"),
    ],
)
def test_what_it_knows(text: str, html: str | None) -> None:
    if html is not None:
        assert as_html(text) == html
    assert "<img" not in as_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "*" * 50_000,
        "[" * 50_000,
        "- " * 25_000,
        "**a " * 12_000,
        "<" * 50_000,
        "_a_*b*" * 8_000,
        "https://" * 6_000,
        "[a](" * 12_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.perf_counter()
    as_html(text)
    assert time.perf_counter() - begun < 3
