"""“My participation”: taking back is as easy as giving, as the consent says."""

import pytest
from django.conf import settings

from core.clock import database_now
from submissions.mail import send
from submissions.models import (
    Address,
    Consent,
    Consultation,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Notice,
    Origin,
    Participant,
    RefusalReason,
    Vote,
    VoteEvent,
)
from submissions.moderation.appeals import appeal
from submissions.moderation.notices import notify
from submissions.moderation.services import decide
from tests.factories import idea, participant, translation_of
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


def test_the_copy_tells_of_the_origin_mail_decisions_appeals_and_reports(
    voter: Visitor, me: Participant, debate: Debate
) -> None:  # case 61
    one = refused(debate, me)
    notify.call(Notice.objects.get().decision_id)
    appeal(one, me, "Read it again.", "en")
    Address.objects.create(
        consultation=debate.consultation,
        participant=me,
        email="me@example.org",
        mailbox="me@example.org",
        language="fr",
    )
    for who, secret in ((me, "mine"), (participant(debate.consultation), "theirs")):
        Origin.objects.create(participant=who, origin_hash=secret.encode())
        send(
            "come_back",
            to=f"{secret}@example.org",
            language="fr",
            consultation=debate.consultation,
            participant=who.pk,
            context={"link": "https://example.org/?key=token"},
        )
    text = translation_of(idea(debate), "Il faut planter.", "fr")
    text.reports.create(participant=me, comment="Not what it says.")
    answer = voter.get(address("own_data"))
    told = answer.json()
    assert set(told["origin"]) == {"kept", "at"}
    assert [(mail["kind"], mail["to"], mail["status"]) for mail in told["mail_not_sent_yet"]] == [
        ("come_back", "mine@example.org", "waiting")
    ]
    assert told["addresses"][0]["email"] == "me@example.org"
    written = told["ideas"][0]
    assert (written["status"], written["reason"]) == ("refused", "off_topic")
    assert written["decided"] > written["received"]
    assert written["appeal"]["text"] == "Read it again."
    assert written["appeal"]["answered_at"] is None
    assert told["translations_reported"][0]["comment"] == "Not what it says."
    for hidden in ("token", "theirs", "bWluZQ", "6d696e65", str(Participant.objects.last().pk)):
        assert hidden not in answer.content.decode().replace(str(me.pk), "")


def test_another_browser_gets_no_copy_of_mine(voter: Visitor, debate: Debate) -> None:  # case 61
    voter.vote(idea(debate), "agree")
    other = Visitor()
    other.start(debate)
    told = other.get(address("own_data")).json()
    assert told["votes"] == []
    forged = Visitor()
    forged.cookies[settings.PARTICIPANT_COOKIE_NAME] = str(Participant.objects.first())
    assert forged.get(address("own_data")).status_code == 404


# --- Languages, and somebody known by an address --------------------------------------------------


def test_the_languages_one_reads_are_shown_and_changed(voter: Visitor, me: Participant) -> None:
    where = address("own_languages")
    page = voter.get(PLACE).content.decode()
    assert f'action="{where}"' in page
    assert voter.post(where, {"reads": ["fr"]})["Location"] == f"{PLACE}#languages"
    assert Participant.objects.get().reads == ["fr"]
    for sent, said in (({}, "Choose one language"), ({"reads": ["xx"]}, "Choose among")):
        answer = voter.post(where, sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "<title>Error:" in answer.content.decode()
    assert Participant.objects.get().reads == ["fr"]
    assert voter.get(where).status_code == 302
    assert Visitor().post(where, {"reads": ["fr"]})["Location"] == f"{PLACE}#languages"


def test_a_consultation_in_one_language_asks_for_none(voter: Visitor) -> None:
    Consultation.objects.update(languages=["en"])
    assert address("own_languages") not in voter.get(PLACE).content.decode()


def test_who_confirmed_an_address_reads_it_and_finds_all_of_a_guest_they_were(
    visitor: Visitor, debate: Debate
) -> None:
    visitor.start(debate)
    guest = Participant.objects.get()
    known = participant(debate.consultation)
    Address.objects.create(
        consultation=debate.consultation,
        participant=known,
        email="me@example.org",
        mailbox="me@example.org",
        language="en",
    )
    mine = idea(debate, author=known)
    Participant.objects.filter(pk=guest.pk).update(became=known)
    page = visitor.get(PLACE).content.decode()
    assert "me@example.org" in page
    assert mine.original.text in page
    visitor.post(ERASE)
    assert not Participant.objects.exists()


def test_who_is_nobody_reads_how_to_come_back(visitor: Visitor) -> None:
    assert f'href="{address("come_back")}"' in visitor.get(PLACE).content.decode()


def test_an_idea_to_be_confirmed_leads_to_its_confirmation(
    voter: Visitor, me: Participant, debate: Debate
) -> None:
    one = idea(debate, status=IdeaStatus.UNCONFIRMED, author=me)
    page = voter.get(PLACE).content.decode()
    assert "Awaiting your confirmation." in page
    assert f'href="{address("confirm", one.pk)}"' in page
