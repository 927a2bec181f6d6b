"""Taking one's participation back: asked twice, told exactly, and whole at any moment."""

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from submissions import mail
from submissions.debate import erasure
from submissions.debate.erasure import erase
from submissions.debate.services import DebateClosed, submit_idea
from submissions.debate.tallies import refresh_tallies
from submissions.models import (
    Address,
    Appeal,
    Consent,
    Consultation,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Mail,
    MailedLink,
    Origin,
    Participant,
    RefusalReason,
    Tally,
    Vote,
    VoteEvent,
)
from submissions.moderation import appeals, withdrawals
from submissions.moderation.services import decide
from tests.factories import idea, participant
from tests.submissions.casting import cast
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import moderator_of

ERASE = address("erase")
PLACE = address("participation")


# --- The page before ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_asked_once_more_and_asking_changes_nothing(
    voter: Visitor, me: Participant, debate: Debate, language: str
):
    voter.vote(idea(debate), "agree")
    where = address("erase", language=language)
    assert (
        f'href="{where}"' in voter.get(address("participation", language=language)).content.decode()
    )
    page = voter.get(where)
    assert page.status_code == 200
    assert Participant.objects.filter(pk=me.pk).exists()
    if language == "en":
        for said in ("What goes", "What stays, without you", "your 1 vote, which is still counted"):
            assert said in page.content.decode()
        assert "your e-mail address" not in page.content.decode()


@pytest.mark.django_db
def test_who_is_nobody_is_asked_nothing(visitor: Visitor):
    assert visitor.get(ERASE)["Location"] == PLACE
    assert visitor.post(ERASE)["Location"] == f"{PLACE}?erased=1"


@pytest.mark.django_db
def test_sent_twice_it_is_done_once(voter: Visitor, debate: Debate):
    voter.vote(idea(debate), "agree")
    again = Visitor()
    again.cookies.update(voter.cookies)
    for browser in (voter, again):
        assert browser.post(ERASE).status_code == 302
    assert "Your participation is erased." in voter.get(f"{PLACE}?erased=1").content.decode()
    assert Vote.objects.get().participant is None


# --- What goes, what stays ------------------------------------------------------------------------


def known(me: Participant) -> None:
    """``me`` has confirmed an address, and mail waits for it."""
    Address.objects.create(
        consultation=me.consultation,
        participant=me,
        email="me@example.org",
        mailbox="me@example.org",
        language="en",
    )
    mail.send(
        "come_back",
        to="me@example.org",
        language="en",
        consultation=me.consultation,
        participant=me.pk,
        context={"link": "https://example.org/secret"},
    )
    Origin.objects.create(participant=me, origin_hash=b"x" * 32)


@pytest.mark.django_db
def test_all_that_names_the_person_goes(voter: Visitor, me: Participant, debate: Debate):
    known(me)
    guest = participant(debate.consultation, became=me)
    idea(debate, status=IdeaStatus.UNCONFIRMED, author=me)
    page = voter.get(ERASE).content.decode()
    assert "your e-mail address" in page
    voter.post(ERASE)
    for model in (Address, Mail, MailedLink, Origin, Consent, Participant, Idea):
        assert not model.objects.exists(), model
    assert not Participant.objects.filter(pk=guest.pk).exists()
    assert voter.cookies[settings.PARTICIPANT_COOKIE_NAME].value == ""


@pytest.mark.django_db
def test_ideas_and_appeals_stay_of_nobody(voter: Visitor, me: Participant, debate: Debate):
    shown, refused = idea(debate, author=me), idea(debate, status=IdeaStatus.AWAITING, author=me)
    decide(refused, DecisionKind.REFUSE, moderator_of("ada", "en"), RefusalReason.OTHER)
    appeals.appeal(refused, me, "Please.", "en")
    erase(me)
    assert set(Idea.objects.values_list("author", "status")) == {
        (None, "published"),
        (None, "refused"),
    }
    assert Appeal.objects.get().text == "Please."
    assert shown.original.text in voter.get(address("idea", shown.pk)).content.decode()


@pytest.mark.django_db
def test_ideas_are_withdrawn_for_who_asks_for_it(voter: Visitor, me: Participant, debate: Debate):
    mine, waits, theirs = (
        idea(debate, author=me),
        idea(debate, status=IdeaStatus.AWAITING, author=me),
        idea(debate),
    )
    voter.post(ERASE, {"ideas": "withdraw"})
    found = dict(Idea.objects.values_list("pk", "status"))
    assert found == {mine.pk: "withdrawn", waits.pk: "withdrawn", theirs.pk: "published"}
    assert not Idea.objects.filter(author__isnull=False).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "votes"), [({}, 2), ({"votes": "delete"}, 1)])
