"""The list of a debate's ideas: by language and order, page after page, at any length."""

from datetime import timedelta
from itertools import product
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from submissions.debate.listing import Listing, Order, page_of_ideas
from submissions.debate.tallies import refresh_tallies
from submissions.models import Consultation, Debate, Idea, IdeaStatus, IdeaText, Tally
from tests.factories import idea, participant
from tests.fixtures.database import database_url
from tests.submissions.casting import cast
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db

AS_MANY = 18_690  # real proposals of a national consultation
MOST_BUFFERS = 60  # pages of 8 KiB that one page of the list may read; the table has 267


def many(debate: Debate, count: int, *, at_once: bool = False) -> None:
    """Published ideas, half of them French, a second apart; each third one voted on twice."""
    now = database_now()
    made = Idea.objects.bulk_create(
        Idea(
            debate=debate,
            language="fr" if number % 2 else "en",
            status=IdeaStatus.PUBLISHED,
            published_at=now if at_once else now - timedelta(seconds=number),
            votes_counted=0 if number % 3 else number % 7,
        )
        for number in range(count)
    )
    IdeaText.objects.bulk_create(
        IdeaText(idea=one, language=one.language, text=f"Idea {one.pk} of many.") for one in made
    )


def walk(debate: Debate, **asked: str) -> list[int]:
    """The ids on every page, by the links that lead from one to the next."""
    seen: list[int] = []
    page = Visitor().get(address("ideas", debate.pk), asked)
    while True:
        seen += [shown.pk for shown in page.context["ideas"]]
        following = page.context["following"]
        if following is None:
            return seen
        href = f"?{following.query}".replace("&", "&amp;")
        assert f'href="{href}" rel="next"' in page.content.decode()
        page = Visitor().get(f"{address('ideas', debate.pk)}?{following.query}")


@pytest.mark.parametrize("at_once", [False, True], ids=["one by one", "all at once"])
@pytest.mark.parametrize(("language", "order"), list(product(["", "fr"], Order)))
def test_every_idea_is_listed_once_in_its_order(
    debate: Debate, language: str, order: Order, at_once: bool
):
    many(debate, 45, at_once=at_once)
    ideas = list(Idea.objects.filter(language=language) if language else Idea.objects.all())
    keys: dict[Order, Any] = {
        Order.NEWEST: lambda one: (one.published_at, one.pk),
        Order.MOST_VOTES: lambda one: (one.votes_counted, one.pk),
        Order.FEWEST_VOTES: lambda one: (one.votes_counted, one.pk),
    }
    ideas.sort(key=keys[order], reverse=order is not Order.FEWEST_VOTES)
    assert walk(debate, language=language, order=order.value) == [one.pk for one in ideas]


def test_a_list_goes_on_after_an_idea_withdrawn_since(debate: Debate):
    many(debate, 30)
    for order in Order:
        page = Visitor().get(address("ideas", debate.pk), {"order": order.value})
        Idea.objects.filter(pk=page.context["ideas"][-1].pk).update(status=IdeaStatus.WITHDRAWN)
        rest = Visitor().get(f"{address('ideas', debate.pk)}?{page.context['following'].query}")
        assert len(rest.context["ideas"]) == 30 - 20, order
        Idea.objects.update(status=IdeaStatus.PUBLISHED)


def test_votes_that_come_meanwhile_hide_nothing_that_stays(debate: Debate):
    """A page begins after the votes that the last idea had then, not after those it has now."""
    many(debate, 45)
    first = Visitor().get(address("ideas", debate.pk), {"order": "fewest-votes"})
    last = first.context["ideas"][-1]
    Idea.objects.filter(pk=last.pk).update(votes_counted=500)
    rest = Visitor().get(f"{address('ideas', debate.pk)}?{first.context['following'].query}")
    untouched = Idea.objects.exclude(pk=last.pk).by_votes(fewest_first=True)
    assert [one.pk for one in rest.context["ideas"]] == [one.pk for one in untouched[19:39]]


def test_votes_come_into_the_order_by_the_recount(debate: Debate, consultation: Consultation):
    quiet, loud, forged = (idea(debate) for _number in range(3))
    for _number in range(2):
        cast(loud, participant(consultation), "disagree")
        cast(forged, participant(consultation), "agree", key_valid=False)
    cast(quiet, participant(consultation), "neutral")
    refresh_tallies(touched_within=timedelta(minutes=1))
    assert walk(debate, order="most-votes") == [loud.pk, quiet.pk, forged.pk]
    assert walk(debate, order="fewest-votes") == [forged.pk, quiet.pk, loud.pk]


