"""A decision at the desk is handed to a colleague, or taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from submissions.models import (
    Debate,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    RefusalReason,
)
from submissions.moderation import services
from submissions.moderation.services import AlreadyDecided, decide, escalate, undo, undoable
from submissions.signals import idea_published, idea_unpublished
from tests.factories import idea
from tests.submissions.desk import QUEUE, decide_on, desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(ada: User) -> Client:
    return desk_of(ada)


@pytest.fixture
def waiting(debate: Debate) -> Idea:
    return idea(debate, "We should teech music in scools.", status=IdeaStatus.AWAITING)


# --- Asking a colleague ---------------------------------------------------------------------------


def test_a_colleague_sees_who_asks_and_why_until_it_is_decided(
    desk: Client, waiting: Idea, grace: User
):
    assert decide_on(desk, waiting, "escalate", note="").status_code == 422
    assert decide_on(desk, waiting, "escalate", note="Is this partisan?").status_code == 302
    page = desk_of(grace).get(f"{QUEUE}{waiting.pk}/").content.decode()
    assert "Ada asks another moderator" in page
    assert "Is this partisan?" in page
    decide_on(desk_of(grace), waiting, "publish")
    waiting.refresh_from_db()
    assert waiting.escalated_at is None


def test_an_undo_asks_the_colleague_again(waiting: Idea, ada: User, grace: User):
    escalate(waiting, ada, "Is this partisan?")
    asked = waiting.escalated_at
    undo(waiting, decide(waiting, DecisionKind.PUBLISH, grace), grace)
    waiting.refresh_from_db()
    assert waiting.escalated_at is not None
    assert asked is not None
    assert abs(waiting.escalated_at - asked) < timedelta(seconds=1)


# --- Undo -----------------------------------------------------------------------------------------


def test_after_a_decision_comes_the_next_idea_with_an_undo(desk: Client, debate: Debate):
    first, second = (idea(debate, status=IdeaStatus.AWAITING) for _number in range(2))
    answer = desk.post(f"{QUEUE}{first.pk}/?queue=waiting", {"kind": "publish"})
    decision = Decision.objects.get()
    assert answer["Location"] == f"{QUEUE}{second.pk}/?queue=waiting&after={decision.pk}"
    page = desk.get(answer["Location"]).content.decode()
    assert f"Idea {first.pk} is published." in page
    assert f'name="decision" value="{decision.pk}"' in page
    back = decide_on(desk, first, "undo", decision=decision.pk)
    assert f"Undone: idea {first.pk}" in desk.get(back["Location"]).content.decode()
    first.refresh_from_db()
    assert (first.status, first.published_at) == (IdeaStatus.AWAITING, None)


def test_the_word_of_what_was_done_is_for_its_maker(waiting: Idea, ada: User, grace: User):
    decision = decide(waiting, DecisionKind.PUBLISH, ada)
    page = desk_of(grace).get(QUEUE, {"after": decision.pk}).content.decode()
    assert "is published." not in page


@pytest.mark.parametrize(
    ("kind", "before"),
    [
        (DecisionKind.PUBLISH, IdeaStatus.AWAITING),
        (DecisionKind.REFUSE, IdeaStatus.AWAITING),
        (DecisionKind.WITHDRAW, IdeaStatus.PUBLISHED),
    ],
)
def test_a_colleague_takes_a_decision_back(
    debate: Debate,
    ada: User,
    grace: User,
    kind: DecisionKind,
    before: IdeaStatus,
    django_capture_on_commit_callbacks: Any,
):
    one = idea(debate, status=before)
    decision = decide(one, kind, ada, None if kind == "publish" else RefusalReason.OTHER)
    heard = []

    def listen(sender: type, signal: object, idea: Idea, **_more: object) -> None:
        heard.append(signal)

    for signal in (idea_published, idea_unpublished):
        signal.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            undone = undo(one, decision, grace)
    finally:
        for signal in (idea_published, idea_unpublished):
            signal.disconnect(listen)
    one.refresh_from_db()
    assert one.status == before
    assert undone.undoes == decision
    told = {"publish": [idea_unpublished], "withdraw": [idea_published]}
    assert heard == told.get(kind.value, [])


def test_a_decision_is_undone_once_and_only_the_last_and_recent_one(
    waiting: Idea, ada: User, grace: User
):
    refusal = decide(waiting, DecisionKind.REFUSE, ada, RefusalReason.OTHER)
    undo(waiting, refusal, grace)
    with pytest.raises(AlreadyDecided):
        undo(waiting, refusal, ada)
    decide(waiting, DecisionKind.PUBLISH, ada)
    with pytest.raises(AlreadyDecided):
        undo(waiting, refusal, ada)
    assert undoable(waiting) is not None
    services.UNDO_WITHIN, kept = timedelta(0), services.UNDO_WITHIN
    try:
        assert undoable(waiting) is None
    finally:
        services.UNDO_WITHIN = kept


def test_undoing_nothing_is_told(desk: Client, waiting: Idea):
    for decision in ("", "0", "x", "9" * 30, "\x00"):
        assert decide_on(desk, waiting, "undo", decision=decision).status_code == 422
