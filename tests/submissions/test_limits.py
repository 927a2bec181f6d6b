"""How often something may be done, by participant, mailbox and network; nobody is locked out."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.clock import database_now
from submissions import limits
from submissions.debate.statements import answer_of
from submissions.limits import counting, keys
from submissions.limits.networks import network_of
from submissions.limits.retention import forget_counts
from submissions.models import (
    DailyKey,
    Debate,
    Idea,
    Origin,
    Participant,
    Rate,
    Vote,
)
from tests.factories import idea, participant
from tests.submissions.conftest import Visitor, address
from tests.submissions.limiting import HOME, SCHOOL, no_key_is_remembered, request_from, times
from tests.submissions.test_races import together

__all__ = ["no_key_is_remembered"]


# --- Counting -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_participant_meets_a_limit_and_is_told_when_to_come_back(debate: Debate):
    me = participant(debate.consultation)
    most = counting.BY_PARTICIPANT["write"]
    assert times("write", most + 5, request_from(), me) == most
    with pytest.raises(limits.TooMany) as refused:
        limits.check(request_from(SCHOOL), "write", me)
    assert 0 < refused.value.retry_after <= 3600
    limits.check(request_from(), "report", me)
    limits.check(request_from(), "write", participant(debate.consultation))


@pytest.mark.django_db
def test_what_one_is_refused_is_not_counted_for_the_others_of_the_school(  # case 6
    settings, debate: Debate
):
    settings.PEOPLE_BEHIND_ONE_ADDRESS = 12  # room for 24
    one = participant(debate.consultation)
    assert times("write", 200, request_from(SCHOOL), one) == counting.BY_PARTICIPANT["write"]
    for _number in range(4):
        limits.check(request_from(SCHOOL), "write", participant(debate.consultation))
    with pytest.raises(limits.TooMany) as refused:
        limits.check(request_from(SCHOOL), "write", participant(debate.consultation))
    assert 0 < refused.value.retry_after <= 600
    limits.check(request_from(HOME), "write", participant(debate.consultation))


@pytest.mark.django_db
def test_three_hundred_of_a_school_do_everything_at_once(debate: Debate):  # case 6
    """By their network alone: each starts, writes, and asks for two links."""
    request = request_from(SCHOOL)
    for action in ("start", "write", "mail", "mail", "report", "appeal"):
        assert times(action, 300, request) == 300


@pytest.mark.django_db
def test_a_mailbox_gets_few_letters_whoever_asks():
    mailbox = "ada@example.org"
    assert times("mail", 20, request_from(), mailbox=mailbox) == counting.BY_MAILBOX["mail"]
    with pytest.raises(limits.TooMany):
        limits.check(request_from(SCHOOL), "mail", mailbox=mailbox)
    limits.check(request_from(), "mail", mailbox="byron@example.org")


@pytest.mark.django_db
def test_a_count_is_one_statement(debate: Debate, monkeypatch: pytest.MonkeyPatch):
    keys._remembered[timezone.now().date()] = b"k" * 32  # as after the first of the day
    ran: list[Any] = []
    me = participant(debate.consultation)

    def counted(*said: Any) -> Any:
        ran.append(said)
        return answer_of(*said)

    monkeypatch.setattr("submissions.limits.counting.answer_of", counted)
    with CaptureQueriesContext(connection) as queries:
        limits.check(request_from(), "mail", me, mailbox="ada@example.org")
    assert (len(ran), len(queries)) == (1, 2)  # between the two of the savepoint
    assert Rate.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_it_is_the_same_limit_and_one_key(debate: Debate):  # case 69
    """Whatever the number of processes: what they share is the database."""
    me, most = participant(debate.consultation), counting.BY_PARTICIPANT["appeal"]

    def appeal(_number: int) -> bool:
        keys._remembered.clear()
        return times("appeal", 1, request_from(), me) == 1

    assert sum(together(20, appeal)) == most
    assert DailyKey.objects.count() == 1


@pytest.mark.django_db
def test_the_window_ends(debate: Debate, monkeypatch: pytest.MonkeyPatch):
    me, most = participant(debate.consultation), counting.BY_PARTICIPANT["appeal"]
    assert times("appeal", most + 1, request_from(), me) == most
    later = timezone.now().timestamp() + counting.AN_HOUR
    monkeypatch.setattr("submissions.limits.counting.time.time", lambda: later)
    limits.check(request_from(), "appeal", me)


@pytest.mark.django_db
@pytest.mark.parametrize("broken", ["_key_of_today", "DRAW"])
def test_a_limiter_that_fails_locks_nobody_out(
    debate: Debate, monkeypatch: pytest.MonkeyPatch, broken: str, caplog: pytest.LogCaptureFixture
):
    def fails() -> bytes:
        raise DatabaseError("no key")

    monkeypatch.setattr(keys, broken, fails if broken != "DRAW" else "SELECT {key}.nothing")
    visitor = Visitor(REMOTE_ADDR=HOME)
    assert visitor.start(debate).status_code == 302
    assert Participant.objects.count() == 1
    assert not Origin.objects.exists()
    assert "nothing is limited" in caplog.text


@pytest.mark.django_db
def test_twenty_people_behind_one_address_all_start_vote_and_write(debate: Debate):  # case 6
    wanted = idea(debate)
    people = [Visitor(REMOTE_ADDR=SCHOOL) for _number in range(20)]
    for person in people:
        assert person.start(debate).status_code == 302
        assert person.vote(wanted, "agree").status_code == 302
        sent = {
            "text": f"We should {uuid.uuid4()}.",  # near to nobody else's
            "language": "en",
            "form_key": str(uuid.uuid4()),
        }
        assert person.post(address("write", debate.pk), sent).status_code == 302
    assert Vote.objects.filter(key_valid=True).count() == 20
    assert Idea.objects.count() == 21
    assert Participant.objects.filter(suspect=False).count() == 20
    assert Origin.objects.values("origin_hash").distinct().count() == 1


# --- What is kept, and for how long ---------------------------------------------------------------


@pytest.mark.django_db
def test_no_address_is_stored_and_a_new_day_tells_nothing_of_the_old(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
):
    Visitor(REMOTE_ADDR=SCHOOL).start(debate)
    Visitor(REMOTE_ADDR=SCHOOL).start(debate)
    hashes = {bytes(origin.origin_hash) for origin in Origin.objects.all()}
    assert len(hashes) == 1 and len(next(iter(hashes))) == 32
    stored = [*Rate.objects.values_list("key", flat=True), *hashes]
    assert all(network_of(request_from(SCHOOL)) not in bytes(one) for one in stored)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("submissions.limits.keys.timezone.now", lambda: tomorrow)
    Visitor(REMOTE_ADDR=SCHOOL).start(debate)
    assert len({bytes(origin.origin_hash) for origin in Origin.objects.all()}) == 2
    assert DailyKey.objects.count() == 2


@pytest.mark.django_db
def test_the_database_alone_does_not_turn_a_hash_back(settings):
    with_ours = keys.keyed_hash(b"origin", b"....")
    settings.SECRET_KEY = "another" * 10
    assert keys.keyed_hash(b"origin", b"....") != with_ours


@pytest.mark.django_db
def test_another_process_draws_no_second_key():
    first = keys.keyed_hash(b"one")
    keys._remembered.clear()
    assert keys.keyed_hash(b"one") == first
    assert DailyKey.objects.count() == 1


@pytest.mark.django_db
def test_keys_counts_and_origins_go(consultation):
    now = database_now()
    for days in range(4):
        DailyKey.objects.create(day=now.date() - timedelta(days=days), secret=b"k" * 32)
        Origin.objects.create(
            participant=participant(consultation),
            origin_hash=b"o" * 32,
            at=now - timedelta(days=days, minutes=1),
        )
        Rate.objects.create(key=bytes([days]), expires_at=now + timedelta(minutes=5 - 10 * days))
    forget_counts(now)
    kept: list[date] = sorted(DailyKey.objects.values_list("day", flat=True), reverse=True)
    assert kept == [now.date(), now.date() - timedelta(days=1)]
    assert Origin.objects.count() == 2
    assert Rate.objects.count() == 1
    assert Participant.objects.count() == 4
