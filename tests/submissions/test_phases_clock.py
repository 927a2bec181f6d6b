"""Whose clock opens and closes, and the nights on which it is set (cases 10, 11)."""

import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from core.clock import database_now
from submissions.debate.services import DebateClosed, submit_idea
from submissions.models import (
    Consultation,
    Debate,
    Idea,
    Participant,
    Phase,
    Vote,
    VoteEvent,
)
from tests.factories import idea, participant
from tests.submissions.casting import cast
from tests.submissions.conftest import Visitor, address
from tests.submissions.test_erasure import beside, wait_for_a_lock
from tests.submissions.test_phases import FIVE_MINUTES, SOON, WORDS, set_closing, written

# --- Whose clock (case 10) ------------------------------------------------------------------------


@pytest.fixture(params=[-FIVE_MINUTES, timedelta(0), FIVE_MINUTES], ids=["slow", "right", "fast"])
def app_clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process's clock, wrong by some minutes; the database's is not."""
    shift: timedelta = request.param
    right, now = time.time, timezone.now
    monkeypatch.setattr(time, "time", lambda: right() + shift.total_seconds())
    monkeypatch.setattr(timezone, "now", lambda: now() + shift)


@pytest.mark.parametrize(
    ("until_then", "is_open"),
    [(SOON, True), (timedelta(0), False), (-timedelta(seconds=1), False)],
    ids=["before", "at the moment itself", "after"],
)
@pytest.mark.usefixtures("app_clock")
@pytest.mark.django_db
def test_the_databases_clock_alone_closes(  # case 10
    voter: Visitor, me: Participant, debate: Debate, until_then: timedelta, is_open: bool
):
    said, other = idea(debate), idea(debate)
    cast(said, me)
    sent = {
        address("qualify", said.pk): {"add": "realistic", "place": "idea"},
        address("undo", said.pk): {"place": "idea"},
        address("cast", other.pk): voter.card(other) | {"choice": "agree"},
        address("write", debate.pk): written(),
        address("start", debate.pk): {},
    }
    set_closing(database_now() + until_then)
    for where, fields in sent.items():
        assert voter.post(where, fields).status_code == (302 if is_open else 409), where
    shown = voter.get(address("vote", debate.pk)).content.decode()
    assert ("This debate is closed" in shown) is not is_open


@pytest.mark.parametrize(
    ("until_then", "is_open"), [(-SOON, True), (timedelta(0), True), (SOON, False)]
)
@pytest.mark.usefixtures("app_clock")
@pytest.mark.django_db
def test_the_databases_clock_alone_opens(  # case 10
    voter: Visitor, debate: Debate, until_then: timedelta, is_open: bool
):
    one = idea(debate)
    Consultation.objects.update(opens_at=database_now() + until_then)
    sent = {"choice": "agree", "place": "idea"}
    assert voter.post(address("cast", one.pk), sent).status_code == (302 if is_open else 409)


def until(moment: datetime) -> None:
    """Sleep until the database's clock has passed ``moment``."""
    while (left := (moment - database_now()).total_seconds()) >= 0:
        time.sleep(left + 0.01)


@pytest.mark.django_db(transaction=True)
def test_a_vote_asked_for_in_time_and_written_late_is_taken(  # case 10
    consultation: Consultation, debate: Debate
):
    """It waited for a lock over the closing time: what counts is when its statement began."""
    one, me = idea(debate), participant(consultation)
    closing = database_now() + timedelta(seconds=1)
    set_closing(closing)
    with transaction.atomic():
        Participant.objects.select_for_update().get(pk=me.pk)
        vote = beside(lambda: cast(one, me))
        wait_for_a_lock()
        until(closing)
    assert vote.result(timeout=60) == "cast"
    assert VoteEvent.objects.get().at < closing
    with pytest.raises(DebateClosed):
        cast(idea(debate), me)


@pytest.mark.django_db(transaction=True)
def test_an_idea_written_in_time_and_committed_late_is_kept(  # case 10
    consultation: Consultation, debate: Debate
):
    closing = database_now() + timedelta(seconds=1)
    set_closing(closing)
    with transaction.atomic():
        sent(debate)
        until(closing)
    assert Idea.objects.get().created_at < closing


@pytest.mark.django_db(transaction=True)
def test_a_request_that_came_in_time_and_asks_late_is_refused(  # case 10
    consultation: Consultation, debate: Debate
):
    """Its transaction began before the closing time, the statement that asks did not."""
    one, me = idea(debate), participant(consultation)
    closing = database_now() + timedelta(seconds=0.5)
    set_closing(closing)
    with transaction.atomic():
        assert Debate.objects.open_at().exists()
        until(closing)
        with pytest.raises(DebateClosed):
            cast(one, me)
        with pytest.raises(DebateClosed):
            sent(debate)
    assert not Vote.objects.exists()


def sent(debate: Debate) -> None:
    submit_idea(debate, None, text=WORDS, language="en", page_language="en", form_key=uuid.uuid4())


# --- Days on which the clock is set (case 11) -----------------------------------------------------

HALF_PAST_TWO_FIRST = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)  # 02:30 in Paris, summer time
HALF_PAST_TWO_AGAIN = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # an hour later it is 02:30 again
SPRING = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)  # 02:00 is 03:00
SECOND = timedelta(seconds=1)
QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize("zone", ["Europe/Paris", "UTC", "America/New_York"])
@pytest.mark.parametrize(
    ("closing", "moment", "is_open"),
    [
        (HALF_PAST_TWO_FIRST, HALF_PAST_TWO_FIRST - SECOND, True),
        (HALF_PAST_TWO_FIRST, HALF_PAST_TWO_FIRST, False),
        (HALF_PAST_TWO_FIRST, HALF_PAST_TWO_AGAIN - QUARTER, False),  # 02:15 on the wall, again
        (HALF_PAST_TWO_AGAIN, HALF_PAST_TWO_FIRST + QUARTER, True),  # 02:45 for the first time
        (HALF_PAST_TWO_AGAIN, HALF_PAST_TWO_AGAIN, False),
        (SPRING, SPRING - SECOND, True),
        (SPRING, SPRING, False),
    ],
)
@pytest.mark.django_db
def test_a_night_on_which_the_clock_is_set_closes_once(  # case 11
    consultation: Consultation,
    debate: Debate,
    closing: datetime,
    moment: datetime,
    is_open: bool,
    zone: str,
):
    set_closing(closing)
    consultation.refresh_from_db()
    with timezone.override(zone), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL TIME ZONE '{zone}'")
        assert Debate.objects.open_at(moment).exists() is is_open
        assert (consultation.phase_at(moment) is Phase.OPEN) is is_open


@pytest.mark.parametrize("typed", ["2027-10-31 02:30", "2027-03-28 02:30"])
def test_a_time_that_comes_twice_or_never_is_not_taken_for_a_closing_time(typed: str):  # case 11
    field = Consultation._meta.get_field("closes_at").formfield()
    assert isinstance(field, forms.DateTimeField)
    with timezone.override("Europe/Paris"):
        assert field.clean("2027-10-31 03:30").tzinfo is not None
        with pytest.raises(ValidationError):
            field.clean(typed)


@pytest.mark.django_db
def test_no_worker_is_needed_to_close(voter: Visitor, me: Participant, debate: Debate):
    """Case 11: nothing of ours runs but this request."""
    one = idea(debate)
    Consultation.objects.update(hide_results_while_open=True)
    set_closing(database_now())
    assert voter.post(address("cast", one.pk), {"choice": "agree"}).status_code == 409
    assert "Closed" in voter.get(address("ideas", debate.pk)).content.decode()
