"""The permanent page of an idea: its life, every version of its words, what machines read; 410."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from submissions.debate.tallies import refresh_tallies
from submissions.models import (
    Consultation,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    IdeaText,
    RefusalReason,
    TextOrigin,
)
from submissions.moderation.corrections import correct
from submissions.moderation.services import decide, undo
from submissions.moderation.withdrawals import withdraw
from tests.factories import (
    bilingual_site,
    bilingual_theme,
    debate_block,
    idea,
    participant,
    translation_of,
)
from tests.submissions.casting import cast
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import moderator_of

pytestmark = pytest.mark.django_db

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page_of(one: Idea, language: str = "en") -> str:
    return Visitor().get(address("idea", one.pk, language=language)).content.decode()


def data_of(one: Idea, language: str = "en") -> dict[str, Any]:
    """What the page tells to machines."""
    (block,) = DATA.findall(page_of(one, language))
    told: dict[str, Any] = json.loads(block)
    return told


# --- Its life -------------------------------------------------------------------------------------


def test_the_life_of_an_idea_is_told_by_the_day(debate: Debate):
    ada = moderator_of("ada", "en")
    one = idea(debate, "We shoud plant trees.", status=IdeaStatus.AWAITING)
    correct(one, ada, "We should plant trees.", seen="We shoud plant trees.")
    decide(one, DecisionKind.PUBLISH, ada)
    translation_of(one, "Il faut planter des arbres.", "fr")
    received = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # the first of November in Paris
    Idea.objects.update(created_at=received)
    life = page_of(one).partition("What became of this idea")[2].partition("</ol>")[0]
    told = re.findall(r"<p>([^<]+)</p>", life)
    assert told == [
        "Received",
        "Spelling mended by a moderator",
        "Published",
        "Translated into French by a machine, and read over by a person",
    ]
    assert '<time datetime="2026-11-01">1\u00a0November 2026</time>' in life
    french = page_of(one, "fr")
    assert "Traduite en français par une machine, puis relue par une personne" in french
    assert "ada" not in life.lower()


def test_what_was_decided_and_taken_back_is_nobodys_business(debate: Debate):
    ada = moderator_of("ada", "en")
    one = idea(debate, status=IdeaStatus.AWAITING)
    refused = decide(one, DecisionKind.REFUSE, ada, RefusalReason.INSULTING)
    undo(one, refused, ada)
    decide(one, DecisionKind.PUBLISH, ada)
    html = page_of(one)
    assert "insulting" not in html.lower()
    assert "Refuse" not in html


def test_an_imported_idea_was_received_elsewhere(debate: Debate):
    html = page_of(idea(debate, source="elsewhere", source_row="7"))
    assert "Received" not in html
    assert "elsewhere" not in html


def test_the_page_needs_the_same_queries_whatever_happened(debate: Debate):
    def queries(one: Idea) -> int:
        with CaptureQueriesContext(connection) as seen:
            page_of(one)
        return len(seen)

    plain, full = idea(debate), idea(debate)
    ada = moderator_of("ada", "en")
    for number in range(5):
        stands = IdeaText.objects.get(idea=full).text
        correct(
            full, ada, "We should plant a tree in every street" + "!" * (number + 1), seen=stands
        )
    translation_of(full, "Il faut planter un arbre dans chaque rue.", "fr")
    queries(plain)
    assert queries(full) == queries(plain) + 1  # when its spelling was mended


# --- Each version of its words --------------------------------------------------------------------


def test_the_words_as_they_were_written_are_a_click_away(debate: Debate):
    one = idea(debate, "Il faut mieu trier.", "fr")
    correct(one, moderator_of("ada", "fr"), "Il faut mieux trier.", seen="Il faut mieu trier.")
    html = page_of(one)
    assert "<summary>See it as it was written</summary>" in html
    assert '<p lang="fr" dir="auto">Il faut mieu trier.</p>' in html
    assert "as it was written" not in page_of(idea(debate))


def test_a_translation_names_its_origin_and_its_language(debate: Debate):
    one = idea(debate, "Il faut mieux trier.", "fr")
    translated = translation_of(one, "We should sort better.", "en")
    IdeaText.objects.filter(pk=translated.pk).update(origin=TextOrigin.PERSON)
    waiting = translation_of(one, "Man sollte besser trennen.", "de", approved=False)
    french = page_of(one, "fr")
    assert "by a person." in page_of(one)
    assert '<p lang="en" dir="auto">We should sort better.</p>' in french
    assert waiting.text not in french + page_of(one)


# --- How it stands --------------------------------------------------------------------------------


def test_votes_that_do_not_count_are_said_apart(debate: Debate, consultation: Consultation):
    one = idea(debate)
    cast(one, participant(consultation), "agree")
    refresh_tallies()
    assert "Not counted:" not in page_of(one)
    cast(one, participant(consultation), "agree", key_valid=False)
    refresh_tallies()
    assert "1 vote counted, out of 2 received" in page_of(one)
    assert "Not counted: votes that came from no card" in page_of(one)
    Consultation.objects.update(hide_results_while_open=True)
    assert "Not counted:" not in page_of(one)
    assert "interactionStatistic" not in data_of(one)


# --- What machines read ---------------------------------------------------------------------------


def test_machines_read_what_people_do(consultation: Consultation):
    pages = bilingual_theme(bilingual_site(), debate_block())
    debate = Debate.objects.get()
    one = idea(
        debate, "Il faut mieux trier.", "fr", organisation="Les Amis", speaks_for="organisation"
    )
    translation_of(one, "We should sort better.", "en")
    for choice in ("agree", "agree", "disagree", "neutral"):
        cast(one, participant(debate.consultation), choice)
    refresh_tallies()
    url = f"http://localhost{address('idea', one.pk)}"
    one.refresh_from_db()
    assert one.published_at is not None
    told = data_of(one)
    assert told == {
        "@context": "https://schema.org",
        "@type": "Comment",
        "@id": f"{url}#idea",
        "url": url,
        "identifier": str(one.pk),
        "text": "We should sort better.",
        "inLanguage": "en",
        "datePublished": one.published_at.isoformat(timespec="seconds"),
        "author": {"@type": "Organization", "name": "Les Amis"},
        "isPartOf": {
            "@type": "WebPage",
            "name": pages[0].title,
            "url": f"http://localhost{pages[0].url}",
        },
        "translationOfWork": {
            "@type": "Comment",
            "text": "Il faut mieux trier.",
            "inLanguage": "fr",
        },
        "interactionStatistic": [
            {
                "@type": "InteractionCounter",
                "interactionType": f"https://schema.org/{action}",
                "userInteractionCount": count,
            }
            for action, count in (("VoteAction", 4), ("AgreeAction", 2), ("DisagreeAction", 1))
        ],
    }
    french = data_of(one, "fr")
    assert french["text"] == "Il faut mieux trier."
    assert "translationOfWork" not in french
    assert french["workTranslation"] == [
        {"@type": "Comment", "text": "We should sort better.", "inLanguage": "en"}
    ]


@pytest.mark.parametrize(
    "words",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "a ]]> & \u2028 \u2029 \\ \" ' b",
        "&lt;/script&gt;",
    ],
)
def test_no_words_end_the_block_of_data(debate: Debate, words: str):  # case 51
    one = idea(debate, words, speaks_for="organisation", organisation=words)
    (block,) = DATA.findall(page_of(one))
    assert not set(block) & set("<>&\u2028\u2029")
    told = json.loads(block)
    assert told["text"] == told["author"]["name"] == words


# --- Withdrawn ------------------------------------------------------------------------------------


def test_a_withdrawn_idea_is_gone_and_says_so_in_both_languages(debate: Debate):
    by_moderator, by_author = idea(debate), idea(debate, author=participant(debate.consultation))
    decide(by_moderator, DecisionKind.WITHDRAW, moderator_of("ada", "en"), RefusalReason.UNLAWFUL)
    assert by_author.author is not None
    withdraw(by_author, by_author.author)
    said = {
        (by_moderator, "en"): "A moderator withdrew it",
        (by_moderator, "fr"): "L’équipe de modération l’a retirée",
        (by_author, "en"): "Its author took it back",
        (by_author, "fr"): "La personne qui l’avait écrite l’a retirée",
    }
    for (one, language), words in said.items():
        page = Visitor().get(address("idea", one.pk, language=language))
        html = page.content.decode()
        assert page.status_code == 410
        assert page["X-Robots-Tag"] == "noindex"
        assert words in html
        assert address("ideas", debate.pk, language=language) in html
        assert "plant a tree" not in html
        assert "against the law" not in html
        assert "ld+json" not in html


@pytest.mark.parametrize(
    "fields",
    [
        {"status": IdeaStatus.UNCONFIRMED},
        {"status": IdeaStatus.AWAITING},
        {"status": IdeaStatus.REFUSED},
        {"status": IdeaStatus.WITHDRAWN, "published_at": None},  # taken back before it was read
    ],
)
def test_what_was_never_public_is_not_there(debate: Debate, fields: dict[str, Any]):
    one = idea(debate, **fields)
    assert Visitor().get(address("idea", one.pk)).status_code == 404


def test_nobody_votes_on_a_withdrawn_idea(debate: Debate, voter: Visitor):  # case 9
    one = idea(debate)
    card = voter.card(one)
    Idea.objects.update(status=IdeaStatus.WITHDRAWN)
    answer = voter.post(address("cast", one.pk), card | {"choice": "agree"})
    assert answer.status_code == 404
    assert not one.votes.exists()


def test_the_page_is_read_after_the_end(debate: Debate):
    one = idea(debate)
    Debate.objects.update(closes_at=database_now() - timedelta(days=1))
    assert Visitor().get(address("idea", one.pk)).status_code == 200
    Debate.objects.update(retired_at=database_now())
    assert Visitor().get(address("idea", one.pk)).status_code == 200
