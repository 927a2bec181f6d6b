"""“My participation”: taking back is as easy as giving, as the consent says."""

import pytest
from django.conf import settings

from core.clock import database_now
from submissions.models import (
    Consent,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Notice,
    Participant,
    RefusalReason,
    Vote,
    VoteEvent,
)
from submissions.moderation.notices import notify
from submissions.moderation.services import decide
from tests.factories import idea, participant
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import moderator_of

pytestmark = pytest.mark.django_db

PLACE = address("participation")
ERASE = address("erase")


def test_who_did_not_act_reads_that_nothing_is_kept(visitor: Visitor) -> None:
    page = visitor.get(PLACE)
    assert "Nothing is kept about this browser" in page.content.decode()
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]


def test_it_says_how_many_votes_stand(visitor: Visitor, debate: Debate) -> None:
    visitor.start(debate)
    visitor.vote(idea(debate), "agree")
    assert "You have voted on 1 idea." in visitor.get(PLACE).content.decode()


def test_erasing_cuts_the_person_off_and_keeps_what_was_said(
    visitor: Visitor, debate: Debate
) -> None:
    visitor.start(debate)
    voted_on = idea(debate)
    visitor.vote(voted_on, "agree")
    Idea.objects.filter(pk=voted_on.pk).update(author=Participant.objects.get())
    answer = visitor.post(ERASE)
    assert answer["Location"] == f"{PLACE}?erased=1"
    assert answer.cookies[settings.PARTICIPANT_COOKIE_NAME]["max-age"] == 0
    assert not Participant.objects.exists()
    assert not Consent.objects.exists()
    assert Vote.objects.get().participant is None
    assert VoteEvent.objects.get().participant is None
    assert Idea.objects.get().author is None
    assert "Nothing is kept" in visitor.get(PLACE).content.decode()


def test_the_consent_leads_to_it_in_both_languages(visitor: Visitor, debate: Debate) -> None:
    for language in ("en", "fr"):
        card = visitor.get(address("vote", debate.pk, language=language)).content.decode()
        assert f'href="{address("participation", language=language)}"' in card


def test_another_site_cannot_erase(debate: Debate) -> None:
    careful = Visitor(enforce_csrf_checks=True)
    careful.start(debate)
    assert careful.post(ERASE).status_code == 403
    assert Participant.objects.count() == 1


def test_votes_are_deleted_too_for_who_asks_for_it(visitor: Visitor, debate: Debate) -> None:
    visitor.start(debate)
    visitor.vote(idea(debate), "agree")
    visitor.post(ERASE, {"votes": "delete"})
    assert not Participant.objects.exists()
    assert not Vote.objects.exists()
    assert not VoteEvent.objects.exists()


# --- What became of one's ideas -------------------------------------------------------------------


def refused(debate: Debate, author: Participant) -> Idea:
    """An idea that a moderator has just refused."""
    one = idea(debate, status=IdeaStatus.AWAITING, author=author)
    decide(one, DecisionKind.REFUSE, moderator_of("moderator", "en"), RefusalReason.OFF_TOPIC)
    return one


def test_ideas_stand_with_status_and_reason_in_the_readers_language(
    voter: Visitor, me: Participant, debate: Debate
) -> None:
    refused(debate, me)
    notify.call(Notice.objects.get().decision_id)
    english = voter.get(PLACE).content.decode()
    assert "Refused" in english
    assert "It is not about this theme" in english
    french = voter.get(address("participation", language="fr")).content.decode()
    assert str(RefusalReason.OFF_TOPIC.label) not in french
    assert '<p class="idea-text" lang="en" dir="auto">' in french


def test_a_refusal_is_told_no_sooner_than_by_mail(
    voter: Visitor, me: Participant, debate: Debate
) -> None:
    refused(debate, me)
    page = voter.get(PLACE).content.decode()
    assert "Awaiting a moderator" in page
    assert "It is not about this theme" not in page
    assert voter.get(address("own_data")).json()["ideas"][0]["status"] == "awaiting"


def test_however_many_ideas_cost_the_same(
    voter: Visitor, me: Participant, debate: Debate, django_assert_max_num_queries
) -> None:
    for _each in range(5):
        idea(debate, author=me, published_at=database_now())
    with django_assert_max_num_queries(12):
        page = voter.get(PLACE)
    assert page.content.count(b'class="idea"') == 5


# --- A copy (case 61) -----------------------------------------------------------------------------


def test_the_copy_holds_all_of_one_person_and_nothing_of_another(
    voter: Visitor, me: Participant, debate: Debate
) -> None:  # case 61
    other = idea(debate, "We should keep what others say apart.")
    Idea.objects.filter(pk=other.pk).update(author=participant(debate.consultation))
    mine = idea(debate, author=me)
    voter.vote(other, "agree")
    voter.vote(other, "disagree")
    answer = voter.get(address("own_data"))
    told = answer.json()
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert told["number"] == str(me.pk)
    assert [one["number"] for one in told["ideas"]] == [mine.pk]
    assert told["ideas"][0]["texts"][0]["text"] == mine.original.text
    assert [(vote["idea"], vote["choice"]) for vote in told["votes"]] == [(other.pk, "disagree")]
    assert [event["kind"] for event in told["log_of_votes"]] == ["cast", "changed"]
    assert [consent["purpose"] for consent in told["consents"]] == ["taking_part"]
    assert "apart" not in answer.content.decode()


def test_there_is_no_copy_for_who_is_nobody(visitor: Visitor) -> None:  # case 61
    assert visitor.get(address("own_data")).status_code == 404
