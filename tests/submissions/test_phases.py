"""What can be done in which phase, by the database's clock alone (cases 9, 10, 11, 12, 28, 32)."""

import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, Site

from core.clock import database_now
from submissions.debate.services import DebateClosed, submit_idea
from submissions.models import (
    Consultation,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Participant,
    Phase,
    RefusalReason,
    Vote,
    VoteEvent,
)
from submissions.moderation.notices import notify
from submissions.moderation.services import decide
from tests.factories import debate_row, idea, open_consultation, participant
from tests.submissions.casting import cast
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import moderator_of
from tests.submissions.test_erasure import beside, wait_for_a_lock

FIVE_MINUTES = timedelta(minutes=5)
SOON = timedelta(seconds=30)
WORDS = "We should open the archives of every town hall to those who live there."


def written(language: str = "en") -> dict[str, str]:
    """What the form of an idea sends."""
    return {"text": WORDS, "language": language, "speaks_for": "citizen", "despite": "near"}


def set_closing(moment: datetime) -> None:
    Consultation.objects.update(closes_at=moment)


# --- Every view in every phase --------------------------------------------------------------------

PHASES: dict[str, tuple[dict[str, Any], str]] = {
    "open": ({}, ""),
    "upcoming": ({"opens_at": SOON}, "This debate is not open yet. It opens on"),
    "closed": ({"closes_at": -SOON}, "This debate is closed"),
    "retired": ({"retired_at": -SOON}, "This debate has ended."),
}
phases = pytest.mark.parametrize("phase", PHASES)


def enter(phase: str) -> bool:
    """Have the debate in ``phase``; whether it is open."""
    fields, _said = PHASES[phase]
    Debate.objects.update(**{name: database_now() + delta for name, delta in fields.items()})
    return phase == "open"


@phases
@pytest.mark.django_db
def test_what_takes_ideas_and_votes_does_so_while_it_is_open_only(
    voter: Visitor, me: Participant, debate: Debate, phase: str
):
    said, other = idea(debate), idea(debate)
    cast(said, me)
    cards = {one.pk: voter.card(one) for one in (said, other)}
    is_open = enter(phase)
    sent = {
        address("start", debate.pk): {},
        address("qualify", said.pk): cards[said.pk] | {"add": "realistic"},
        address("undo", said.pk): {"place": "idea"},
        address("cast", other.pk): cards[other.pk] | {"choice": "neutral"},
        address("write", debate.pk): written(),
    }
    for where, fields in sent.items():
        answer = voter.post(where, fields)
        assert answer.status_code == (302 if is_open else 409), where
        if not is_open:
            page = answer.content.decode()
            assert PHASES[phase][1] in page, where
            assert (WORDS in page) is ("text" in fields)  # case 12: to be copied
    changed = {"cast", "qualified", "undone"} if is_open else {"cast"}
    assert set(VoteEvent.objects.values_list("kind", flat=True)) == changed
    assert Idea.objects.count() == (3 if is_open else 2)


@phases
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.django_db
def test_every_page_of_the_debate_reads_in_every_phase(
    voter: Visitor, me: Participant, debate: Debate, phase: str, language: str
):
    one = idea(debate)
    is_open = enter(phase)
    for name in ("vote", "write", "ideas", "written"):
        answer = voter.get(address(name, debate.pk, language=language))
        assert answer.status_code == 200, name
        if language == "en" and name != "written":
            assert is_open or PHASES[phase][1] in answer.content.decode(), name
    page = voter.get(address("idea", one.pk, language=language))
    assert page.status_code == 200
    assert (
        f'action="{address("cast", one.pk, language=language)}"' in page.content.decode()
    ) is is_open


@phases
@pytest.mark.django_db
def test_what_is_ones_own_stays_so_in_every_phase(
    voter: Visitor, me: Participant, debate: Debate, phase: str
):
    mine, refused = idea(debate, author=me), idea(debate, status=IdeaStatus.AWAITING, author=me)
    decision = decide(
        refused, DecisionKind.REFUSE, moderator_of("ada", "en"), RefusalReason.OFF_TOPIC
    )
    notify.call(decision.pk)
    cast(mine, me)
    enter(phase)
    for name in ("participation", "own_votes", "own_data", "erase"):
        assert voter.get(address(name)).status_code == 200, name
    assert voter.get(address("languages", debate.pk)).status_code == 200
    for name, of, fields in (
        ("own_languages", (), {"reads": ["fr"]}),
        ("appeal", (refused.pk,), {"text": "Please."}),
        ("withdraw", (mine.pk,), {}),
    ):
        assert voter.post(address(name, *of), fields).status_code == 302, name
    mine.refresh_from_db()
    assert mine.status == IdeaStatus.WITHDRAWN
    assert refused.appeal.text == "Please."
    assert Participant.objects.get().reads == ["fr"]
    voter.post(address("erase"))
    assert not Participant.objects.exists()


