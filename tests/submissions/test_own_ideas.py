"""What an author can do about an idea of theirs: appeal against a refusal, or withdraw it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from core.clock import database_now
from submissions.models import (
    Address,
    Appeal,
    Consultation,
    Debate,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    Mail,
    Notice,
    Notified,
    Participant,
    RefusalReason,
    Vote,
)
from submissions.moderation import appeals
from submissions.moderation.notices import notify
from submissions.moderation.register.figures import count
from submissions.moderation.services import AlreadyDecided, decide, undoable
from submissions.moderation.withdrawals import NotWithdrawable, withdraw
from submissions.signals import idea_unpublished
from tests.factories import idea, participant
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import QUEUE, desk_of

pytestmark = pytest.mark.django_db

PLACE = address("participation")
WHY = "It is about this theme: read the second half."


def tell() -> None:
    """The worker has told authors what waits to be told."""
    for notice in Notice.objects.filter(outcome=Notified.WAITING):
        notify.call(notice.decision_id)


@pytest.fixture
def refused(debate: Debate, me: Participant, ada: User) -> Idea:
    """Refused, and its author was told."""
    one = idea(debate, status=IdeaStatus.AWAITING, author=me)
    decide(one, DecisionKind.REFUSE, ada, RefusalReason.OFF_TOPIC)
    tell()
    return one


# --- Appeals --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_refusal_is_appealed_against_by_a_form(voter: Visitor, refused: Idea, language: str):
    where = address("appeal", refused.pk, language=language)
    own_page = address("participation", language=language)
    assert f'href="{where}"' in voter.get(own_page).content.decode()
    form = voter.get(where).content.decode()
    assert refused.original.text in form
    answer = voter.post(where, {"text": WHY})
    assert answer["Location"] == f"{own_page}#idea-{refused.pk}"
    made = Appeal.objects.get()
    assert (made.text, made.language, made.answer) == (WHY, language, None)
    told = voter.get(own_page).content.decode()
    assert WHY in told
    assert f'href="{where}"' not in told


def test_why_is_for_who_likes_to_say(voter: Visitor, refused: Idea):
    voter.post(address("appeal", refused.pk), {})
    assert Appeal.objects.get().text == ""


def test_sent_twice_it_is_one_appeal(voter: Visitor, refused: Idea):
    for text in (WHY, "Again."):
        assert voter.post(address("appeal", refused.pk), {"text": text}).status_code == 302
    assert Appeal.objects.get().text == WHY
    assert voter.get(address("appeal", refused.pk)).status_code == 302


def test_what_is_too_long_is_given_back_counted_as_a_reader_counts(voter: Visitor, refused: Idea):
    family = "👨‍👩‍👧‍👦"
    refusal = voter.post(address("appeal", refused.pk), {"text": family * 1001})
    assert refusal.status_code == 422
    page = refusal.content.decode()
    assert "must be 1,000 characters or fewer. It has 1,001." in page
    assert family * 1001 in page
    assert "<title>Error:" in page
    assert not Appeal.objects.exists()
    voter.post(address("appeal", refused.pk), {"text": "é" * 1000})
    assert len(Appeal.objects.get().text) == 1000


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["appeal", "withdraw"])
def test_anothers_idea_is_not_there(voter: Visitor, debate: Debate, name: str, method: str):
    somebody = participant(debate.consultation)
    for status in (IdeaStatus.REFUSED, IdeaStatus.PUBLISHED, IdeaStatus.UNCONFIRMED):
        theirs = idea(debate, status=status, author=somebody, published_at=database_now())
        assert getattr(voter, method)(address(name, theirs.pk)).status_code == 404
        assert getattr(Visitor(), method)(address(name, theirs.pk)).status_code == 404
    assert getattr(voter, method)(address(name, 10**30)).status_code == 404


def test_nobody_appeals_before_they_are_told(
    voter: Visitor, me: Participant, debate: Debate, ada: User
):
    one = idea(debate, status=IdeaStatus.AWAITING, author=me)
    decide(one, DecisionKind.REFUSE, ada, RefusalReason.OFF_TOPIC)
    for answer in (
        voter.get(address("appeal", one.pk)),
        voter.post(address("appeal", one.pk), {"text": WHY}),
    ):
        assert answer["Location"] == f"{PLACE}#idea-{one.pk}"
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (DecisionKind.PUBLISH, "Another moderator published it on", None),
        (DecisionKind.UPHOLD, "Another moderator answers.", "the refusal stands"),
    ],
)
def test_an_answer_is_told_no_sooner_than_by_mail(
    voter: Visitor,
    me: Participant,
    refused: Idea,
    grace: User,
    kind: DecisionKind,
    before: str,
    after: str | None,
):
    appeals.appeal(refused, me, WHY, "en")
    appeals.answer(refused, kind, grace, "Read again.")
    assert before in voter.get(PLACE).content.decode()
    tell()
    page = voter.get(PLACE).content.decode()
    assert (after or before) in page
    assert "Read again." not in page  # between moderators


def test_an_appeal_can_be_made_and_is_answered_after_closing(
    voter: Visitor, refused: Idea, grace: User
):
    Consultation.objects.update(closes_at=database_now() - timedelta(seconds=1))
    voter.post(address("appeal", refused.pk), {"text": WHY})
    appeals.answer(refused, DecisionKind.PUBLISH, grace)
    refused.refresh_from_db()
    assert refused.status == IdeaStatus.PUBLISHED


@pytest.mark.parametrize("stale", ["", "x" * 64])
def test_an_appeal_outlives_the_token_of_its_page(  # case 28
    voter: Visitor, refused: Idea, stale: str
):
    careful = Visitor(enforce_csrf_checks=True)
    careful.cookies = voter.cookies
    careful.cookies["csrftoken"] = "y" * 32
    sent = {"text": WHY, "csrfmiddlewaretoken": stale}
    assert careful.post(address("appeal", refused.pk), sent).status_code == 302
    assert Appeal.objects.get().text == WHY


def test_an_appeal_of_a_browser_that_lost_its_cookie_is_given_back(refused: Idea):  # case 28
    answer = Visitor().post(address("appeal", refused.pk), {"text": WHY})
    assert answer.status_code == 404
    assert WHY in answer.content.decode()


def test_another_site_appeals_for_nobody(voter: Visitor, refused: Idea):
    sent = voter.post(
        address("appeal", refused.pk), {"text": WHY}, headers={"sec-fetch-site": "cross-site"}
    )
    assert sent.status_code == 403
    assert not Appeal.objects.exists()


# --- Withdrawing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [IdeaStatus.AWAITING, IdeaStatus.PUBLISHED])
def test_an_author_withdraws_after_a_second_question(
    voter: Visitor, me: Participant, debate: Debate, status: IdeaStatus
):
    one = idea(debate, status=status, author=me)
    where = address("withdraw", one.pk)
    assert f'href="{where}"' in voter.get(PLACE).content.decode()
    assert "cannot be undone" in voter.get(where).content.decode()
    one.refresh_from_db()
    assert one.status == status  # asking changes nothing
    for _twice in range(2):
        assert voter.post(where)["Location"] == f"{PLACE}#idea-{one.pk}"
    one.refresh_from_db()
    assert one.status == IdeaStatus.WITHDRAWN
    assert one.withdrawn_by_author_at is not None
    page = voter.get(PLACE).content.decode()
    assert "Withdrawn by you." in page
    assert f'href="{where}"' not in page


def test_a_withdrawn_idea_leaves_every_page_and_keeps_its_votes(
    voter: Visitor, me: Participant, debate: Debate, django_capture_on_commit_callbacks: Any
):
    one = idea(debate, "We should hide the canary.", author=me)
    voter.vote(one, "agree")
    heard = []
    idea_unpublished.connect(receiver := lambda idea, **_more: heard.append(idea.pk), weak=False)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            voter.post(address("withdraw", one.pk))
    finally:
        idea_unpublished.disconnect(receiver)
    assert heard == [one.pk]
    for page in (address("ideas", debate.pk), address("idea", one.pk)):
        assert "canary" not in Visitor().get(page).content.decode()
    assert Vote.objects.get().idea == one


def test_it_is_no_decision_of_a_moderators(
    me: Participant, debate: Debate, consultation: Consultation, ada: User
):
    one = idea(debate, status=IdeaStatus.AWAITING, author=me)
    decide(one, DecisionKind.PUBLISH, ada)
    before = count(consultation)
    withdraw(one, me)
    after = count(consultation)
    assert Decision.objects.count() == 1
    assert (after.reasons, after.promises) == (before.reasons, before.promises)
    assert after.ideas["", "withdrawn"] == 1
    assert after.ideas["", "published"] == 0


def test_moderators_see_who_withdrew_it_and_decide_no_more(
    me: Participant, debate: Debate, ada: User
):
    one = idea(debate, status=IdeaStatus.AWAITING, author=me)
    withdraw(one, me)
    assert "Withdrawn by its author" in desk_of(ada).get(f"{QUEUE}{one.pk}/").content.decode()
    with pytest.raises(AlreadyDecided):
        decide(one, DecisionKind.PUBLISH, ada)
    assert undoable(one) is None


def test_what_a_moderator_decided_cannot_be_withdrawn(me: Participant, refused: Idea, ada: User):
    with pytest.raises(NotWithdrawable):
        withdraw(refused, me)
    published = idea(refused.debate, author=me)
    decide(published, DecisionKind.WITHDRAW, ada, RefusalReason.UNLAWFUL)
    with pytest.raises(NotWithdrawable):
        withdraw(published, me)


def test_a_refusal_that_was_not_told_yet_hides_nothing(
    voter: Visitor, me: Participant, debate: Debate, ada: User
):
    """To its author the idea waits: withdrawing it works, and the refusal is told no more."""
    Address.objects.create(
        consultation=debate.consultation,
        participant=me,
        email="a@example.org",
        mailbox="a@example.org",
        language="en",
    )
    one = idea(debate, status=IdeaStatus.AWAITING, author=me)
    decide(one, DecisionKind.REFUSE, ada, RefusalReason.OFF_TOPIC)
    voter.post(address("withdraw", one.pk))
    tell()
    assert Notice.objects.get().outcome == Notified.NEEDLESS
    assert not Mail.objects.exists()
    assert "Withdrawn by you." in voter.get(PLACE).content.decode()


def test_an_idea_of_nobody_is_nobodys_to_withdraw(me: Participant, debate: Debate):
    with pytest.raises(NotWithdrawable):
        withdraw(idea(debate), me)


def test_one_may_withdraw_after_closing(voter: Visitor, me: Participant, debate: Debate):
    one = idea(debate, author=me)
    Consultation.objects.update(closes_at=database_now() - timedelta(seconds=1))
    voter.post(address("withdraw", one.pk))
    one.refresh_from_db()
    assert one.status == IdeaStatus.WITHDRAWN
