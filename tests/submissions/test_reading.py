"""Reading ideas: the block on the theme page, the list, the permanent link; never what waits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from submissions.debate.published import forget_count
from submissions.debate.tallies import refresh_tallies
from submissions.models import Consultation, Debate, Idea, IdeaStatus, Vote
from tests.factories import (
    bilingual_site,
    bilingual_theme,
    debate_block,
    idea,
    participant,
    translation_of,
)
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db

CANARY = "Canary-7f3a sings in a mine nobody may enter"


@pytest.fixture
def theme(db: None):
    """A theme page in both languages, with a debate."""
    return bilingual_theme(bilingual_site(), debate_block())


@pytest.fixture
def its_debate(theme) -> Debate:
    return Debate.objects.get(translation_key=theme[0].translation_key)


def many(debate: Debate, count: int) -> None:
    """Published ideas in both languages, a second apart."""
    now = database_now()
    Idea.objects.bulk_create(
        Idea(
            debate=debate,
            language="fr" if number % 2 else "en",
            status=IdeaStatus.PUBLISHED,
            published_at=now - timedelta(seconds=number),
        )
        for number in range(count)
    )
    made = Idea.objects.filter(debate=debate, texts__isnull=True)
    for one in made:
        one.texts.create(language=one.language, text=f"Idea number {one.pk} of the many.")


# --- The block ------------------------------------------------------------------------------------


def test_the_block_holds_both_doors_and_the_consent(theme, its_debate: Debate):
    page = Visitor().get(theme[0].url).content.decode()
    assert address("start", its_debate.pk) in page
    assert address("write", its_debate.pk) in page
    said = f'id="consent-{its_debate.pk}"'
    assert page.count(said) == page.count("recorded under a random number") == 1
    assert page.count(f'href="#consent-{its_debate.pk}"') == 1  # beside the second button
    assert page.count(f'aria-describedby="consent-{its_debate.pk}"') == 1
    assert "csrfmiddlewaretoken" not in page


def test_the_block_of_the_french_page_leads_to_french_addresses(theme, its_debate: Debate):
    page = Visitor().get(theme[1].url).content.decode()
    assert address("start", its_debate.pk, language="fr") in page
    assert address("start", its_debate.pk, language="en") not in page


def test_the_theme_page_sets_no_cookie_and_reads_no_session(theme):
    with CaptureQueriesContext(connection) as queries:
        response = Visitor().get(theme[0].url)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert not any("django_session" in query["sql"] for query in queries)


def test_published_ideas_of_both_languages_stand_on_both_pages(theme, its_debate: Debate):
    idea(its_debate, "We should plant trees in streets.", "en")
    idea(its_debate, "Il faut planter des arbres en ville.", "fr")
    for page in theme:
        shown = Visitor().get(page.url).content.decode()
        assert 'lang="en" dir="auto"' in shown and "We should plant trees in streets." in shown
        assert 'lang="fr" dir="auto"' in shown and "Il faut planter des arbres en ville." in shown
        assert '<span lang="fr">Français</span>' in shown


def test_the_tally_is_the_same_in_both_languages(theme, its_debate: Debate):
    wanted = idea(its_debate, "Il faut planter des arbres en ville.", "fr")
    voter = Visitor()
    voter.start(its_debate)
    voter.vote(wanted, "agree", language="en")
    refresh_tallies()
    for page, words in zip(theme, ("1 vote", "1 vote"), strict=True):
        assert words in Visitor().get(page.url).content.decode()


def test_the_newest_ten_are_shown_and_all_are_counted(theme, its_debate: Debate):
    many(its_debate, 13)
    page = Visitor().get(theme[0].url).content.decode()
    assert page.count('class="idea"') == 10
    assert "13 ideas published" in page
    assert address("ideas", its_debate.pk) in page


def test_as_many_queries_with_ten_ideas_as_with_hundreds(theme, its_debate: Debate):
    def queries() -> int:
        forget_count(its_debate.pk)
        with CaptureQueriesContext(connection) as seen:
            assert Visitor().get(theme[0].url).status_code == 200
        return len(seen)

    many(its_debate, 10)
    Visitor().get(theme[0].url)
    few = queries()
    many(its_debate, 400)
    assert queries() == few


def test_counting_is_left_to_a_short_lived_cache(theme, its_debate: Debate):
    Visitor().get(theme[0].url)
    with CaptureQueriesContext(connection) as seen:
        Visitor().get(theme[0].url)
    assert not any("COUNT" in query["sql"] for query in seen)


STATES = {
    "upcoming": ({"opens_at": timedelta(days=1)}, "This debate is not open yet. It opens on"),
    "by hand": ({"opens_by_hand": True}, "This debate is not open yet."),
    "closed": ({"closes_at": timedelta(days=-1)}, "no longer written or voted on"),
    "retired": ({"retired_at": timedelta(0)}, "This debate has ended."),
}


@pytest.mark.parametrize(("fields", "words"), STATES.values(), ids=STATES.keys())
def test_the_block_says_why_it_takes_nothing(theme, its_debate: Debate, fields, words: str):
    moments = {
        name: database_now() + value if isinstance(value, timedelta) else value
        for name, value in fields.items()
    }
    Debate.objects.update(**moments)
    idea(its_debate)
    page = Visitor().get(theme[0].url).content.decode()
    assert words in page
    assert "<textarea" not in page
    assert address("start", its_debate.pk) not in page
    assert "We should plant a tree" in page


def test_results_can_wait_for_the_end(theme, its_debate: Debate):
    Consultation.objects.update(hide_results_while_open=True)
    wanted = idea(its_debate)
    voter = Visitor()
    voter.start(its_debate)
    voter.vote(wanted, "agree")
    refresh_tallies()
    pages = [
        theme[0].url,
        address("ideas", its_debate.pk),
        address("idea", wanted.pk),
        address("vote", its_debate.pk) + f"?idea={wanted.pk}",
    ]
    for url in pages:
        shown = voter.get(url)
        assert shown.status_code == 200
        assert b'class="tally' not in shown.content, url
    Consultation.objects.update(closes_at=database_now())
    for url in pages[:3]:
        assert b'class="tally' in voter.get(url).content, url


# --- One idea -------------------------------------------------------------------------------------


def test_a_permanent_link_shows_the_approved_translation_and_the_original(debate: Debate):
    wanted = idea(debate, "Il faut planter des arbres.", "fr")
    translation_of(wanted, "We should plant trees.", "en")
    page = Visitor().get(address("idea", wanted.pk)).content.decode()
    assert '<p class="idea-text" lang="en" dir="auto">We should plant trees.</p>' in page
    assert "Machine translation" in page
    assert "<summary>See the original</summary>" in page
    assert '<p lang="fr" dir="auto">Il faut planter des arbres.</p>' in page
    french = Visitor().get(address("idea", wanted.pk, language="fr")).content.decode()
    assert '<p class="idea-text" lang="fr" dir="auto">Il faut planter des arbres.</p>' in french
    assert "<summary>Voir la traduction</summary>" in french
    assert '<p lang="en" dir="auto">We should plant trees.</p>' in french


def test_a_translation_that_nobody_approved_is_not_shown(debate: Debate):
    wanted = idea(debate, "Il faut planter des arbres.", "fr")
    translation_of(wanted, "We should sell trees.", "en", approved=False)
    page = Visitor().get(address("idea", wanted.pk)).content.decode()
    assert "We should sell trees." not in page
    assert "Il faut planter des arbres." in page


def test_a_permanent_link_leads_back_to_the_theme_in_its_language(theme, its_debate: Debate):
    wanted = idea(its_debate)
    for page, language in zip(theme, ("en", "fr"), strict=True):
        shown = Visitor().get(address("idea", wanted.pk, language=language))
        assert shown.context["theme_url"] == page.url


def test_a_permanent_link_outlives_its_theme(theme, its_debate: Debate):
    wanted = idea(its_debate)
    theme[0].delete()
    theme[1].delete()
    page = Visitor().get(address("idea", wanted.pk))
    assert page.status_code == 200
    assert b"We should plant a tree" in page.content
    assert page.context["debate_phase"] == "closed"


def test_a_citizens_words_are_words(theme, its_debate: Debate):
    wanted = idea(its_debate, "<script>alert(1)</script> & “trees”; {{ 7|add:7 }}")
    for url in (theme[0].url, address("idea", wanted.pk), address("ideas", its_debate.pk)):
        page = Visitor().get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
        assert "{{ 7|add:7 }}" in page


def test_what_is_not_published_is_on_no_public_page(theme, its_debate: Debate):  # case 47
    hidden = [
        idea(its_debate, CANARY, status=status)
        for status in (IdeaStatus.AWAITING, IdeaStatus.REFUSED, IdeaStatus.WITHDRAWN)
    ]
    shown = idea(its_debate)
    voter = Visitor()
    voter.start(its_debate)
    addresses = [page.url for page in theme]
    for language in ("en", "fr"):
        addresses += [
            address(name, its_debate.pk, language=language)
            for name in ("ideas", "vote", "write", "written")
        ]
        addresses += [address("idea", shown.pk, language=language), f"/{language}/"]
    addresses += [f"{address('ideas', its_debate.pk)}?before={one.pk}" for one in hidden]
    addresses += [f"{address('vote', its_debate.pk)}?idea={one.pk}" for one in hidden]
    addresses += [address("idea", one.pk) for one in hidden]
    for url in addresses:
        for visitor in (voter, Visitor()):
            assert CANARY[:11] not in visitor.get(url).content.decode(), url
    page = Visitor().get(theme[0].url).content.decode()
    assert "1 idea published" in page
    assert not Vote.objects.exists()


def test_voting_pages_of_two_visitors_are_each_their_own(debate: Debate):  # case 65
    wanted = idea(debate)
    one, other = Visitor(), Visitor()
    one.start(debate)
    other.start(debate)
    assert one.card(wanted)["key"] != other.card(wanted)["key"]
    one.vote(wanted, "agree")
    assert b"You agreed." not in other.get(address("idea", wanted.pk)).content


def test_the_author_of_an_idea_is_told_to_nobody(debate: Debate):
    author = participant(debate.consultation)
    wanted = idea(debate, author=author)
    for url in (address("ideas", debate.pk), address("idea", wanted.pk)):
        assert str(author.pk) not in Visitor().get(url).content.decode()
