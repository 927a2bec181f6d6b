"""The page of results: bounded, safe, and the same number of queries whatever is asked."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.clock import database_now
from search import results, views
from search.index import index_ideas
from search.models import MARK_START, MARK_STOP, Entry
from submissions.models import Debate, Idea, IdeaText
from tests.factories import StandardPageFactory, published

ODD = {
    "10 kB": "a" * 10_240,
    "10 kB of words": "mot " * 2_560,
    "quotes": '"' * 10_000,
    "NUL": "\x00",
    "NUL inside": "so\x00laire",
    "bidi override": "\u202eerialos\u202c",
    "zero width": "\u200b\u200d\ufeff",
    "lone quote": "'",
    "unclosed phrase": '"solaire',
    "wildcards": "%_*?",
    "tsquery signs": "a & | ! <-> :* ( )",
    "only minus": "-" * 200,
    "spaced minus": "- " * 99 + "a",
    "minus words": "-a -b -c",
    "only or": "or or or",
    "nested": "(((((" * 40,
    "backslashes": "\\" * 200,
    "dollar quoting": "$$; DROP TABLE search_entry; $$",
    "sql": "' OR 1=1 --",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "percent": "%s %(x)s %00",
    "emoji": "👩‍👩‍👧‍👦" * 10,
    "combining": "e" + "\u0301" * 150,
    "noncharacters": f"{MARK_START}solaire{MARK_STOP}",
    "surrogate pair": "\U0001d11e",
    "regex bomb": "(a+)+$" * 20,
    "line breaks": "a\r\nb\u2028c",
    "200 words": "a " * 100,
    "host": "http://exemple.fr/é?q=1#x",
    "tag": "<b>é</b><!--",
    "entity": "&eacute;&#0;",
    "float": "1e400 -0 NaN",
}


class TestThePage:
    def test_without_words_it_is_just_the_box(self, db, ask) -> None:
        asked = ask("")
        assert asked.response.status_code == 200
        assert 'type="search" name="q"' in asked.html
        assert "result-count" not in asked.html
        assert 'class="error"' not in asked.html

    def test_spaces_are_no_words(self, db, ask) -> None:
        assert "result-count" not in ask("  \t ").html

    def test_it_says_how_many_there_are(self, site, ask) -> None:
        for title in ("Lighthouse one", "Lighthouse two"):
            published(StandardPageFactory(parent=site.home, title=title))
        assert "2 results for “<bdi>lighthouse</bdi>”" in squeezed(ask("lighthouse").html)
        assert "1 result for “<bdi>two</bdi>”" in squeezed(ask("two").html)

    def test_it_says_when_there_is_nothing(self, db, ask) -> None:
        assert "Nothing was found for “<bdi>zebra</bdi>”" in squeezed(ask("zebra").html)

    def test_the_words_stay_in_the_box_and_in_the_switcher(self, site, ask) -> None:
        asked = ask("phare", "fr")
        assert 'value="phare"' in asked.html
        assert "/en/search/?q=phare" in asked.html

    def test_it_speaks_the_language_of_the_address(self, site, ask) -> None:
        assert 'lang="fr"' in ask("phare", "fr").html.partition("<head>")[0]

    def test_robots_leave_it_out(self, db, ask) -> None:
        assert '<meta name="robots" content="noindex">' in ask("x").html

    def test_it_sets_no_cookie(self, db, ask) -> None:
        assert not ask("general").response.cookies

    def test_the_box_stands_on_a_page(self, site, client) -> None:
        html = client.get(site.home.url).content.decode()
        assert f'action="{reverse("search")}"' in html


class TestOddInput:
    @pytest.mark.parametrize("query", ODD.values(), ids=ODD.keys())
    def test_it_is_answered_and_never_an_error_of_ours(self, db, ask, query: str) -> None:
        # case 24, case 67
        for language in ("en", "fr"):
            assert ask(query, language).response.status_code in (200, 422)

    def test_too_long_a_query_is_refused_with_the_limit_and_its_words(self, db, ask) -> None:
        asked = ask("solaire " * 30)
        assert asked.response.status_code == 422
        assert "Use at most 200 characters: you wrote 239." in asked.html
        assert "solaire solaire" in asked.html

    def test_two_hundred_characters_are_looked_for(self, db, ask) -> None:
        assert ask("é" * 200).response.status_code == 200
        assert ask("é" * 201).response.status_code == 422

    def test_bytes_that_are_not_utf_8_are_answered(self, db, client) -> None:
        assert client.get("/en/search/?q=%ff%fe%00").status_code == 200

    @pytest.mark.parametrize("page", ["0", "-1", "2", "999999", "x", "1e3", "\uff11", "", "1\x00"])
    def test_a_page_that_there_is_not_is_404(self, db, ask, page: str) -> None:
        # case 68
        assert ask("solaire", "fr", page=page).response.status_code == 404

    def test_other_methods_than_reading_are_refused(self, db, client) -> None:
        assert client.post("/en/search/", {"q": "x"}).status_code == 405

    def test_a_search_that_takes_too_long_says_so(self, site, ask, monkeypatch) -> None:
        monkeypatch.setattr(results, "TIME_LIMIT", "1ms")
        slow = "(SELECT 1 FROM pg_sleep(0.2)) = 1"
        readable = Entry.objects.readable
        monkeypatch.setattr(
            Entry.objects,
            "readable",
            lambda *args: readable(*args).extra(where=[slow]),
        )
        asked = ask("general")
        assert asked.response.status_code == 503
        assert "This search took too long" in asked.html


SIGNS = st.sampled_from([*"-\"'()&|!<>:*\\/ ", "or", "OR", "é", "solaire", " -", '" '])


@given(st.lists(SIGNS, max_size=60).map("".join))
@hypothesis_settings(max_examples=300, deadline=None, derandomize=True)
@pytest.mark.django_db
def test_no_query_is_too_odd_for_the_database(typed: str) -> None:
    list(Entry.objects.matching(typed, "fr").marked(typed, "fr")[:1])


class TestExcerpts:
    def test_found_words_are_marked_with_accents_or_without(self, write, ask) -> None:
        write("Il faut développer l’énergie solaire")
        assert "l’<mark>énergie</mark> solaire" in ask("energie", "fr").html

    @pytest.mark.parametrize(
        "attack",
        [
            "<script>alert(1)</script> solaire",
            '<img src=x onerror="alert(1)"> solaire',
            "solaire <mark onclick=alert(1)>",
            "</mark></a><svg/onload=alert(1)> solaire",
            "&lt;script&gt; solaire &amp;",
            f"{MARK_START}<b>{MARK_STOP} solaire",
        ],
    )
    def test_what_people_wrote_is_shown_inert(self, write, ask, attack: str) -> None:
        # case 51
        write(attack)
        html = ask("solaire", "fr").html
        shown = html.partition('class="results"')[2].partition("</ol>")[0]
        assert "solaire</mark>" in shown
        for tag in ("<script", "<img", "<svg", "<b>", "<mark onclick"):
            assert tag not in shown
        assert shown.count("<mark>") == shown.count("</mark>") == 1

    def test_an_attack_in_the_query_is_shown_inert(self, db, ask) -> None:
        html = ask("<script>alert(1)</script>").html
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_a_page_is_shown_by_the_passages_around_what_was_found(self, site, ask) -> None:
        text = "<p>" + "filler words " * 200 + "a lighthouse by the sea " + "more text " * 200
        page = StandardPageFactory(parent=site.home, title="Coast", body=[("text", text + "</p>")])
        published(page)
        result = ask("lighthouse").response.context["results"][0]
        assert "a <mark>lighthouse</mark> by the sea" in result.excerpt
        assert len(result.excerpt) < 600


def ideas_in(debate: Debate, count: int) -> None:
    """So many published ideas about sun and wind."""
    ideas = Idea.objects.bulk_create(
        Idea(debate=debate, language="fr", status="published", published_at=database_now())
        for _n in range(count)
    )
    IdeaText.objects.bulk_create(
        IdeaText(idea=idea, language="fr", text=f"Il faut du solaire numéro {idea.pk}")
        for idea in ideas
    )
    index_ideas([idea.pk for idea in ideas])


class TestManyResults:
    def test_pages_of_results_hold_each_of_them_once(self, debate, ask) -> None:
        ideas_in(debate, 45)
        found: list[str] = []
        for page in (1, 2, 3):
            found += ask("solaire", "fr", page=page).addresses
        assert len(found) == len(set(found)) == 45
        assert ask("solaire", "fr", page=4).response.status_code == 404

    def test_no_more_than_the_bound_are_listed(self, debate, ask, monkeypatch) -> None:
        monkeypatch.setattr(results, "MOST_RESULTS", 40)
        monkeypatch.setattr(views, "MOST_RESULTS", 40)
        ideas_in(debate, 45)
        assert ask("solaire", "en").response.status_code == 200
        assert ask("solaire", "fr").response.context["count"] == 40
        assert ask("solaire", "fr").response.context["there_are_more"]
        assert ask("solaire", "fr", page=3).response.status_code == 404

    def test_the_number_of_queries_does_not_depend_on_the_results(self, debate, ask) -> None:
        ideas_in(debate, 1)
        few = queries(ask, "solaire")
        ideas_in(debate, 60)
        assert queries(ask, "solaire") == few
        assert few < 25


def queries(ask: Any, words: str) -> int:
    """How many it takes to answer, once what is cached is cached."""
    ask(words, "fr")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask(words, "fr")
    return len(captured)


def squeezed(html: str) -> str:
    """Runs of white space as one space, as a browser shows them."""
    return re.sub(r"\s+", " ", html)
