"""An idea is sent twice, or after the debate closed."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from submissions.models import (
    Consultation,
    Debate,
    Idea,
    IdeaStatus,
    IdeaText,
    Participant,
    Phase,
)
from tests.submissions.conftest import Visitor, address
from tests.submissions.test_writing import COOKIE, GOOD, send

pytestmark = pytest.mark.django_db


# --- Twice ----------------------------------------------------------------------------------------


def test_one_form_sent_twice_is_one_idea(visitor: Visitor, debate: Debate):
    key = str(uuid.uuid4())
    first = send(visitor, debate, form_key=key)
    again = send(visitor, debate, form_key=key)
    assert Idea.objects.count() == IdeaText.objects.count() == 1
    assert again["Location"] == first["Location"]
    assert Participant.objects.count() == 1


def test_a_second_press_before_the_first_answer_makes_no_second_participant(debate: Debate):
    """Neither browser knows the cookie yet; the second gets none, for it may be somebody else."""
    key = str(uuid.uuid4())
    send(Visitor(), debate, form_key=key)
    again = send(Visitor(), debate, form_key=key)
    assert again.status_code == 302
    assert COOKIE not in again.cookies
    assert Idea.objects.count() == Participant.objects.count() == 1


def test_a_second_press_before_the_first_answer_can_be_confirmed(debate: Debate):
    """The browser never got the first answer, nor its cookie: the second one is whole."""
    Consultation.objects.update(confirm_addresses=True)
    key = str(uuid.uuid4())
    send(Visitor(), debate, form_key=key)
    browser = Visitor()
    again = send(browser, debate, form_key=key)
    assert again["Location"] == address("confirm", Idea.objects.latest("pk").pk)
    assert GOOD in browser.get(again["Location"]).content.decode()
    assert send(browser, debate, form_key=key)["Location"] == again["Location"]
    assert Idea.objects.filter(status=IdeaStatus.UNCONFIRMED).count() == 2


def test_a_page_in_a_shared_cache_gives_many_the_same_key(debate: Debate):
    key = str(uuid.uuid4())
    send(Visitor(), debate, form_key=key)
    send(Visitor(), debate, form_key=key, text="We should open libraries on Sundays.")
    assert Idea.objects.count() == Participant.objects.count() == 2


@pytest.mark.parametrize("key", ["", "none", "0" * 200])
def test_a_form_without_a_key_is_a_form_all_the_same(visitor: Visitor, debate: Debate, key: str):
    send(visitor, debate, form_key=key)
    send(visitor, debate, form_key=key, text="We should open libraries on Sundays.")
    assert Idea.objects.count() == 2


def test_ones_own_idea_sent_again_in_the_same_words_stays_one(
    voter: Visitor, me: Participant, debate: Debate
):
    first = send(voter, debate)
    assert send(voter, debate)["Location"] == first["Location"]
    assert Idea.objects.count() == 1
    Idea.objects.update(status=IdeaStatus.REFUSED)
    assert send(voter, debate)["Location"] != first["Location"]
    assert send(Visitor(), debate).status_code == 302  # somebody else may say the same
    assert Idea.objects.count() == 3


def test_who_writes_and_where_is_asked_in_the_statement_that_writes(
    voter: Visitor, me: Participant, debate: Debate
):
    """It goes past Django's log of queries. What a debate asks of an idea is remembered."""
    send(voter, debate)
    with CaptureQueriesContext(connection) as queries:
        send(voter, debate, text="We should open libraries on Sundays.")
    tables = ("submissions_debate", "submissions_participant", "submissions_idea")
    asked = [query["sql"] for query in queries if any(name in query["sql"] for name in tables)]
    assert len(asked) == 1
    assert "similarity" in asked[0]


# --- Open or not ----------------------------------------------------------------------------------


def test_an_idea_written_while_the_debate_closed_is_given_back(visitor: Visitor, debate: Debate):
    Debate.objects.update(closes_at=database_now() - timedelta(seconds=1))
    response = send(visitor, debate)
    page = response.content.decode()
    assert response.status_code == 409
    assert f'readonly dir="auto">{GOOD}</textarea>' in page
    assert not Idea.objects.exists()
    assert not Participant.objects.exists()


def test_it_is_given_back_even_if_it_would_not_have_passed(visitor: Visitor, debate: Debate):
    Debate.objects.update(retired_at=database_now())
    response = send(visitor, debate, text="<Trees>")
    assert response.status_code == 409
    assert "&lt;Trees&gt;</textarea>" in response.content.decode()


def test_the_databases_clock_decides_at_the_moment_of_writing(
    visitor: Visitor, debate: Debate, monkeypatch
):
    """The page's own look at the clock is a courtesy: the service asks again."""
    Debate.objects.update(closes_at=database_now() - timedelta(seconds=1))
    monkeypatch.setattr(Debate, "phase_in", lambda *_arguments: Phase.OPEN)
    assert send(visitor, debate).status_code == 409
    assert not Idea.objects.exists()


def test_a_language_whose_page_is_not_live_takes_nothing(visitor: Visitor, debate: Debate):
    Debate.objects.update(live_languages=["en"])
    assert send(visitor, debate, page="fr").status_code == 409
    assert send(visitor, debate, page="en").status_code == 302


def test_a_page_off_line_is_no_date_of_closing(visitor: Visitor, debate: Debate):
    Debate.objects.update(closes_at=database_now() + timedelta(days=9), live_languages=["fr"])
    page = send(visitor, debate, page="en").content.decode()
    assert "It closed on" not in page
    assert "no votes in this language" in page


def test_another_sites_page_is_refused(debate: Debate):
    stranger = Visitor()
    sent = {"text": GOOD, "language": "en"}
    response = stranger.post(
        address("write", debate.pk), sent, headers={"sec-fetch-site": "cross-site"}
    )
    assert response.status_code == 403
    assert "Your form was not sent" in response.content.decode()  # and how to keep the words
    assert not Idea.objects.exists()


def test_the_form_carries_no_token_and_reads_no_session(debate: Debate):
    visitor = Visitor(enforce_csrf_checks=True)
    with CaptureQueriesContext(connection) as queries:
        assert send(visitor, debate).status_code == 302
    assert not any("django_session" in query["sql"] for query in queries)
