"""“My participation”: taking back is as easy as giving, as the consent says."""

import pytest
from django.conf import settings

from submissions.models import Consent, Debate, Idea, Participant, Vote, VoteEvent
from tests.factories import idea
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db

PLACE = address("participation")


def test_who_did_not_act_reads_that_nothing_is_kept(visitor: Visitor) -> None:
    page = visitor.get(PLACE)
    assert "Nothing is kept about this browser" in page.content.decode()
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]


def test_it_says_how_many_votes_stand(visitor: Visitor, debate: Debate) -> None:
    visitor.start(debate)
    visitor.vote(idea(debate), "agree")
    assert "1 vote" in visitor.get(PLACE).content.decode()


def test_erasing_cuts_the_person_off_and_keeps_what_was_said(
    visitor: Visitor, debate: Debate
) -> None:
    visitor.start(debate)
    voted_on = idea(debate)
    visitor.vote(voted_on, "agree")
    Idea.objects.filter(pk=voted_on.pk).update(author=Participant.objects.get())
    answer = visitor.post(PLACE)
    assert answer["Location"] == PLACE
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
    assert careful.post(PLACE).status_code == 403
    assert Participant.objects.count() == 1
