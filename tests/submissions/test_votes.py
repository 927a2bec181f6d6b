"""The contract of a vote (docs/lifecycle.md), through the pages and by the database's clock."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from core.clock import database_now
from submissions.debate.services import DebateClosed
from submissions.models import (
    Consent,
    Consultation,
    Debate,
    IdeaStatus,
    Participant,
    Vote,
    VoteEvent,
)
from tests.factories import debate_row, idea, open_consultation, participant, translation_of
from tests.submissions.casting import cast, undo
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db

COOKIE = settings.PARTICIPANT_COOKIE_NAME


def log() -> list[tuple[str, str]]:
    return list(VoteEvent.objects.order_by("pk").values_list("kind", "choice"))


# --- Voting ---------------------------------------------------------------------------------------


def test_a_vote_stands_with_its_event(voter: Visitor, me: Participant, debate: Debate):
    wanted = idea(debate)
    response = voter.vote(wanted, "agree")
    assert response.status_code == 302
    vote = Vote.objects.get()
    assert (vote.idea, vote.participant, vote.choice) == (wanted, me, "agree")
    assert vote.key_valid
    assert log() == [("cast", "agree")]


def test_after_the_vote_the_page_says_it(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    page = voter.get(voter.vote(wanted, "disagree")["Location"]).content.decode()
    assert "You disagreed." in page
    assert address("undo", wanted.pk) in page


def test_voting_again_replaces(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    voter.vote(wanted, "agree")
    voter.vote(wanted, "neutral")
    assert Vote.objects.get().choice == "neutral"
    assert log() == [("cast", "agree"), ("changed", "neutral")]


def test_an_identical_vote_is_no_event(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    voter.vote(wanted, "agree")
    voter.vote(wanted, "agree")
    assert Vote.objects.count() == 1
    assert log() == [("cast", "agree")]


def test_vote_undo_vote_is_one_row_and_three_events(voter: Visitor, debate: Debate):  # case 13
    wanted = idea(debate)
    voter.vote(wanted, "agree")
    voter.undo(wanted)
    assert not Vote.objects.exists()
    voter.vote(wanted, "agree")
    assert Vote.objects.count() == 1
    assert log() == [("cast", "agree"), ("undone", "agree"), ("cast", "agree")]


def test_undoing_nothing_is_no_event(voter: Visitor, debate: Debate):
    assert voter.undo(idea(debate)).status_code == 302
    assert not VoteEvent.objects.exists()


def test_undo_from_a_stale_tab_shows_what_stands(voter: Visitor, debate: Debate):  # case 4
    wanted = idea(debate)
    voter.vote(wanted, "agree")
    voter.undo(wanted)
    response = voter.undo(wanted)
    assert response.status_code == 302
    assert "You agreed." not in voter.get(response["Location"]).content.decode()


def test_the_vote_and_its_event_are_one_statement(
    consultation: Consultation, debate: Debate, monkeypatch: pytest.MonkeyPatch
):
    wanted, me = idea(debate), participant(consultation)
    ran: list[str] = []
    execute = psycopg.Cursor.execute

    def noted(self: Any, statement: str, *said: Any, **how: Any) -> Any:
        ran.append(statement)
        return execute(self, statement, *said, **how)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    with CaptureQueriesContext(connection) as queries:
        assert cast(wanted, me) == "cast"
        assert undo(wanted, me) == "undone"
    assert (len(ran), len(queries)) == (2, 0)
    for column in ("status", "retired_at", "opened_at", "level", "live_languages", "closes_at"):
        assert all(f'"{column}"' in statement for statement in ran)


def test_over_http_nothing_is_asked_before_the_vote_is_written(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    card = voter.card(wanted) | {"choice": "agree"}
    voter.post(address("cast", idea(debate).pk), card)
    with CaptureQueriesContext(connection) as queries:
        voter.post(address("cast", wanted.pk), card)
    assert Vote.objects.filter(idea=wanted).exists()
    assert len(queries) == 0


def test_an_author_may_vote_on_their_own_idea_once(voter: Visitor, me: Participant, debate: Debate):
    own = idea(debate, author=me)
    voter.vote(own, "agree")
    voter.vote(own, "agree")
    assert Vote.objects.count() == 1


def test_the_language_that_was_read_is_kept(voter: Visitor, debate: Debate):
    wanted = idea(debate, "Il faut planter un arbre par rue.", "fr")
    voter.vote(wanted, "agree", language="en")
    assert Vote.objects.get().read_in == "fr"
    translation_of(wanted, "We should plant a tree in each street.", "en")
    voter.vote(wanted, "neutral", language="en")
    assert Vote.objects.get().read_in == "en"


@pytest.mark.parametrize("said", ["tlh", "fr\x00", "\x00", ""])
def test_a_language_the_idea_has_not_is_not_believed(voter: Visitor, debate: Debate, said: str):
    wanted = idea(debate)
    assert voter.vote(wanted, "agree", read_in=said).status_code == 302
    assert Vote.objects.get().read_in == "en"


def test_without_a_choice_the_card_comes_back_and_says_so(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    response = voter.vote(wanted, "perhaps")
    assert response.status_code == 422
    assert "Choose “Agree”" in response.content.decode()
    assert "Error:" in response.content.decode()
    assert not Vote.objects.exists()


def test_a_vote_needs_the_token(debate: Debate):
    careful = Visitor(enforce_csrf_checks=True)
    careful.start(debate)
    response = careful.post(address("cast", idea(debate).pk), {"choice": "agree"})
    assert response.status_code == 403
    assert not Vote.objects.exists()


def test_without_a_participant_a_vote_leads_to_the_door(visitor: Visitor, debate: Debate):
    wanted = idea(debate)
    response = visitor.vote(wanted, "agree")
    assert response.status_code == 302
    assert response["Location"].startswith(address("idea", wanted.pk))
    assert not Vote.objects.exists()
    assert not Participant.objects.exists()


# --- What may be voted on -------------------------------------------------------------------------


@pytest.mark.parametrize("status", [IdeaStatus.AWAITING, IdeaStatus.REFUSED, IdeaStatus.WITHDRAWN])
def test_only_a_published_idea_is_there_to_vote_on(  # case 9
    voter: Visitor, debate: Debate, status: IdeaStatus
):
    hidden = idea(debate, status=status)
    assert voter.post(address("cast", hidden.pk), {"choice": "agree"}).status_code == 404
    assert voter.post(address("undo", hidden.pk)).status_code == 404
    assert not Vote.objects.exists()


def test_another_sites_idea_is_not_there(voter: Visitor, debate: Debate):
    other = Site.objects.create(hostname="other.test", root_page=Page.objects.get(depth=2))
    elsewhere = idea(debate_row(open_consultation(other)))
    assert voter.post(address("cast", elsewhere.pk), {"choice": "agree"}).status_code == 404
    assert voter.get(address("idea", elsewhere.pk)).status_code == 404


def test_an_idea_that_never_was_is_not_there(voter: Visitor):
    for missing in (0, 999_999_999, 10**30):
        assert voter.post(address("cast", missing), {"choice": "agree"}).status_code == 404


CLOSED = {
    "the debate's own closing time": {"closes_at": timedelta(seconds=-1)},
    "a retired debate": {"retired_at": timedelta(seconds=-1)},
}


@pytest.mark.parametrize("fields", CLOSED.values(), ids=CLOSED.keys())
def test_a_vote_after_the_end_is_refused_and_says_so(
    voter: Visitor, debate: Debate, fields: dict[str, timedelta]
):
    wanted = idea(debate)
    card = voter.card(wanted) | {"choice": "agree"}
    Debate.objects.update(**{name: database_now() + delta for name, delta in fields.items()})
    response = voter.post(address("cast", wanted.pk), card)
    assert response.status_code == 409
    assert " be read" in response.content.decode()
    assert not Vote.objects.exists()


def test_closing_the_consultation_freezes_votes(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    voter.vote(wanted, "agree")
    Consultation.objects.update(closes_at=database_now() - timedelta(seconds=1))
    assert voter.undo(wanted).status_code == 409
    assert voter.post(address("cast", wanted.pk), {"choice": "neutral"}).status_code == 409
    assert Vote.objects.get().choice == "agree"
    assert log() == [("cast", "agree")]


def test_htmx_is_sent_to_where_the_reason_is_said(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    Debate.objects.update(closes_at=database_now() - timedelta(seconds=1))
    response = voter.post(
        address("cast", wanted.pk),
        {"choice": "agree", "place": "sequence"},
        headers={"hx-request": "true"},
    )
    assert response["HX-Redirect"] == f"{address('vote', debate.pk)}?idea={wanted.pk}"


@pytest.mark.parametrize("seconds", [-1, 1])
def test_the_databases_clock_decides_to_the_second(
    consultation: Consultation, debate: Debate, seconds: int
):
    """Not this server's: the statement itself compares with its own time."""
    wanted, me = idea(debate), participant(consultation)
    Debate.objects.update(closes_at=database_now() + timedelta(seconds=seconds))

    if seconds > 0:
        cast(wanted, me)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(1.1)")
    with pytest.raises(DebateClosed):
        cast(wanted, me)
    assert Vote.objects.count() == (1 if seconds > 0 else 0)


