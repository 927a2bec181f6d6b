"""What happens at the same time: real processes, real connections, one answer."""

import http.client
import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection

from submissions.debate.tallies import refresh_tallies
from submissions.models import (
    Consultation,
    Debate,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    IdeaText,
    Participant,
    RefusalReason,
    Tally,
    Vote,
    VoteChoice,
    VoteEvent,
)
from submissions.moderation.services import AlreadyDecided, decide, undo
from tests.factories import idea, participant
from tests.submissions.casting import cast
from tests.submissions.conftest import address
from tests.submissions.desk import desk_of, moderator_of

pytestmark = pytest.mark.django_db(transaction=True)
FIFTY = 50


class Browser:
    """The least that a browser does, over HTTP: cookies, forms of our own pages, no redirects."""

    def __init__(self, server: str) -> None:
        self.host = urlsplit(server).netloc
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, **sent: Any) -> tuple[int, str]:
        """Status and body."""
        link = http.client.HTTPConnection(self.host, timeout=60)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Sec-Fetch-Site": "same-origin",
        }
        link.request(method, path, urlencode(sent) if sent else None, headers)
        answer = link.getresponse()
        body = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: found.value for name, found in SimpleCookie(line).items()}
        link.close()
        return answer.status, body

    def card(self, of: Idea) -> dict[str, str]:
        """The hidden fields of the idea's own page."""
        _status, body = self.ask("GET", address("idea", of.pk))
        fields = {}
        for name in ("csrfmiddlewaretoken", "place", "read_in", "key"):
            fields[name] = body.split(f'name="{name}" value="')[1].split('"')[0]
        return fields


def together(count: int, act: Callable[[int], Any]) -> list[Any]:
    """``act`` in ``count`` threads that set off at one moment."""
    line = threading.Barrier(count)

    def one(number: int) -> Any:
        line.wait(timeout=60)
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def fifty_votes(server: str, of: Idea) -> list[int]:
    """The statuses of fifty identical votes, sent by one browser at the same time."""
    browser = Browser(server)
    browser.ask("POST", address("start", of.debate_id), idea=of.pk)
    card = browser.card(of)

    def vote(_number: int) -> int:
        status, _body = browser.ask("POST", address("cast", of.pk), **card, choice="agree")
        return status

    return together(FIFTY, vote)


def assert_one_vote(server: str, of: Idea) -> None:
    statuses = fifty_votes(server, of)
    assert set(statuses) <= {200, 302}, statuses
    assert Vote.objects.count() == 1
    assert Vote.objects.get().key_valid
    assert VoteEvent.objects.count() == 1


def test_fifty_identical_votes_are_one(http_server: str, debate: Debate):  # case 1
    assert_one_vote(http_server, idea(debate))


@contextmanager
def without_the_constraint() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE submissions_vote DROP CONSTRAINT one_vote_per_participant")
    yield


def test_it_is_the_constraint_that_makes_them_one(http_server: str, debate: Debate):
    """Without it the promise is broken: the test above would not pass by luck."""
    wanted = idea(debate)
    with without_the_constraint(), pytest.raises(AssertionError):
        assert_one_vote(http_server, wanted)


def test_agree_and_disagree_at_once_leave_one_of_them(  # case 2
    consultation: Consultation, debate: Debate
):
    wanted, me = idea(debate), participant(consultation)

    def vote(number: int) -> str:
        choice = VoteChoice.AGREE if number % 2 else VoteChoice.DISAGREE
        return cast(wanted, me, choice)

    happened = together(20, vote)
    assert happened.count("cast") == 1
    vote_that_stands = Vote.objects.get()
    events = list(VoteEvent.objects.order_by("pk"))
    assert len(events) == len([said for said in happened if said != "unchanged"])
    assert events[-1].choice == vote_that_stands.choice


def test_two_hundred_voters_and_a_recount_meet_without_a_deadlock(  # case 3
    consultation: Consultation, debate: Debate
):
    ideas = [idea(debate) for _number in range(40)]
    people = [participant(consultation) for _number in range(200)]
    threads = 10

    def votes_of_some(number: int) -> None:
        dice = random.Random(number)
        for who in people[number::threads]:
            for one in dice.sample(ideas, 8):
                cast(one, who, dice.choice(VoteChoice.values))
            if number < 2:
                refresh_tallies()

    together(threads, votes_of_some)
    refresh_tallies()
    assert Vote.objects.count() == 200 * 8
    for one in ideas:
        tally = Tally.objects.get(idea=one)
        for choice in VoteChoice:
            assert getattr(tally, choice) == Vote.objects.filter(idea=one, choice=choice).count()


