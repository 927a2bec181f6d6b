"""What was proposed already: near ideas in either language, and what is done with them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.clock import database_now
from submissions.debate.duplicates import near
from submissions.models import Consultation, Debate, Idea, IdeaStatus, IdeaText
from tests.factories import debate_row, idea, translation_of
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db

TREES = "We should plant a tree in every street of the town."
ARBRES = "Il faut planter un arbre dans chaque rue de la ville."


def texts(found) -> list[str]:
    return [one.text.text for one in found]


# --- What is near ---------------------------------------------------------------------------------


def test_the_nearest_come_first_each_idea_once(debate: Debate):
    idea(debate, "We should plant trees in every street of the old town.")
    same = idea(debate, TREES)
    translation_of(same, "We should plant one tree in each street of the town.", "fr")
    idea(debate, "We should open libraries on Sundays.")
    found = near(debate, TREES)
    assert found[0].idea == same
    assert found[0].similarity == 1
    assert len(found) == 2
    assert 0.45 <= found[1].similarity < 1


def test_case_accents_and_what_nobody_sees_make_no_difference(debate: Debate):
    idea(debate, "Il faut créer des pistes cyclables à l’été, près du cœur de la ville.", "fr")
    shouted = "IL FAUT CREER DES PISTES\u00a0CYCLABLES A L'ETE, PRES DU COEUR DE LA VI\u00adLLE !"
    assert near(debate, shouted)[0].similarity == 1


@pytest.mark.parametrize("opens", ["We should", "We need to", "Il faut", "Il faudrait que"])
def test_the_opening_words_are_not_compared(debate: Debate, opens: str):
    idea(debate, f"{opens} ban it")
    for other in ("We should", "Il faut", "Nous devrions"):
        assert not near(debate, f"{other} sell up")
        assert near(debate, f"{other} ban it")[0].similarity == 1


def test_a_translation_that_was_approved_is_compared_too(debate: Debate):
    made = idea(debate, TREES)
    text = translation_of(made, ARBRES, "fr")
    assert [(one.idea, one.text) for one in near(debate, ARBRES)] == [(made, text)]
    IdeaText.objects.filter(pk=text.pk).update(approved_at=None, approved_by=None)
    assert not near(debate, ARBRES)


@pytest.mark.parametrize("status", sorted(set(IdeaStatus) - {IdeaStatus.PUBLISHED}))
def test_what_is_not_published_is_never_shown(debate: Debate, status: IdeaStatus):
    idea(debate, TREES, status=status)
    assert not near(debate, TREES)


def test_another_debates_ideas_are_not_shown(debate: Debate, consultation: Consultation):
    idea(debate_row(consultation), TREES)
    assert not near(debate, TREES)


def test_the_debate_says_from_when_ideas_are_near(debate: Debate):
    idea(debate, "We should plant a tree in every street and on every square of the old town.")
    assert near(debate, TREES)
    debate.near_from = 90
    assert not near(debate, TREES)


def test_as_many_queries_for_three_as_for_one(debate: Debate, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not near(debate, TREES)
    idea(debate, TREES)
    with django_assert_num_queries(3):
        assert len(near(debate, TREES)) == 1
    for _number in range(4):
        idea(debate, TREES)
    with django_assert_num_queries(3):
        assert len(near(debate, TREES)) == 3


# --- Exact ----------------------------------------------------------------------------------------


def trigrams(folded: str) -> set[str]:
    """As pg_trgm has them, for words of lower-case ASCII letters."""
    padded = [f"  {word} " for word in folded.split()]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}


def likeness(one: str, other: str) -> float:
    of_one, of_other = trigrams(one), trigrams(other)
    return len(of_one & of_other) / len(of_one | of_other)


WORDS = ["bus", "bike", "bikes", "lane", "lanes", "tree", "trees", "plant", "planted", "ban"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(written=["bus bike planted ban"], sought="bus plant")  # 9 of 20: as near as it must be
@given(written=st.lists(sentences, min_size=1, max_size=12), sought=sentences)
def test_it_finds_what_comparing_with_each_one_finds(debate: Debate, written, sought):
    Idea.objects.all().delete()
    now = database_now()
    made = Idea.objects.bulk_create(
        Idea(debate=debate, language="en", status=IdeaStatus.PUBLISHED, published_at=now)
        for _text in written
    )
    IdeaText.objects.bulk_create(
        IdeaText(idea=one, language="en", text=text)
        for one, text in zip(made, written, strict=True)
    )
    expected = sorted((likeness(sought, text) for text in written), reverse=True)
    found = near(debate, sought, limit=99)
    assert [one.similarity for one in found] == pytest.approx(
        [one for one in expected if one >= 0.45 - 1e-9], abs=1e-6
    )
    for one in found:
        assert one.similarity == pytest.approx(likeness(sought, one.text.text), abs=1e-6)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(one=st.text(min_size=1, max_size=60), other=st.text(min_size=1, max_size=60))
def test_two_texts_are_as_near_from_either_side(db, one: str, other: str):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT similarity(a, b), similarity(b, a), similarity(a, a) FROM "
            "(SELECT submissions_folded(%s), submissions_folded(%s)) AS words (a, b)",
            [one.replace("\0", ""), other.replace("\0", "")],
        )
        there, back, itself = cursor.fetchone()
    assert there == back
    assert itself in {0, 1}  # 0: nothing that is written with letters


# --- When an idea is sent -------------------------------------------------------------------------


def send(visitor: Visitor, debate: Debate, page: str = "en", **words: str):
    sent = {"text": TREES, "language": "en", "speaks_for": "organisation", "organisation": "Arbor"}
    sent |= {"form_key": str(uuid.uuid4())} | words
    return visitor.post(address("write", debate.pk, language=page), sent)


def test_near_ideas_are_shown_before_anything_is_kept(visitor: Visitor, debate: Debate):
    there = [idea(debate, TREES) for _number in range(4)]
    key = str(uuid.uuid4())
    response = send(visitor, debate, form_key=key)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Has somebody proposed this already?" in page
    assert '<h1 tabindex="-1" data-focus>Has somebody proposed this already?</h1>' in page
    assert page.count("Vote on this instead") == 3
    assert f'href="{address("idea", there[0].pk)}"' in page
    assert "shown from 45% of likeness" in page
    form = response.context["form"]
    assert form["text"].value() == TREES
    assert form["speaks_for"].value() == "organisation"
    assert form["organisation"].value() == "Arbor"
    assert form["form_key"].value() == key
    assert Idea.objects.count() == 4
    assert not response.cookies


def test_one_may_send_ones_own_all_the_same(visitor: Visitor, debate: Debate):
    idea(debate, TREES)
    assert send(visitor, debate, despite="near").status_code == 302
    assert Idea.objects.count() == 2


def test_what_is_wrong_is_told_before_what_is_near(visitor: Visitor, debate: Debate):
    idea(debate, TREES)
    assert send(visitor, debate, language="tlh").status_code == 422


def test_near_ideas_are_those_of_both_languages(visitor: Visitor, debate: Debate):
    translation_of(idea(debate, TREES), ARBRES, "fr")
    page = send(visitor, debate, page="fr", text=ARBRES, language="fr").content.decode()
    assert f'lang="fr" dir="auto">{ARBRES}' in page


def test_a_debate_that_closed_says_so_first(visitor: Visitor, debate: Debate):  # case 12
    idea(debate, TREES)
    Debate.objects.update(retired_at=database_now())
    response = send(visitor, debate)
    assert response.status_code == 409
    assert f"{TREES}</textarea>" in response.content.decode()


def test_the_page_asks_as_often_for_three_as_for_one(visitor: Visitor, debate: Debate):
    counts = []
    for _number in range(3):
        idea(debate, TREES)
        with CaptureQueriesContext(connection) as queries:
            send(visitor, debate)
        counts.append(len(queries))
    assert counts[1] == counts[2]
