"""Appeals, and the word to the author: who may, who answers, what is told and when."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from core.clock import database_now
from submissions.models import (
    Address,
    Appeal,
    Debate,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    Notice,
    Notified,
    Participant,
    RefusalReason,
)
from submissions.moderation.appeals import AppealRefused, OwnRefusal, answer, appeal
from submissions.moderation.letters import letter, told_otherwise
from submissions.moderation.notices import notify
from submissions.moderation.services import AlreadyDecided, decide, undo, undoable
from submissions.signals import appeal_decided, idea_decided
from tests.factories import idea, participant
from tests.submissions.desk import QUEUE, decide_on, desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(debate: Debate) -> Participant:
    return participant(debate.consultation)


@pytest.fixture
def refused(debate: Debate, author: Participant, ada: User) -> Idea:
    one = idea(debate, status=IdeaStatus.AWAITING, author=author)
    decide(one, DecisionKind.REFUSE, ada, RefusalReason.OFF_TOPIC)
    return one


# --- Making one -----------------------------------------------------------------------------------


def test_the_author_appeals_once(refused: Idea, author: Participant):
    made = appeal(refused, author, "It is about this theme.", "en")
    assert made.against == Decision.objects.get()
    with pytest.raises(AppealRefused):
        appeal(refused, author, "Again.", "en")
    assert Appeal.objects.count() == 1


def test_nobody_elses_idea(refused: Idea, debate: Debate):
    with pytest.raises(AppealRefused):
        appeal(refused, participant(debate.consultation), "", "en")
    Idea.objects.update(author=None)
    refused.refresh_from_db()
    with pytest.raises(AppealRefused):
        appeal(refused, participant(debate.consultation), "", "en")


@pytest.mark.parametrize(
    "status", [IdeaStatus.AWAITING, IdeaStatus.PUBLISHED, IdeaStatus.WITHDRAWN]
)
def test_only_a_refusal(debate: Debate, author: Participant, status: IdeaStatus):
    with pytest.raises(AppealRefused):
        appeal(idea(debate, status=status, author=author), author, "", "en")


def test_after_closing_too(refused: Idea, author: Participant, debate: Debate):
    debate.consultation.closes_at = database_now() - timedelta(minutes=1)
    debate.consultation.save()
    appeal(refused, author, "", "fr")


def test_what_is_appealed_against_is_not_undone_but_answered(refused: Idea, author: Participant):
    assert undoable(refused) is not None
    appeal(refused, author, "", "en")
    assert undoable(refused) is None


# --- Answering ------------------------------------------------------------------------------------


def test_who_refused_does_not_answer(refused: Idea, author: Participant, ada: User):
    appeal(refused, author, "Please.", "en")
    desk = desk_of(ada)
    page = desk.get(f"{QUEUE}{refused.pk}/").content.decode()
    assert "another moderator answers the appeal" in page
    assert "Publish after all" not in page
    for kind in (DecisionKind.PUBLISH, DecisionKind.UPHOLD):
        with pytest.raises(OwnRefusal):
            answer(refused, kind, ada, "Why")
        assert decide_on(desk, refused, kind, note="Why").status_code == 409
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "status"),
    [(DecisionKind.PUBLISH, IdeaStatus.PUBLISHED), (DecisionKind.UPHOLD, IdeaStatus.REFUSED)],
)
def test_another_moderator_answers(
    refused: Idea, author: Participant, grace: User, kind: DecisionKind, status: IdeaStatus
):
    appeal(refused, author, "It is about this theme.", "en")
    desk = desk_of(grace)
    listed = desk.get(QUEUE, {"queue": "appeals"}).context["object_list"]
    assert [one.pk for one in listed] == [refused.pk]
    assert "It is about this theme." in desk.get(f"{QUEUE}{refused.pk}/").content.decode()
    assert decide_on(desk, refused, kind, note="Read again.").status_code == 302
    refused.refresh_from_db()
    assert refused.status == status
    made = Appeal.objects.get()
    assert made.answer is not None
    assert (made.answer.kind, made.answer.moderator) == (kind, grace)
    assert decide_on(desk, refused, "uphold", note="Again.").status_code == 409
    history = desk.get(f"{QUEUE}{refused.pk}/").content.decode()
    assert f"On appeal: {kind.label}" in history


def test_upholding_asks_for_a_note(refused: Idea, author: Participant, grace: User):
    appeal(refused, author, "", "en")
    assert decide_on(desk_of(grace), refused, "uphold", note=" ").status_code == 422
    assert Appeal.objects.get().answer is None


@pytest.mark.parametrize("kind", [DecisionKind.PUBLISH, DecisionKind.UPHOLD])
def test_an_answer_taken_back_leaves_the_appeal_waiting(
    refused: Idea, author: Participant, grace: User, kind: DecisionKind
):
    appeal(refused, author, "", "en")
    undo(refused, answer(refused, kind, grace, "Hm."), grace)
    refused.refresh_from_db()
    assert refused.status == IdeaStatus.REFUSED
    assert Appeal.objects.get().answer is None


def test_without_an_appeal_there_is_nothing_to_answer(refused: Idea, grace: User):
    with pytest.raises(AlreadyDecided):
        answer(refused, DecisionKind.UPHOLD, grace, "Why")


# --- The word to the author -----------------------------------------------------------------------


@pytest.fixture
def told() -> Any:
    """What listeners heard: the signal and the decision."""
    heard: list[tuple[Any, Decision]] = []

    def listen(sender: type, signal: Any, idea: Idea, decision: Decision, **_more: Any) -> None:
        heard.append((signal, decision))

    for signal in (idea_decided, appeal_decided):
        signal.connect(listen)
    yield heard
    for signal in (idea_decided, appeal_decided):
        signal.disconnect(listen)


def confirm(author: Participant) -> None:
    Address.objects.create(
        consultation=author.consultation,
        participant=author,
        email="a@example.org",
        mailbox="a@example.org",
        language="fr",
    )


def test_the_author_is_told_some_minutes_later_once(
    refused: Idea, author: Participant, told: list[Any]
):
    confirm(author)
    task = DBTaskResult.objects.get()
    notice = Notice.objects.get()
    wait = notice.due_at - database_now()
    assert timedelta(minutes=4) < wait <= timedelta(minutes=5)
    assert task.run_after == notice.due_at
    assert told == []
    for _time in range(2):
        notify.call(notice.decision_id)
    assert told == [(idea_decided, notice.decision)]
    assert Notice.objects.get().outcome == Notified.SENT


def test_what_is_undone_in_time_is_never_told(
    refused: Idea, author: Participant, grace: User, told: list[Any]
):
    confirm(author)
    refusal = Decision.objects.get()
    undo(refused, refusal, grace)
    published = decide(refused, DecisionKind.PUBLISH, grace)
    for decision in (refusal, published):
        notify.call(decision.pk)
    assert told == [(idea_decided, published)]
    assert Notice.objects.get(decision=refusal).outcome == Notified.STOPPED


def test_a_second_letter_says_that_it_replaces_the_first(
    refused: Idea, author: Participant, grace: User
):
    confirm(author)
    assert not told_otherwise(refused)
    refusal = Decision.objects.get()
    notify.call(refusal.pk)
    undo(refused, refusal, grace)
    assert told_otherwise(refused)
    page = desk_of(grace).get(f"{QUEUE}{refused.pk}/").content.decode()
    assert "This replaces what we wrote to you about this idea before." in page


def test_the_answer_to_an_appeal_is_told_as_such(
    refused: Idea, author: Participant, grace: User, told: list[Any]
):
    confirm(author)
    appeal(refused, author, "", "en")
    decision = answer(refused, DecisionKind.UPHOLD, grace, "It stands.")
    notify.call(decision.pk)
    assert told == [(appeal_decided, decision)]


def test_without_an_address_nothing_is_sent_and_staff_read_so(
    refused: Idea, grace: User, told: list[Any]
):
    notify.call(Decision.objects.get().pk)
    assert told == []
    page = desk_of(grace).get(f"{QUEUE}{refused.pk}/").content.decode()
    assert "Not sent: no address is known" in page


def test_what_fails_to_be_told_is_told_when_it_is_tried_again(refused: Idea, author: Participant):
    confirm(author)

    def fail(**_said: Any) -> None:
        raise IntegrityError

    idea_decided.connect(fail)
    try:
        with pytest.raises(IntegrityError), transaction.atomic():
            notify.call(Decision.objects.get().pk)
    finally:
        idea_decided.disconnect(fail)
    assert Notice.objects.get().outcome == Notified.WAITING


def test_each_reason_is_previewed_as_the_author_will_read_it(
    debate: Debate, author: Participant, grace: User
):
    confirm(author)
    waiting = idea(debate, status=IdeaStatus.AWAITING, author=author)
    page = desk_of(grace).get(f"{QUEUE}{waiting.pk}/").content.decode()
    assert "The author is told, in French:" in page
    for reason in RefusalReason:
        for language in ("en", "fr"):
            said = letter(DecisionKind.REFUSE, reason, language).paragraphs
            assert len(said) == 3
    assert page.index('<div lang="fr">') < page.index('<div lang="en">')


def test_a_desk_without_appeals_says_so(grace: User, client: Client):
    page = desk_of(grace).get(QUEUE, {"queue": "appeals"}).content.decode()
    assert "Nothing waits here." in page
