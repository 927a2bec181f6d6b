"""How often something may be done, by participant, mailbox and network; nobody is locked out."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.clock import database_now
from submissions import limits
from submissions.debate.statements import answer_of
from submissions.limits import counting, keys
from submissions.limits.networks import network_of
from submissions.limits.retention import forget_counts
from submissions.models import (
    Appeal,
    DailyKey,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Notice,
    Origin,
    Participant,
    Rate,
    RefusalReason,
    TranslationReport,
    Vote,
)
from submissions.moderation.services import decide
from tests.factories import idea, participant, translation_of
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import moderator_of
from tests.submissions.test_races import together

SCHOOL, HOME = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def no_key_is_remembered():
    """Each test draws its own: another's was rolled back."""
    keys._remembered.clear()
    yield
    keys._remembered.clear()


def request_from(remote: str = HOME, **headers: str) -> HttpRequest:
    return RequestFactory(headers=headers).get("/", REMOTE_ADDR=remote)


def times(action: Any, most: int, request: HttpRequest, *said: Any, **how: Any) -> int:
    """How often ``action`` was let through, of ``most`` times."""
    for number in range(most):
        try:
            limits.check(request, action, *said, **how)
        except limits.TooMany:
            return number
    return most


# --- Whose address it is: case 55 -----------------------------------------------------------------

FORGED = {"x-forwarded-for": "192.0.2.66", "x-real-ip": "192.0.2.66", "forwarded": "for=192.0.2.66"}


def test_without_a_proxy_no_header_is_believed(settings):  # case 55
    settings.TRUSTED_PROXIES = 0
    assert network_of(request_from(HOME, **FORGED)) == network_of(request_from(HOME))


@pytest.mark.parametrize(
    ("proxies", "said"),
    [
        (1, f"192.0.2.66, 192.0.2.67, {HOME}"),
        (2, f"192.0.2.66, {HOME}, 10.0.0.3"),
        (1, HOME),
        (1, f"<script>, {HOME} "),
    ],
)
def test_behind_proxies_only_their_own_entries_are_believed(  # case 55
    settings, proxies: int, said: str
):
    settings.TRUSTED_PROXIES = proxies
    request = request_from("10.0.0.2", **{"x-forwarded-for": said})
    settings.TRUSTED_PROXIES = proxies
    assert network_of(request) == bytes([203, 0, 113, 9])


@pytest.mark.parametrize("said", ["", "garbage", "203.0.113.9, ", "1.2.3.4.5", "203.0.113.9:80"])
def test_what_can_not_be_read_is_nobodys(settings, said: str):
    settings.TRUSTED_PROXIES = 1
    assert network_of(request_from(HOME, **{"x-forwarded-for": said})) is None


def test_fewer_entries_than_proxies_are_nobodys(settings):
    settings.TRUSTED_PROXIES = 2
    assert network_of(request_from(HOME, **{"x-forwarded-for": SCHOOL})) is None


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "172.18.0.4", "192.168.1.1", "::1"])
def test_an_address_from_inside_is_a_proxys_and_stands_for_nobody(inside: str):
    """As when a proxy was put in front and nobody counted it: not everybody is one visitor."""
    assert network_of(request_from(inside)) is None


@pytest.mark.django_db
def test_what_a_header_says_is_in_no_line_of_the_log(  # case 56
    settings, debate: Debate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG")
    settings.TRUSTED_PROXIES = 1
    monkeypatch.setattr(keys, "DRAW", "SELECT {key}.nothing")
    for said in (f"{HOME}\r\nERROR forged", f"\x1b[31mforged, {HOME}", f"{HOME}%forged"):
        visitor = Visitor(REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=said)
        assert visitor.start(debate).status_code == 302
    assert "nothing is limited" in caplog.text
    assert "forged" not in caplog.text


def test_of_ipv6_a_home_is_one_network():
    one, other = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"
    assert network_of(request_from(one)) == network_of(request_from(other))
    assert network_of(request_from("2001:db8:1:3::1")) != network_of(request_from(one))
    assert network_of(request_from(f"::ffff:{HOME}")) == network_of(request_from(HOME))


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


# --- Over HTTP ------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title", "wait"),
    [
        ("en", "Wait a little", "You can try again in"),
        ("fr", "Patientez", "Vous pourrez réessayer"),
    ],
)
def test_who_starts_too_often_is_told_in_their_language(  # case 69
    settings, debate: Debate, language: str, title: str, wait: str
):
    settings.PEOPLE_BEHIND_ONE_ADDRESS = 1
    for _number in range(2):
        assert Visitor(REMOTE_ADDR=HOME).start(debate, language=language).status_code == 302
    refused = Visitor(REMOTE_ADDR=HOME).start(debate, language=language)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 600
    page = refused.content.decode()
    assert title in page and wait in page
    assert not refused.cookies
    assert Participant.objects.count() == 2
    assert Visitor(REMOTE_ADDR=SCHOOL).start(debate).status_code == 302


