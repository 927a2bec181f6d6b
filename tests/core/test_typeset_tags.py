"""``{% load typeset %}``: the filters and tags, as templates use them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe
from wagtail.rich_text import RichText

CLOSES = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # 00:00 in Paris


def render(source: str, language: str = "fr", **context: Any) -> str:
    with translation.override(language):
        return Template("{% load typeset %}" + source).render(Context(context))


def test_typeset_escapes_what_is_not_html() -> None:
    assert render("{{ t|typeset }}", t="<b> & «Quoi?»") == (
        "&lt;b&gt; &amp; «\u202fQuoi\u202f?\u202f»"
    )


def test_typeset_leaves_html_as_html() -> None:
    assert render("{{ t|typeset }}", t=mark_safe("<b>Quoi</b> ?")) == "<b>Quoi</b>\u202f?"


def test_typeset_knows_rich_text_as_html() -> None:
    assert "<b>Quoi</b>\u202f?" in render("{{ t|typeset }}", t=RichText("<p><b>Quoi</b> ?</p>"))


def test_typeset_speaks_the_language_of_its_argument() -> None:
    assert render("{{ t|typeset:'en' }}", t="Why ?") == "Why ?"
    assert render("{{ t|typeset:'fr' }}", language="en", t="Quoi ?") == "Quoi\u202f?"


def test_typeset_html_escapes_what_nobody_vouched_for() -> None:
    assert render("{{ t|typeset_html }}", t="<script>alert(1)</script> ?") == (
        "&lt;script&gt;alert(1)&lt;/script&gt;\u202f?"
    )
    assert render("{{ t|typeset_html }}", t=mark_safe("<p>Quoi ?</p>")) == "<p>Quoi\u202f?</p>"


@pytest.mark.parametrize(
    ("source", "english", "french"),
    [
        ("{{ n|number }}", "18,690", "18\u202f690"),
        ("{{ share|percent }}", "84%", "84\u00a0%"),
        ("{{ share|percent:1 }}", "84.1%", "84,1\u00a0%"),
        ("{{ nothing|number }}{{ nothing|percent }}", "", ""),
        ("{{ closes|since:later }}", "3 hours ago", "il y a 3\u00a0heures"),
    ],
)
def test_numbers_and_ages(source: str, english: str, french: str) -> None:
    context = {
        "n": 18_690,
        "share": 0.8414,
        "nothing": None,
        "closes": CLOSES,
        "later": CLOSES.replace(day=1, month=12, hour=2),
    }
    assert render(source, "en", **context) == english
    assert render(source, "fr", **context) == french


def test_a_moment_says_it_to_machines_too() -> None:
    assert render("{% moment dt %}", "en", dt=CLOSES) == (
        '<time datetime="2026-12-01T00:00:00+01:00">1\u00a0December 2026, 00:00 (Paris time)</time>'
    )


def test_a_deadline_says_the_same_minute_to_machines() -> None:
    assert render("{% deadline dt %}", "en", dt=CLOSES) == (
        '<time datetime="2026-11-30T23:59:00+01:00">'
        "30\u00a0November 2026, 23:59 (Paris time)</time>"
    )