def test_votes_come_from_languages_whose_page_is_live(voter: Visitor, debate: Debate):
    wanted = idea(debate)
    Debate.objects.update(live_languages=["en"])
    refused = voter.post(address("cast", wanted.pk, language="fr"), {"choice": "agree"})
    assert refused.status_code == 409
    assert voter.vote(wanted, "agree", language="en").status_code == 302
    assert Vote.objects.count() == 1


# --- Afterwards -----------------------------------------------------------------------------------


def test_erasing_a_participant_cuts_votes_from_the_person_and_keeps_them(
    voter: Visitor, me: Participant, debate: Debate
):
    wanted = idea(debate, author=me)
    voter.vote(wanted, "agree")
    me.delete()
    assert Vote.objects.get().participant is None
    assert VoteEvent.objects.get().participant is None
    wanted.refresh_from_db()
    assert wanted.author is None
    assert not Consent.objects.exists()


@pytest.mark.parametrize("name", ["vote", "written"])
def test_pages_of_one_participant_are_never_cached(voter: Visitor, debate: Debate, name: str):
    idea(debate)
    kept = voter.get(address(name, debate.pk))["Cache-Control"]
    assert "private" in kept and "no-store" in kept


def test_the_form_may_be_kept_by_its_own_browser_alone(voter: Visitor, debate: Debate):
    """So that who goes back from a near idea finds their words."""
    kept = voter.get(address("write", debate.pk))["Cache-Control"]
    assert {"private", "no-cache", "max-age=0"} == set(kept.split(", "))


def test_an_idea_page_is_private_for_who_takes_part_and_varies_by_cookie(
    voter: Visitor, debate: Debate
):
    wanted = idea(debate)
    assert "no-store" in voter.get(address("idea", wanted.pk))["Cache-Control"]
    visitors = Visitor().get(address("idea", wanted.pk))
    assert "Cache-Control" not in visitors
    assert "Cookie" in visitors["Vary"]
    assert b"csrfmiddlewaretoken" not in visitors.content