@pytest.mark.django_db(transaction=True)
def test_the_recount_waits_for_nobody_who_holds_an_idea(debate: Debate, consultation: Consultation):
    held = idea(debate)
    cast(held, participant(consultation), "agree")
    with psycopg.connect(database_url()) as moderator:
        moderator.execute("SELECT 1 FROM submissions_idea FOR NO KEY UPDATE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        assert refresh_tallies() == 1
        assert Tally.objects.get().stale
        assert Idea.objects.get().votes_counted == 0
    refresh_tallies(touched_within=timedelta(0))
    assert not Tally.objects.get().stale
    assert Idea.objects.get().votes_counted == 1


def test_the_order_of_votes_waits_with_the_results(debate: Debate):
    """Hidden results can't be read from an order either, nor from the place of a page."""
    Consultation.objects.update(hide_results_while_open=True)
    many(debate, 25)
    newest = list(Idea.objects.newest().values_list("pk", flat=True)[:20])
    for query in ({"order": "most-votes"}, {"order": "fewest-votes", "before": "3-1"}):
        page = Visitor().get(address("ideas", debate.pk), query)
        assert [one.pk for one in page.context["ideas"]] == newest
        html = page.content.decode()
        assert 'name="order"' not in html
        assert "-votes" not in html.partition("<main")[2].partition("</main>")[0]
        assert "how the votes stand is shown once the consultation is closed" in html
    Consultation.objects.update(closes_at=database_now())
    assert 'name="order"' in Visitor().get(address("ideas", debate.pk)).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "before=",
        "before=x",
        "before=0",
        "before=-1",
        "before=%C2%B2",
        "before=%00",
        "before=1%00",
        "before=1-2",
        "before=" + "9" * 40,
        "order=most-votes&before=1",
        "order=most-votes&before=1-",
        "order=most-votes&before=-1-1",
        "order=most-votes&before=1-%C2%B2",
        "order=most-votes&before=1-1%0A",
        "order=most-votes&before=9999999999-1",
        "order=password",
        "order=votes_counted",
        "order=%00",
        "order=author__address__email",
        "language=tlh",
        "language=en%00",
        "language=en&language=%27",
    ],
)
def test_an_address_that_means_nothing_is_not_there(debate: Debate, query: str):  # case 48, 68
    many(debate, 2)
    assert Visitor().get(f"{address('ideas', debate.pk)}?{query}").status_code == 404


def test_what_no_list_asks_for_changes_nothing(debate: Debate):  # case 48
    many(debate, 3)
    plain = walk(debate)
    for name in ("author__address__email__startswith", "_connector", "status", "page", "a\x00b"):
        assert walk(debate, **{name: "awaiting"}) == plain
    assert walk(debate, language="", order="") == plain


def test_the_page_says_what_it_lists(debate: Debate):
    many(debate, 50)
    asked = {"language": "fr", "order": "fewest-votes"}
    page = Visitor().get(address("ideas", debate.pk), asked)
    html = page.content.decode()
    assert "<h1>Ideas written in French, fewest votes first</h1>" in html
    assert "<title>Ideas written in French, fewest votes first" in html
    assert "25 ideas published that were written in French." in html
    assert '<option value="fr" lang="fr" selected>' in html
    assert '<option value="fewest-votes" selected>' in html
    again = Visitor().get(f"{address('ideas', debate.pk)}?{page.context['following'].query}")
    assert ", continued" in again.content.decode().partition("</title>")[0]
    french = Visitor().get(address("ideas", debate.pk, language="fr"), asked).content.decode()
    assert "<h1>Idées écrites en français, en commençant par les moins votées</h1>" in french
    assert "50 ideas published" in Visitor().get(address("ideas", debate.pk)).content.decode()


def test_the_other_language_shows_the_same_list(debate: Debate):
    many(debate, 30)
    page = Visitor().get(address("ideas", debate.pk), {"language": "fr", "order": "most-votes"})
    assert f'{address("ideas", debate.pk, language="fr")}?language=fr&amp;order=most-votes"' in (
        page.content.decode()
    )


def test_search_engines_are_told_of_the_whole_list_alone(debate: Debate):
    many(debate, 25)
    plain = Visitor().get(address("ideas", debate.pk))
    assert "noindex" not in plain.content.decode()
    for query in ("language=fr", "order=most-votes", plain.context["following"].query):
        html = Visitor().get(f"{address('ideas', debate.pk)}?{query}").content.decode()
        assert '<meta name="robots" content="noindex">' in html
        assert f'rel="canonical" href="http://localhost{address("ideas", debate.pk)}"' in html


@pytest.mark.parametrize("query", ["", "language=fr&order=most-votes"])
def test_the_list_needs_the_same_queries_however_long(debate: Debate, query: str):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            Visitor().get(f"{address('ideas', debate.pk)}?{query}")
        return len(seen)

    many(debate, 3)
    queries()
    few = queries()
    many(debate, 60)
    assert queries() == few


def buffers_read(debate: Debate, listing: Listing) -> int:
    """How many pages of tables and indexes the first query of a list's page reads."""
    with CaptureQueriesContext(connection) as seen:
        page_of_ideas(debate, listing)
    asked = next(
        query["sql"]
        for query in seen
        if '"submissions_idea"."debate_id"' in query["sql"] and "LIMIT 21" in query["sql"]
    )
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {asked}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


@pytest.mark.usefixtures("untouched_database")
def test_a_page_reads_as_little_at_the_end_of_18690_ideas_as_at_the_start(debate: Debate):
    """All of one moment and most with as many votes, as after an import: ties everywhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO submissions_idea (debate_id, language, status, published_at, extremity,
                source, source_row, votes_counted)
            SELECT %s, CASE n %% 50 WHEN 0 THEN 'fr' ELSE 'en' END, 'published', now(), 0, '', '',
                CASE n %% 10 WHEN 0 THEN n %% 7 ELSE 0 END
            FROM generate_series(1, %s) AS n""",
            [debate.pk, AS_MANY],
        )
        cursor.execute("ANALYZE submissions_idea, submissions_tally, submissions_ideatext")
    for language, order in product(["", "fr"], Order):
        whole = Idea.objects.filter(language=language) if language else Idea.objects.all()
        deep = {
            Order.NEWEST: whole.newest(),
            Order.MOST_VOTES: whole.by_votes(),
            Order.FEWEST_VOTES: whole.by_votes(fewest_first=True),
        }[order][whole.count() - 60]
        start = Listing(language, order)
        for listing in (start, start.going_on(deep)):
            assert buffers_read(debate, listing) <= MOST_BUFFERS, listing
