"""French spacing: where it comes, where it stays away, and that it touches nothing else."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.typography import OPAQUE, SEE_THROUGH, typeset, typeset_html

# Written out, so that a reader of a failure sees which space it is.
THIN, WIDE = "\u202f", "\u00a0"


def shown(text: str) -> str:
    """The two spaces as visible signs: ``_`` narrow, ``~`` word space."""
    return text.replace(THIN, "_").replace(WIDE, "~")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Pourquoi ?", "Pourquoi_?"),
        ("Pourquoi?", "Pourquoi_?"),
        ("Oui ! Non ; et alors ?", "Oui_! Non_; et alors_?"),
        ("Vraiment?!", "Vraiment_?!"),
        ("(vraiment?)", "(vraiment_?)"),
        ("Les thèmes : cinq", "Les thèmes~: cinq"),
        ("Les thèmes: cinq", "Les thèmes~: cinq"),
        ("Les thèmes:\ncinq", "Les thèmes~:\ncinq"),
        ("« oui »", "«_oui_»"),
        ("«oui»", "«_oui_»"),
        ("Il a dit «oui»!", "Il a dit «_oui_»_!"),
        ("«Pourquoi?»: un titre", "«_Pourquoi_?_»~: un titre"),
        ("84 % des votes", "84~% des votes"),
        ("84%.", "84~%."),
        ("Attends… !", "Attends…_!"),
        ("Quoi \u00a0\u2009  ?", "Quoi_?"),
        ("Écrire à contact@exemple.fr ?", "Écrire à contact@exemple.fr_?"),
        ("Voir https://exemple.fr/a?b=c;d ?", "Voir https://exemple.fr/a?b=c;d_?"),
    ],
)
def test_french_signs_take_their_space(written: str, expected: str) -> None:
    assert shown(typeset(written, "fr")) == expected


@pytest.mark.parametrize(
    "written",
    [
        "Rendez-vous à 17:05",
        "un écran 16:9",
        "https://exemple.fr/page?x=1;y=2:3",
        "www.exemple.fr/?",
        "mailto:contact@exemple.fr?subject=Idée",
        "page.php?id=4",
        "contact@exemple.fr",
        "std::vector et Foo :: bar",
        "si a != b",
        "`a ? b : c`",
        "&amp; &nbsp; &eacute; &#8239;",
        "merci :) à bientôt ;-)",
        "merci;)",
        "(?) (!)",
        "« »",
        "«»",
        "? au début",
        "ligne\n ? suite",
        "100%25 et %20",
        "%(nombre)s idées, 3 %(mot)s",
        "",
    ],
)
def test_what_is_not_a_french_sign_is_left_alone(written: str) -> None:
    assert typeset(written, "fr") == written


@pytest.mark.parametrize("language", ["en", "en-gb", "de", ""])
def test_other_languages_get_their_text_back(language: str) -> None:
    assert typeset("Why ? « Because » : 84 %", language) == "Why ? « Because » : 84 %"
    assert typeset_html("<p>Why ?</p>", language) == "<p>Why ?</p>"


def test_french_of_any_country_is_french() -> None:
    assert shown(typeset("Quoi ?", "fr-BE")) == "Quoi_?"


# --- Properties -------------------------------------------------------------------------------
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f]")
# fmt: off
PIECES = [
    "a", "é", "mot", "7", "17:05", " ", "  ", "\n", WIDE, THIN, "\u2009",
    ".", ",", "…", "-", "’", "”", "(", ")", "«", "»", ";", ":", "!", "?", "%", "=", "/", "\\", "@",
    "`", "&", "&amp;", "&nbsp;", "www.", "http://", "https://x.fr", "x?y=1", ":)", ";-)", "::",
    "!=",
]
MARKUP = [
    "<b>", "</b>", "<p>", "</p>", "<br>", "<code>", "</code>", "<i lang=en>", "</i>", "<!-- ? -->",
    "<a title='« ?'>", "</a>", "&nbsp;", "&amp;", "&#8239;", "<", ">", "\n", " ", WIDE, THIN,
    "mot", "«", "»", "?", ";", ":", "%", "7", "https://x.fr", "`",
]
# fmt: on
pieces = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(pieces | st.text())
@example("https://x.fr»:!»")
def test_setting_twice_sets_once(text: str) -> None:
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once


@given(pieces | st.text())
def test_nothing_but_spaces_changes(text: str) -> None:
    assert SPACES.sub("", typeset(text, "fr")) == SPACES.sub("", text)


@given(pieces)
def test_spaces_change_only_beside_the_signs(text: str) -> None:
    signs = re.compile(rf"{SPACES.pattern}*[«»;:!?%]{SPACES.pattern}*")
    assert signs.split(typeset(text, "fr")) == signs.split(text)


# --- HTML -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<p>Pourquoi ?</p>", "<p>Pourquoi_?</p>"),
        ("<p>Pourquoi<strong> ?</strong></p>", "<p>Pourquoi<strong>_?</strong></p>"),
        ("<p><em>Pourquoi</em>?</p>", "<p><em>Pourquoi</em>_?</p>"),
        ("«<em>oui</em>»", "«_<em>oui</em>_»"),
        ("«<em> oui </em>»", "«<em>_oui_</em>»"),
        ("<b>Pourquoi&nbsp;?</b>", "<b>Pourquoi_?</b>"),
        ("<b>Les thèmes&#160;: cinq</b>", "<b>Les thèmes~: cinq</b>"),
        ("Pourquoi\n    ?", "Pourquoi_?"),
        ("<a href='/fr/'>Lien</a> : ici", "<a href='/fr/'>Lien</a>~: ici"),
        ("Quoi<!-- note ? --> ?", "Quoi<!-- note ? -->_?"),
        ("<code>a ? b</code> ?", "<code>a ? b</code>_?"),
        ('<span lang="en">Why ?</span> ?', '<span lang="en">Why ?</span>_?'),
        ("<p lang=en>Why ? <q lang=fr>Non !</q></p>", "<p lang=en>Why ? <q lang=fr>Non_!</q></p>"),
        ("<p>a ? <b>b ?</p><p>c ?</p>", "<p>a_? <b>b_?</p><p>c_?</p>"),
    ],
)
def test_words_of_html_take_french_spacing(written: str, expected: str) -> None:
    assert shown(typeset_html(written, "fr")) == expected


@pytest.mark.parametrize(
    "written",
    [
        '<a href="/?a ? b : c" title="Quoi ?">mot</a>',
        "<img alt='Quoi ?'>",
        "<pre>a ? b</pre>",
        "<kbd>Ctrl :</kbd>",
        "<script>x = a ? b : c;</script>",
        "<style>a :hover { b : c ; }</style>",
        "<textarea>a <b> ? b</textarea>",
        "<code>a <b>? b</b> : c</code>",
        "R&amp;D &lt;b&gt;; &eacute;",
        "<p>mot</p> ? <p>mot</p>",
        "mot<br> ? mot",
        '<p hreflang="fr" lang="en">Why ?</p>',
        "<a",
    ],
)
def test_markup_code_and_other_languages_keep_every_byte(written: str) -> None:
    assert typeset_html(written, "fr") == written


markup = st.lists(st.sampled_from(MARKUP), max_size=16).map("".join)
TAG = re.compile(r"<!--.*?-->|</?[a-z][^<>]*>")
WHITE = re.compile(r"&nbsp;|&#8239;|\s")


@given(markup | st.text())
def test_setting_html_twice_sets_it_once(html: str) -> None:
    once = typeset_html(html, "fr")
    assert typeset_html(once, "fr") == once


@given(markup)
def test_nothing_but_white_space_of_html_changes(html: str) -> None:
    done = typeset_html(html, "fr")
    assert TAG.findall(done) == TAG.findall(html)
    assert WHITE.sub("", done) == WHITE.sub("", html)


@pytest.mark.parametrize("sign", [SEE_THROUGH, OPAQUE])
def test_html_that_holds_our_own_signs_is_returned_as_it_is(sign: str) -> None:
    assert typeset_html(f"a ? {sign} b ?", "fr") == f"a ? {sign} b ?"


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 100_000 + "b",
        "!" * 100_000,
        "« " * 50_000,
        "http" * 25_000,
        "`" * 100_001,
        "&a" * 50_000,
        "<a " * 30_000,
        '<a "' * 20_000,
        "a" + "<b>" * 30_000 + "?",
        "&nbsp;" * 20_000,
        "<script>" * 2_000,
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:  # case 67
    started = time.process_time()
    typeset(text, "fr")
    typeset_html(text, "fr")
    assert time.process_time() - started < 3