def test_the_count_is_as_announced(
    voter: Visitor, me: Participant, debate: Debate, asked: dict[str, str], votes: int
):
    one = idea(debate)
    cast(one, me)
    cast(one, participant(debate.consultation))
    voter.post(ERASE, asked)
    refresh_tallies()
    assert Tally.objects.get().votes == Vote.objects.count() == votes
    assert VoteEvent.objects.count() == votes


# --- At the same moment ---------------------------------------------------------------------------


def beside(act: Callable[[], Any]) -> Any:
    """``act`` in another thread, on a connection of its own: a future."""

    def run() -> Any:
        try:
            return act()
        finally:
            connection.close()

    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(run)
    finally:
        pool.shutdown(wait=False)


def anew(me: Participant) -> Participant:
    """The row once more: what is deleted forgets its number."""
    return Participant.objects.get(pk=me.pk)


def wait_for_a_lock() -> None:
    """Until a statement of another connection waits for this transaction."""
    for _attempt in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nothing waits")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_votes", [False, True])
def test_a_vote_cast_while_one_is_being_erased_finds_nobody(
    consultation: Consultation, debate: Debate, with_votes: bool
):
    one, me = idea(debate), participant(consultation)
    with transaction.atomic():
        erase(anew(me), with_votes=with_votes)
        late = beside(lambda: cast(one, me))
        wait_for_a_lock()
    with pytest.raises(DebateClosed):
        late.result(timeout=60)
    assert not Vote.objects.exists()
    assert not VoteEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("with_votes", "left"), [(False, 1), (True, 0)])
def test_a_vote_that_was_being_cast_before_is_cut_off_with_the_others(
    consultation: Consultation, debate: Debate, with_votes: bool, left: int
):
    one, me = idea(debate), participant(consultation)
    with transaction.atomic():
        cast(one, me)
        erasing = beside(lambda: erase(me, with_votes=with_votes))
        wait_for_a_lock()
    erasing.result(timeout=60)
    assert not Participant.objects.exists()
    assert Vote.objects.filter(participant=None).count() == Vote.objects.count() == left
    assert VoteEvent.objects.filter(participant=None).count() == VoteEvent.objects.count() == left


@pytest.mark.django_db(transaction=True)
def test_an_idea_sent_meanwhile_is_kept_of_a_newcomer(consultation: Consultation, debate: Debate):
    me = participant(consultation)
    said = {"text": "We should plant a tree.", "language": "en", "page_language": "en"}
    with transaction.atomic():
        erase(anew(me))
        late = beside(lambda: submit_idea(debate, me, form_key=uuid.uuid4(), **said))
        wait_for_a_lock()
    received = late.result(timeout=60)
    assert received.author is not None
    assert received.author.pk != me.pk


@pytest.mark.django_db(transaction=True)
def test_two_erasures_at_once_are_one(consultation: Consultation, debate: Debate):
    one, me = idea(debate), participant(consultation)
    cast(one, me)
    with transaction.atomic():
        erase(anew(me))
        second = beside(lambda: erase(me, with_votes=True))
        wait_for_a_lock()
    second.result(timeout=60)
    assert Vote.objects.count() == 1  # what the first one promised holds


@pytest.mark.django_db
def test_it_is_whole_or_not_at_all(
    voter: Visitor, me: Participant, debate: Debate, monkeypatch: pytest.MonkeyPatch
):
    cast(idea(debate), me)

    def fail(_participant: Participant) -> None:
        raise RuntimeError

    monkeypatch.setattr(mail, "forget", fail)
    with pytest.raises(RuntimeError):
        erase(me, with_votes=True)
    assert Vote.objects.get().participant == me


@pytest.mark.django_db
def test_a_moderator_who_is_quicker_hinders_no_erasure(
    voter: Visitor, me: Participant, debate: Debate, monkeypatch: pytest.MonkeyPatch
):
    waits = idea(debate, status=IdeaStatus.AWAITING, author=me)
    moderator = moderator_of("ada", "en")

    def refused_just_before(wanted: Idea, author: Participant) -> None:
        same = Idea.objects.get(pk=wanted.pk)
        decide(same, DecisionKind.REFUSE, moderator, RefusalReason.OFF_TOPIC, tell=False)
        withdrawals.withdraw(wanted, author)

    monkeypatch.setattr(erasure, "withdraw", refused_just_before)
    assert voter.post(ERASE, {"ideas": "withdraw"}).status_code == 302
    waits.refresh_from_db()
    assert (waits.status, waits.author) == (IdeaStatus.REFUSED, None)
    assert not Participant.objects.filter(pk=me.pk).exists()