@pytest.mark.parametrize("name", ["cast", "qualify", "undo"])
@pytest.mark.parametrize("status", [one for one in IdeaStatus if one != IdeaStatus.PUBLISHED])
@pytest.mark.django_db
def test_what_is_not_published_takes_nothing(  # case 9
    voter: Visitor, debate: Debate, name: str, status: IdeaStatus
):
    hidden = idea(debate, status=status)
    sent = {"choice": "agree", "add": "realistic", "place": "idea"}
    assert voter.post(address(name, hidden.pk), sent).status_code in {404, 410}
    gone = hidden.pk
    hidden.delete()
    assert voter.post(address(name, gone), sent).status_code == 404
    assert not Vote.objects.exists()
    assert not VoteEvent.objects.exists()


@pytest.mark.parametrize("name", ["cast", "qualify", "undo"])
@pytest.mark.django_db
def test_another_consultations_idea_takes_nothing(voter: Visitor, debate: Debate, name: str):
    """Case 9."""
    other = Site.objects.create(hostname="other.test", root_page=Page.objects.get(depth=2))
    elsewhere = idea(debate_row(open_consultation(other)))
    sent = {"choice": "agree", "add": "realistic", "place": "idea"}
    assert voter.post(address(name, elsewhere.pk), sent).status_code == 404
    assert not Vote.objects.exists()


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
    assert vote.result(timeout=10) == "cast"
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


# --- A form that was open for long (cases 12, 28, 32) ---------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("en", "which were not recorded"), ("fr", "qui n’a pas été")]
)
@pytest.mark.django_db
def test_words_sent_after_the_end_are_given_back_to_be_copied(  # case 12
    visitor: Visitor, debate: Debate, language: str, said: str
):
    words = "We should <b>keep</b> what people wrote: & “all” of it."
    set_closing(database_now())
    answer = visitor.post(
        address("write", debate.pk, language=language), written() | {"text": words}
    )
    assert answer.status_code == 409
    assert answer.context["text"] == words
    page = answer.content.decode()
    assert said in page
    assert "&lt;b&gt;keep&lt;/b&gt;" in page
    assert not Idea.objects.exists()
    assert not answer.cookies


@pytest.mark.django_db
def test_three_hours_later_without_any_cookie_an_idea_is_taken(  # case 28
    voter: Visitor, debate: Debate, monkeypatch: pytest.MonkeyPatch
):
    form = {"form_key": voter.get(address("write", debate.pk)).context["form"]["form_key"].value()}
    later = time.time
    monkeypatch.setattr(time, "time", lambda: later() + 3 * 3600)
    voter.cookies.clear()
    careful = Visitor(enforce_csrf_checks=True)
    answer = careful.post(address("write", debate.pk), written() | form)
    assert answer.status_code == 302
    assert Idea.objects.get().original.text == WORDS


@pytest.mark.django_db
def test_a_vote_with_an_old_token_says_so_and_the_card_takes_it_again(  # case 28
    voter: Visitor, debate: Debate
):
    one = idea(debate)
    careful = Visitor(enforce_csrf_checks=True)
    careful.cookies = voter.cookies

    def vote(token: str) -> Any:
        card = careful.card(one) | {"choice": "agree", "csrfmiddlewaretoken": token}
        return careful.post(address("cast", one.pk), card)

    old = token_of(careful, one)
    careful.cookies.pop("csrftoken")  # as after a login in another tab
    token_of(careful, one)
    assert vote(old).status_code == 403
    assert not Vote.objects.exists()
    assert vote(token_of(careful, one)).status_code == 302
    assert Vote.objects.get().key_valid


def token_of(browser: Visitor, one: Idea) -> str:
    page = browser.get(address("idea", one.pk)).content.decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].partition('"')[0]


@pytest.mark.django_db
def test_every_form_of_the_debate_is_a_form(voter: Visitor, me: Participant, debate: Debate):
    """Case 32: whatever htmx would send, a browser sends without it to the same address."""
    one = idea(debate)
    cast(one, me)
    pages: list[Callable[[], Any]] = [
        lambda: voter.get(address("idea", one.pk)),
        lambda: voter.get(address("vote", debate.pk)),
        lambda: voter.get(address("own_votes")),
        lambda: voter.get(address("participation")),
    ]
    for page in pages:
        for form in page().content.decode().split("<form")[1:]:
            tag = form.partition(">")[0]
            if "data-hx-post" in tag:
                assert 'method="post"' in tag
                action = tag.split(' action="')[1].partition('"')[0]
                assert f'data-hx-post="{action}"' in tag
