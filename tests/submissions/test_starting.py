"""The door of a debate: who takes part, from where, and the cookie that says so."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page, Site

from core.clock import database_now
from submissions.consents import TAKING_PART
from submissions.models import (
    Consent,
    Consultation,
    Debate,
    Participant,
)
from tests.factories import debate_row, idea, open_consultation
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db


COOKIE = settings.PARTICIPANT_COOKIE_NAME


@pytest.mark.parametrize("page", ["ideas", "vote", "write", "written"])
def test_reading_sets_no_cookie(visitor: Visitor, debate: Debate, page: str):
    response = visitor.get(address(page, debate.pk))
    assert response.status_code == 200
    assert not response.cookies


def test_an_idea_page_sets_no_cookie_and_offers_the_door(visitor: Visitor, debate: Debate):
    response = visitor.get(address("idea", idea(debate).pk))
    assert not response.cookies
    assert address("start", debate.pk) in response.content.decode()


def test_starting_makes_a_participant_with_the_consent_and_its_language(
    visitor: Visitor, debate: Debate
):
    response = visitor.start(debate, language="fr")
    assert response.status_code == 302
    assert response["Location"] == address("vote", debate.pk, language="fr")
    consent = Consent.objects.get()
    assert consent.participant == Participant.objects.get()
    assert (consent.purpose, consent.version) == (TAKING_PART.purpose, TAKING_PART.version)
    assert consent.language == "fr"
    assert consent.given_at is not None


def test_the_cookie_is_signed_and_out_of_reach_of_scripts_and_other_sites(
    visitor: Visitor, debate: Debate, settings
):
    settings.PARTICIPANT_COOKIE_SECURE = True
    cookie = visitor.start(debate).cookies[COOKIE]
    assert cookie["httponly"] and cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert int(cookie["max-age"]) <= 365 * 24 * 3600
    assert cookie.value.startswith(str(Participant.objects.get().pk))
    assert ":" in cookie.value


def test_starting_twice_is_the_same_participant_with_one_consent(voter: Visitor, debate: Debate):
    voter.start(debate)
    assert Participant.objects.count() == Consent.objects.count() == 1


def test_starting_from_an_idea_leads_to_that_idea(visitor: Visitor, debate: Debate):
    wanted = idea(debate)
    response = visitor.start(debate, idea=wanted.pk)
    assert response["Location"] == address("idea", wanted.pk)
    assert b'name="choice"' in visitor.get(response["Location"]).content


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"referer": "http://]x["},
        {},
    ],
)
def test_starting_needs_one_of_our_own_pages(debate: Debate, headers: dict[str, str]):
    response = Client().post(address("start", debate.pk), headers=headers)
    assert response.status_code == 403
    assert not Participant.objects.exists()


def test_starting_carries_no_token(debate: Debate):
    response = Visitor(enforce_csrf_checks=True).start(debate)
    assert response.status_code == 302


def test_nobody_starts_in_a_closed_debate(consultation: Consultation):
    closed = debate_row(consultation, closes_at=database_now() - timedelta(minutes=1))
    response = Visitor().start(closed)
    assert response.status_code == 409
    assert not Participant.objects.exists()


@pytest.mark.parametrize("value", ["", "garbage", "{id}", "{id}:1u:forged", "\xff\x00"])
def test_a_cookie_that_we_did_not_sign_is_as_none(voter: Visitor, debate: Debate, value: str):
    forged = Visitor()
    forged.cookies[COOKIE] = value.format(id=Participant.objects.get().pk)
    wanted = idea(debate)
    response = forged.get(address("idea", wanted.pk))
    assert response.status_code == 200
    assert response.context["card"].key == ""


def test_a_cookie_of_somebody_erased_is_as_none(voter: Visitor, me: Participant, debate: Debate):
    me.delete()
    assert voter.get(address("idea", idea(debate).pk)).context["card"].key == ""


def test_a_participant_belongs_to_one_site(voter: Visitor, debate: Debate):
    other = Site.objects.create(hostname="other.test", root_page=Page.objects.get(depth=2))
    elsewhere = idea(debate_row(open_consultation(other)))
    page = voter.get(address("idea", elsewhere.pk), headers={"host": "other.test"})
    assert page.status_code == 200
    assert page.context["card"].key == ""
