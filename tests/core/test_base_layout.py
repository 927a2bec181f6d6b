"""The base layout."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from core.alternates import Alternate

ENGLISH = Alternate(
    "en", "English", "/en/work/?page=2", canonical="/en/work/", current=True, exists=True
)
FRENCH = Alternate(
    "fr", "Français", "/fr/travail/?page=2", canonical="/fr/travail/", current=False, exists=True
)
FRENCH_HOME = Alternate(
    "fr", "Français", "/fr/?untranslated=1", canonical="/fr/", current=False, exists=False
)


def soup(html: str) -> Any:
    """Untyped: what is looked for and not found fails the test anyway."""
    return BeautifulSoup(html, "html.parser")


def page(language: str = "en", **context: Any) -> Any:
    """A page of the layout, with what the context processors give unless it is given here."""
    context = {
        "site_name": "Voices",
        "home_url": "/en/",
        "site_origin": "https://example.org",
        "canonical_url": "https://example.org/en/work/",
        "x_default_url": "https://example.org/",
        "alternates": [ENGLISH, FRENCH],
    } | context
    with translation.override(language):
        return soup(render_to_string("base.html", context))


class OneField(forms.Form):
    email = forms.EmailField(label="E-mail")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_names_its_language(language):
    assert page(language).html["lang"] == language


@pytest.mark.parametrize(("language", "prefix"), [("en", "Error: "), ("fr", "Erreur\u00a0: ")])
def test_the_title_opens_with_error_when_something_was_refused(language, prefix):
    assert page(language, form=OneField({})).title.get_text().startswith(prefix)
    assert page(language, has_errors=True).title.get_text().startswith(prefix)
    assert not page(language, form=OneField()).title.get_text().startswith(prefix)


def test_the_summary_of_errors_is_the_first_thing_in_the_content():
    main = page(form=OneField({})).main
    assert "error-summary" in main.find(recursive=False)["class"]


def test_the_switcher_names_each_language_in_itself():
    links = page().find("nav", class_="languages").find_all("a")
    assert [(a["lang"], a["hreflang"], a["href"], a.get_text()) for a in links] == [
        ("en", "en", "/en/work/?page=2", "English"),
        ("fr", "fr", "/fr/travail/?page=2", "Français"),
    ]
    assert [a.get("aria-current") for a in links] == ["true", None]


@pytest.mark.parametrize(("language", "label"), [("en", "Language"), ("fr", "Langue")])
def test_the_switcher_is_labelled(language, label):
    assert page(language).find("nav", class_="languages")["aria-label"] == label


def test_hreflang_names_plain_addresses_in_only_the_languages_that_the_page_exists_in():
    found = {
        link["hreflang"]: link["href"]
        for link in page(alternates=[ENGLISH, FRENCH_HOME]).find_all("link", rel="alternate")
    }
    assert found == {
        "en": "https://example.org/en/work/",
        "x-default": "https://example.org/",
    }


def test_who_asked_for_a_missing_translation_is_told():
    notice = page("fr", untranslated_notice=True).main.find(class_="notice")
    assert "n’existe pas encore dans cette langue" in notice.get_text()
    assert page("fr").main.find(class_="notice") is None


def test_the_search_box_stands_on_every_page_in_its_language():
    assert page().find("form", role="search")["action"].startswith("/en/")
    assert page("fr").find("form", role="search")["action"].startswith("/fr/")


def test_the_first_stop_of_the_keyboard_leads_to_the_content():
    first = page().body.find("a")
    assert first["href"] == "#main"
    assert page().main["id"] == "main"


@pytest.mark.parametrize(
    ("language", "phase", "words"),
    [
        ("en", "upcoming", "Upcoming opens on 1\u00a0September 2026"),
        ("en", "open", "Open until 15\u00a0November 2026"),
        ("en", "closed", "Closed since 15\u00a0November 2026"),
        ("fr", "upcoming", "À venir ouverture le 1er\u00a0septembre 2026"),
        ("fr", "open", "Ouverte jusqu’au 15\u00a0novembre 2026"),
        ("fr", "closed", "Terminée depuis le 15\u00a0novembre 2026"),
    ],
)
def test_the_banner_says_the_phase_and_its_date(language, phase, words):
    consultation = SimpleNamespace(
        opens_at=datetime(2026, 9, 1, 8, tzinfo=UTC),
        opening=datetime(2026, 9, 1, 8, tzinfo=UTC),
        closes_at=datetime(2026, 11, 15, 22, 59, tzinfo=UTC),
    )
    banner = page(language, phase=phase, consultation=consultation).find(class_="phase")
    assert words in re.sub(r"[ \n]+", " ", banner.get_text())
    assert banner.find("time").has_attr("datetime")


def test_without_a_consultation_there_is_no_banner():
    assert page(phase=None).find(class_="phase") is None


def test_htmx_may_evaluate_nothing_and_write_no_style():
    htmx = soup(render_to_string("components/htmx.html"))
    config = htmx.find("meta", attrs={"name": "htmx-config"})["content"]
    assert '"allowEval": false' in config
    assert '"allowScriptTags": false' in config
    assert '"includeIndicatorStyles": false' in config


def test_a_page_that_exchanges_nothing_is_spared_htmx():
    assert [script["src"] for script in page().find_all("script")] == ["/static/js/site.js"]


def tally(agree: int, disagree: int, neutral: int) -> Any:
    context = {"agree": agree, "disagree": disagree, "neutral": neutral}
    return soup(render_to_string("components/tally.html", context))


def test_a_tally_is_a_bar_and_the_same_in_words():
    found = tally(12, 6, 2)
    bars = [(bar.get("x", "0"), bar["width"]) for bar in found.find_all("rect")]
    assert found.svg["viewbox"] == "0 0 20 1"
    assert found.svg["aria-hidden"] == "true"
    assert bars == [("0", "12"), ("12", "6"), ("18", "2")]
    assert [li.get_text() for li in found.find_all("li")] == [
        "Agree 60%",
        "Disagree 30%",
        "Neutral 10%",
        "20 votes",
    ]


@pytest.mark.parametrize(
    ("language", "total", "words"),
    [
        ("en", 1, "1 vote"),
        ("fr", 1, "1 vote"),
        ("en", 1_000_000, "1,000,000 votes"),
        ("fr", 1_000_000, "1\u202f000\u202f000 votes"),
    ],
)
def test_a_tally_counts_as_the_language_does(language, total, words):
    with translation.override(language):
        found = tally(total, 0, 0)
    assert found.find_all("li")[-1].get_text() == words
    assert found.svg["viewbox"] == f"0 0 {total} 1"


def test_an_idea_without_votes_says_so():
    assert tally(0, 0, 0).get_text().strip() == "No vote yet."


def test_turning_pages_keeps_the_rest_of_the_question():
    request = RequestFactory().get("/en/ideas/?language=fr&page=4")
    template = engines["django"].from_string('{% include "components/pagination.html" %}')
    html = template.render({"page": Paginator(range(400), 10).page(4)}, request)
    links = soup(html).find_all("a")
    assert [a.get_text(" ", strip=True) for a in links] == [
        "Previous", "Page 1", "Page 2", "Page 3", "Page 4", "Page 5", "Page 6", "Page 40", "Next",
    ]  # fmt: skip
    assert links[-1]["href"] == "?language=fr&page=5"
    assert [a.get_text(" ", strip=True) for a in links if a.has_attr("aria-current")] == ["Page 4"]