def test_fifty_presses_of_one_form_are_one_idea(http_server: str, debate: Debate):
    browser = Browser(http_server)
    sent = {
        "text": "We should plant a tree in every street.",
        "language": "en",
        "form_key": str(uuid.uuid4()),
    }
    statuses = together(
        FIFTY, lambda _number: browser.ask("POST", address("write", debate.pk), **sent)[0]
    )
    assert set(statuses) == {302}
    assert Idea.objects.count() == IdeaText.objects.count() == Participant.objects.count() == 1


def test_fifty_decisions_are_one(debate: Debate):
    waiting = idea(debate, status=IdeaStatus.AWAITING)
    moderators = [User.objects.create(username=f"m{number}") for number in range(5)]

    def decide_at_once(number: int) -> str:
        kind = DecisionKind.PUBLISH if number % 2 else DecisionKind.REFUSE
        reason = None if number % 2 else RefusalReason.OTHER
        mine = Idea.objects.get(pk=waiting.pk)
        try:
            decide(mine, kind, moderators[number % 5], reason)
        except AlreadyDecided as conflict:
            return f"lost to {conflict.decision.kind if conflict.decision else ''}"
        return kind.value

    happened = together(FIFTY, decide_at_once)
    decision = Decision.objects.get()
    waiting.refresh_from_db()
    assert happened.count(f"lost to {decision.kind}") == FIFTY - 1
    assert waiting.status == ("published" if decision.kind == "publish" else "refused")


def test_decisions_over_http_at_once_are_one_row(http_server: str, debate: Debate):
    """Of ten who press at the same moment one decides; the others read who was quicker."""
    waiting = idea(debate, status=IdeaStatus.AWAITING)
    browsers = []
    for number in range(10):
        browser = Browser(http_server)
        session = desk_of(moderator_of(f"m{number}", "en")).cookies["sessionid"]
        browser.cookies["sessionid"] = session.value
        _status, page = browser.ask("GET", f"/admin/moderation/{waiting.pk}/")
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        browsers.append((browser, token))

    def press(number: int) -> tuple[int, str]:
        browser, token = browsers[number]
        sent = {"kind": "publish"} if number % 2 else {"kind": "refuse", "reason": "other"}
        path = f"/admin/moderation/{waiting.pk}/"
        return browser.ask("POST", path, csrfmiddlewaretoken=token, **sent)

    answers = together(10, press)
    assert sorted(status for status, _body in answers) == [302] + [409] * 9
    assert all("decided on" in body for status, body in answers if status == 409)
    decision = Decision.objects.get()
    waiting.refresh_from_db()
    assert waiting.status == ("published" if decision.kind == "publish" else "refused")


def test_an_undo_pressed_twice_at_once_is_one(debate: Debate):
    waiting = idea(debate, status=IdeaStatus.AWAITING)
    moderator = moderator_of("ada", "en")
    decision = decide(waiting, DecisionKind.PUBLISH, moderator)

    def take_back(_number: int) -> str:
        try:
            undo(Idea.objects.get(pk=waiting.pk), decision, moderator)
        except AlreadyDecided:
            return "late"
        return "undone"

    assert sorted(together(8, take_back)) == ["late"] * 7 + ["undone"]
    assert Decision.objects.filter(kind=DecisionKind.UNDO).count() == 1


def test_a_connection_that_was_lost_loses_no_vote(consultation: Consultation, debate: Debate):
    """As after a restart of the database: the vote is sent again on a new one (case 20)."""
    one, other, me = idea(debate), idea(debate), participant(consultation)
    assert cast(one, me) == "cast"
    backend = connection.connection.info.backend_pid

    def end(_number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])

    together(1, end)
    assert cast(other, me) == "cast"
    assert connection.connection.info.backend_pid != backend
    assert Vote.objects.count() == VoteEvent.objects.count() == 2


def test_a_vote_that_waits_for_another_is_judged_by_its_own_time(
    consultation: Consultation, debate: Debate
):
    """The clock is the statement's: a vote begun in time is in time, whoever it had to wait for."""
    wanted, me = idea(debate), participant(consultation)

    def vote() -> str:
        return cast(wanted, me)

    said: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM submissions_idea WHERE id = %s FOR UPDATE", [wanted.pk])

        def late() -> None:
            said.append(vote())
            connection.close()

        voting = threading.Thread(target=late)
        voting.start()
        time.sleep(0.5)
        assert not said
        cursor.execute("COMMIT")
    voting.join(timeout=30)
    assert said == ["cast"]
