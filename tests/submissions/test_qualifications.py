"""Qualifications: what may be added to a vote, once it stands."""

from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from submissions.debate import ballots
from submissions.models import (
    QUALIFIES,
    Debate,
    Idea,
    IdeaStatus,
    Participant,
    Qualification,
    Vote,
    VoteChoice,
    VoteEvent,
)
from tests.factories import idea
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db


def qualify(voter: Visitor, of: Idea, *, place: str = "idea", **said: str):
    return voter.post(address("qualify", of.pk), {"place": place} | said)


def stands() -> list[str]:
    return Vote.objects.get().qualifications


def log() -> list[tuple[str, list[str]]]:
    return list(VoteEvent.objects.order_by("pk").values_list("kind", "qualifications"))


@pytest.fixture
def wanted(debate: Debate) -> Idea:
    return idea(debate)


def test_several_can_be_added_and_taken_away(voter: Visitor, wanted: Idea):
    voter.vote(wanted, "agree")
    qualify(voter, wanted, add="realistic")
    qualify(voter, wanted, add="favourite")
    assert stands() == ["realistic", "favourite"]
    qualify(voter, wanted, remove="realistic")
    assert stands() == ["favourite"]
    assert log() == [
        ("cast", []),
        ("qualified", ["realistic"]),
        ("qualified", ["realistic", "favourite"]),
        ("qualified", ["favourite"]),
    ]


@pytest.mark.parametrize("said", [{"add": "realistic"}, {"remove": "obvious"}])
def test_sent_twice_it_is_said_once(voter: Visitor, wanted: Idea, said: dict[str, str]):
    voter.vote(wanted, "agree")
    qualify(voter, wanted, add="realistic")
    events = log()
    assert qualify(voter, wanted, **said).status_code == 302
    assert stands() == ["realistic"]
    assert log() == events


def test_another_choice_empties_them(voter: Visitor, wanted: Idea):
    voter.vote(wanted, "agree")
    qualify(voter, wanted, add="realistic")
    voter.vote(wanted, "disagree")
    assert stands() == []
    assert log()[-1] == ("changed", [])


def test_the_same_choice_again_keeps_them(voter: Visitor, wanted: Idea):
    voter.vote(wanted, "agree", key="forged")
    qualify(voter, wanted, add="realistic")
    voter.vote(wanted, "agree")
    assert stands() == ["realistic"]
    assert log()[-1] == ("changed", ["realistic"])


def test_taking_the_vote_back_takes_them_too(voter: Visitor, wanted: Idea):
    voter.vote(wanted, "agree")
    qualify(voter, wanted, add="realistic")
    voter.undo(wanted)
    assert not Vote.objects.exists()
    assert log()[-1] == ("undone", [])


@pytest.mark.parametrize("choice", VoteChoice.values)
def test_each_choice_has_its_own(voter: Visitor, wanted: Idea, choice: str):
    voter.vote(wanted, choice)
    for one in Qualification:
        qualify(voter, wanted, add=one.value)
    assert stands() == [one.value for one in QUALIFIES[VoteChoice(choice)]]


def test_a_stale_tab_adds_nothing_to_another_choice(voter: Visitor, wanted: Idea):  # case 4
    voter.vote(wanted, "agree")
    voter.vote(wanted, "neutral")
    answer = qualify(voter, wanted, add="realistic")
    page = voter.get(answer["Location"]).content.decode()
    assert "You are neutral." in page
    assert "I have no opinion" in page
    assert stands() == []


def test_without_a_vote_there_is_nothing_to_qualify(voter: Visitor, wanted: Idea):
    assert qualify(voter, wanted, add="realistic").status_code == 302
    assert not Vote.objects.exists()
    assert not VoteEvent.objects.exists()


@pytest.mark.parametrize("said", [{}, {"add": "wonderful"}, {"remove": ""}])
def test_what_is_no_qualification_changes_nothing(
    voter: Visitor, wanted: Idea, said: dict[str, str]
):
    voter.vote(wanted, "agree")
    assert qualify(voter, wanted, **said).status_code == 302
    assert stands() == []


def test_a_stranger_is_led_to_the_door(voter: Visitor, wanted: Idea):
    voter.vote(wanted, "agree")
    assert qualify(Visitor(), wanted, add="realistic").status_code == 302
    assert stands() == []


@pytest.mark.parametrize("status", [IdeaStatus.AWAITING, IdeaStatus.WITHDRAWN])
def test_what_is_not_published_is_not_there(  # case 9
    voter: Visitor, wanted: Idea, status: IdeaStatus
):
    voter.vote(wanted, "agree")
    Idea.objects.update(status=status)
    assert qualify(voter, wanted, add="realistic").status_code == 404
    assert stands() == []


def test_once_the_debate_is_closed_nothing_is_added(voter: Visitor, wanted: Idea):  # case 12
    voter.vote(wanted, "agree")
    Debate.objects.update(closes_at=database_now())
    assert qualify(voter, wanted, add="realistic").status_code == 409
    assert stands() == []


def test_it_needs_the_token(voter: Visitor, wanted: Idea):
    careful = Visitor(enforce_csrf_checks=True)
    careful.cookies = voter.cookies
    assert qualify(careful, wanted, add="realistic").status_code == 403


def test_the_page_offers_them_and_says_which_stand(voter: Visitor, wanted: Idea):
    voter.vote(wanted, "agree")
    answer = qualify(voter, wanted, add="realistic", place="sequence")
    assert answer["Location"].endswith(
        f"?idea={wanted.pk}&pressed=realistic#qualify-{wanted.pk}-realistic"
    )
    page = voter.get(answer["Location"])
    assert page.context["card"].qualifications == [
        ("favourite", "My favourite", False),
        ("realistic", "Realistic", True),
        ("obvious", "Obvious", False),
    ]
    assert f'id="qualify-{wanted.pk}-realistic"' in page.content.decode()
    assert not page.context["just_now"]


def test_it_is_one_statement(voter: Visitor, me: Participant, wanted: Idea, monkeypatch):
    voter.vote(wanted, "agree")
    site_id = me.consultation.site_id
    ran: list[Any] = []
    execute = psycopg.Cursor.execute

    def noted(self: Any, *said: Any, **how: Any) -> Any:
        ran.append(said)
        return execute(self, *said, **how)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    with CaptureQueriesContext(connection) as queries:
        outcome = ballots.qualify(
            wanted.pk,
            me.pk,
            Qualification.OBVIOUS,
            stands=True,
            site_id=site_id,
            page_language="en",
        )
    assert outcome.happened == "qualified"
    assert (len(ran), len(queries)) == (1, 0)