@pytest.mark.django_db
def test_a_forged_header_gives_no_second_count(settings, debate: Debate):  # case 55
    settings.PEOPLE_BEHIND_ONE_ADDRESS = 1
    statuses = []
    for number in range(4):
        visitor = Visitor(
            REMOTE_ADDR=HOME,
            HTTP_X_FORWARDED_FOR=f"192.0.2.{number}",
            HTTP_X_FORWARDED_HOST="evil.example",
        )
        response = visitor.start(debate)
        assert "evil.example" not in response.get("Location", "")
        statuses.append(response.status_code)
    assert statuses == [302, 302, 429, 429]


@pytest.mark.django_db
def test_who_is_known_already_is_not_counted_again(settings, debate: Debate):
    settings.PEOPLE_BEHIND_ONE_ADDRESS = 1
    visitor = Visitor(REMOTE_ADDR=HOME)
    for _number in range(5):
        assert visitor.start(debate).status_code == 302


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


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_writes_too_often_keeps_their_words(  # case 69
    debate: Debate, monkeypatch: pytest.MonkeyPatch, language: str
):
    monkeypatch.setitem(counting.BY_PARTICIPANT, "write", 1)
    visitor, words = Visitor(REMOTE_ADDR=HOME), f"We should {uuid.uuid4()}."
    visitor.start(debate)
    for said in ("We should open the library at night.", words):
        sent = {"text": said, "language": "en", "form_key": str(uuid.uuid4())}
        answer = visitor.post(address("write", debate.pk, language=language), sent)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert words in answer.content.decode()
    assert Idea.objects.count() == 1


@pytest.mark.django_db
def test_words_that_are_mended_are_counted_once(debate: Debate, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(counting.BY_PARTICIPANT, "write", 1)
    visitor = Visitor(REMOTE_ADDR=HOME)
    visitor.start(debate)
    sent = {"language": "en", "form_key": str(uuid.uuid4())}
    for _number in range(3):
        assert visitor.post(address("write", debate.pk), sent | {"text": "No"}).status_code == 422
    words = {"text": f"We should {uuid.uuid4()}."}
    assert visitor.post(address("write", debate.pk), sent | words).status_code == 302


@pytest.mark.django_db
def test_who_begins_by_writing_has_an_origin_too(debate: Debate):
    sent = {"text": f"We should {uuid.uuid4()}.", "language": "en", "form_key": str(uuid.uuid4())}
    Visitor(REMOTE_ADDR=HOME).post(address("write", debate.pk), sent)
    assert Origin.objects.get().participant == Idea.objects.get().author


@pytest.mark.django_db
def test_appeals_and_reports_have_a_limit_and_give_words_back(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
):
    for action in ("appeal", "report"):
        monkeypatch.setitem(counting.BY_PARTICIPANT, action, 0)
    visitor = Visitor(REMOTE_ADDR=HOME)
    visitor.start(debate)
    me = Participant.objects.get()
    refused = idea(debate, author=me, status=IdeaStatus.AWAITING)
    decide(refused, DecisionKind.REFUSE, moderator_of("ada", "en"), RefusalReason.OTHER)
    Notice.objects.all().delete()  # told
    answer = visitor.post(address("appeal", refused.pk), {"text": "It is a fair idea."})
    assert answer.status_code == 429
    assert "It is a fair idea." in answer.content.decode()
    assert not Appeal.objects.exists()
    of = idea(debate, "Il faut planter un arbre.", "fr")
    translation_of(of, "We should plant a tree.", "en")
    page = visitor.get(address("report_translation", of.pk)).context["form"]
    sent = {name: page[name].value() for name in page.fields} | {"comment": "It says the contrary."}
    answer = visitor.post(address("report_translation", of.pk), sent)
    assert answer.status_code == 429
    assert "It says the contrary." in answer.content.decode()
    assert not TranslationReport.objects.exists()
