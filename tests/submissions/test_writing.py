"""Writing an idea: what is taken, what is given back with its words, and in whose name."""

import uuid
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from core.clock import database_now
from core.graphemes import graphemes
from submissions.debate.forms import IdeaForm
from submissions.models import (
    Address,
    Consent,
    Consultation,
    Debate,
    Idea,
    IdeaStatus,
    IdeaText,
    Participant,
    SpeaksFor,
    TextOrigin,
)
from tests.factories import idea as idea_of
from tests.submissions.conftest import Visitor, address

pytestmark = pytest.mark.django_db

GOOD = "We should plant a tree in every street."
COOKIE = settings.PARTICIPANT_COOKIE_NAME


def send(visitor: Visitor, debate: Debate, page: str = "en", **words: str):
    sent = {"text": GOOD, "language": "en", "form_key": str(uuid.uuid4())} | words
    return visitor.post(address("write", debate.pk, language=page), sent)


def test_an_idea_waits_for_a_moderator_with_its_authors_words(visitor: Visitor, debate: Debate):
    response = send(visitor, debate)
    idea = Idea.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"{address('written', debate.pk)}?idea={idea.pk}"
    assert (idea.debate, idea.status, idea.language) == (debate, IdeaStatus.AWAITING, "en")
    assert idea.author == Participant.objects.get()
    text = IdeaText.objects.get()
    assert (text.text, text.language, text.origin) == (GOOD, "en", TextOrigin.AUTHOR)


def test_whoever_writes_takes_part_with_the_consent_beside_the_button(
    visitor: Visitor, debate: Debate
):
    response = send(visitor, debate, page="fr")
    assert COOKIE in response.cookies
    consent = Consent.objects.get()
    assert (consent.participant, consent.language) == (Participant.objects.get(), "fr")


def test_who_already_takes_part_stays_who_they_are(voter: Visitor, me: Participant, debate: Debate):
    send(voter, debate)
    assert Idea.objects.get().author == me
    assert Participant.objects.count() == Consent.objects.count() == 1


def test_thanks_say_who_reads_it_by_when_and_its_number(visitor: Visitor, debate: Debate):
    Consultation.objects.update(moderation_hours=72)
    page = visitor.get(send(visitor, debate)["Location"]).content.decode()
    assert "A moderator reads it within 72 hours" in page
    assert f'class="reference">{Idea.objects.get().pk}<' in page


@pytest.mark.parametrize("number", ["", "x", "999999999", "9" * 30, "-1"])
def test_thanks_for_a_number_that_is_none_say_no_number(
    visitor: Visitor, debate: Debate, number: str
):
    page = visitor.get(address("written", debate.pk), {"idea": number})
    assert page.status_code == 200
    assert b'class="reference"' not in page.content


def test_the_language_of_the_idea_is_the_authors_choice(visitor: Visitor, debate: Debate):
    send(visitor, debate, page="en", text="Il faut planter un arbre par rue.", language="fr")
    assert Idea.objects.get().language == IdeaText.objects.get().language == "fr"


REFUSED = {
    "nothing": ("", "Write your idea."),
    "spaces": (" \n\t ", "Write your idea."),
    "too short": ("Trees.", "Your idea must be at least 12 characters long. It has 6."),
    "too long": ("a" * 156, "Your idea must be 140 characters or fewer. It has 156."),
    "much too long": ("a" * 2_000, "Your idea must be 140 characters or fewer. It has 2,000."),
    "control characters": ("We should \x07 plant trees.", "can&#x27;t be read"),
    "NUL": ("We should \x00 plant trees.", "can&#x27;t be read"),
    "nothing visible": ("\u200b" * 20, "no visible character"),
    "stacked accents": ("e" + "\u0301" * 5000, "stored as more than 560 characters"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_taken_is_said_and_the_words_are_kept(
    visitor: Visitor, debate: Debate, text: str, message: str
):
    response = send(visitor, debate, text=text, language="fr")
    page = response.content.decode()
    assert response.status_code == 422
    assert message.replace("&#x27;", "'") in page.replace("&#x27;", "'")
    assert "<title>Error:" in page
    assert f'href="#id_debate{debate.pk}_text"' in page
    assert response.context["form"]["text"].value() == text
    assert response.context["form"]["language"].value() == "fr"
    assert not Idea.objects.exists()
    assert not response.cookies
    assert not Participant.objects.exists()


def test_the_french_page_says_it_in_french(visitor: Visitor, debate: Debate):
    response = send(visitor, debate, page="fr", text="Arbres.")
    assert response.status_code == 422
    assert b'<html lang="fr"' in response.content


@pytest.mark.parametrize("language", ["", "tlh"])
def test_a_language_must_be_one_of_the_consultations(
    visitor: Visitor, debate: Debate, language: str
):
    assert send(visitor, debate, language=language).status_code == 422
    assert not Idea.objects.exists()


def test_line_breaks_become_spaces(visitor: Visitor, debate: Debate):
    send(visitor, debate, text="  We should plant\r\na tree\x0bin every street.\n")
    assert IdeaText.objects.get().text == GOOD


def test_characters_are_counted_as_people_see_them(visitor: Visitor, debate: Debate):
    """140 families of four code points and their joiners would be 980 code points: 80 fit."""
    family = "👩‍👩‍👧‍👦"
    assert send(visitor, debate, text=family * 80).status_code == 302
    assert send(visitor, debate, text="é" * 140).status_code == 302
    assert send(visitor, debate, text="e\u0301" * 140).status_code == 302
    assert send(visitor, debate, text="e\u0301" * 141).status_code == 422


def test_the_limits_are_the_debates_own(visitor: Visitor, debate: Debate):
    Debate.objects.update(shortest_idea=3, longest_idea=6)
    assert send(visitor, debate, text="Trees.").status_code == 302
    assert send(visitor, debate, text="Treeees").status_code == 422


@given(text=st.text(max_size=200))
def test_whatever_is_sent_is_stored_clean_or_refused(text: str):
    consultation = Consultation(languages=["en", "fr"])
    form = IdeaForm(Debate(pk=1, consultation=consultation), "en", {"text": text, "language": "en"})
    if not form.is_valid():
        assert form.errors["text"]
        return
    stored = form.cleaned_data["text"]
    assert 12 <= graphemes(stored) <= 140
    assert len(stored) <= 560
    assert stored == stored.strip()
    assert not set(stored) & {chr(code) for code in range(32)}
    again = IdeaForm(
        Debate(pk=1, consultation=consultation), "en", {"text": stored, "language": "en"}
    )
    assert again.is_valid() and again.cleaned_data["text"] == stored


# --- How it opens -------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "opens"), [("en", "We should "), ("fr", "Il faut ")])
def test_the_field_opens_in_the_pages_language_and_the_radios_say_both(
    visitor: Visitor, debate: Debate, page: str, opens: str
):
    shown = visitor.get(address("write", debate.pk, language=page)).content.decode()
    assert f'lang="{page}"' in shown.partition("<textarea")[2].partition(">")[0]
    assert f">\n{opens}</textarea>" in shown
    for language, words in (("en", "We should"), ("fr", "Il faut")):
        assert f'<span lang="{language}">({words}…)</span>' in shown
        assert f'data-opening="{words} "' in shown


@pytest.mark.parametrize("text", ["We should ", "Il faut", "il faut…"])
def test_the_opening_alone_is_no_idea(visitor: Visitor, debate: Debate, text: str):
    Debate.objects.update(shortest_idea=3)
    response = send(visitor, debate, text=text)
    assert response.status_code == 422
    assert "Write your idea." in response.content.decode()


def test_what_is_stored_is_what_was_written_with_the_opening_or_without(
    visitor: Visitor, debate: Debate
):
    send(visitor, debate, text="Why not plant a tree in every street?")
    assert IdeaText.objects.get().text == "Why not plant a tree in every street?"


# --- In whose name ------------------------------------------------------------------------------

NAMES = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",  # case 51: escaped where it is shown
    "  Arbor\r\net\u202e fils\u2066 ": "Arbor et fils",
    "Associac\u0327a\u0303o": "Associação",
    "": "",
}


@pytest.mark.parametrize(("sent", "stored"), NAMES.items())
def test_an_organisation_is_named_or_not(visitor: Visitor, debate: Debate, sent: str, stored: str):
    send(visitor, debate, speaks_for="organisation", organisation=sent)
    idea = Idea.objects.get()
    assert (idea.speaks_for, idea.organisation) == (SpeaksFor.ORGANISATION, stored)


@pytest.mark.parametrize("speaks_for", ["citizen", "", None])
def test_a_citizen_names_none(visitor: Visitor, debate: Debate, speaks_for: str | None):
    said = {"organisation": "x" * 300} | ({"speaks_for": speaks_for} if speaks_for else {})
    assert send(visitor, debate, **said).status_code == 302
    assert (Idea.objects.get().speaks_for, Idea.objects.get().organisation) == ("citizen", "")


REFUSED_NAMES = {
    "too long": ("é" * 101, "The name must be 100 characters or fewer. It has 101."),
    "stacked accents": ("e" + "\u0301" * 250, "stored as more than 200 characters"),
    "NUL": ("Ar\x00bor", "can&#x27;t be read"),
    "nothing visible": ("\u200b" * 5, "no visible character"),
}


@pytest.mark.parametrize(("name", "message"), REFUSED_NAMES.values(), ids=REFUSED_NAMES.keys())
def test_a_name_that_cannot_be_shown_is_given_back(  # cases 23, 24
    visitor: Visitor, debate: Debate, name: str, message: str
):
    response = send(visitor, debate, speaks_for="organisation", organisation=name)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page.replace("can't", "can&#x27;t")
    assert f'href="#id_debate{debate.pk}_organisation"' in page
    assert response.context["form"]["organisation"].value() == name
    assert not Idea.objects.exists()


def test_in_whose_name_is_one_of_two(visitor: Visitor, debate: Debate):
    assert send(visitor, debate, speaks_for="king").status_code == 422


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({}, "From a participant"),
        ({"speaks_for": "organisation"}, "From an organisation"),
        (
            {"speaks_for": "organisation", "organisation": "<b>Arbor & Co</b>"},
            "From <bdi>&lt;b&gt;Arbor &amp; Co&lt;/b&gt;</bdi>",
        ),
    ],
)
def test_readers_are_told_in_whose_name(  # case 51
    visitor: Visitor, debate: Debate, said: dict[str, Any], shown: str
):
    made = idea_of(debate, **said)
    for where in (address("idea", made.pk), address("ideas", debate.pk)):
        assert f'<span class="from">{shown}</span>' in visitor.get(where).content.decode()


# --- Confirmed or not ---------------------------------------------------------------------------


def test_an_idea_waits_for_its_authors_address_where_addresses_are_confirmed(
    voter: Visitor, me: Participant, debate: Debate
):
    Consultation.objects.update(confirm_addresses=True)
    send(voter, debate)
    assert Idea.objects.get().status == IdeaStatus.UNCONFIRMED
    Address.objects.create(
        consultation=debate.consultation,
        participant=me,
        email="ada@example.org",
        mailbox="ada@example.org",
        language="en",
    )
    send(voter, debate, text="We should open libraries on Sundays.")
    assert Idea.objects.latest("pk").status == IdeaStatus.AWAITING


def test_a_guest_who_became_somebody_writes_as_they(
    voter: Visitor, me: Participant, debate: Debate
):
    known = Participant.objects.create(consultation=debate.consultation)
    Participant.objects.filter(pk=me.pk).update(became=known)
    response = send(voter, debate)
    assert Idea.objects.get().author == known
    assert str(known.pk) in response.cookies[COOKIE].value
    assert Participant.objects.count() == 2


def test_a_cookie_that_names_nobody_begins_anew(voter: Visitor, me: Participant, debate: Debate):
    me.delete()
    assert COOKIE in send(voter, debate).cookies
    assert Idea.objects.get().author == Participant.objects.get() != me


def test_the_consent_is_kept_once_for_each_version(voter: Visitor, me: Participant, debate: Debate):
    me.consents.update(version="2020-01")
    send(voter, debate)
    send(voter, debate, text="We should open libraries on Sundays.")
    assert me.consents.count() == 2


# --- Another language in mid-form (case 31) -------------------------------------------------------


def test_changing_language_in_mid_form_keeps_every_word(  # case 31
    visitor: Visitor, debate: Debate
):
    page = visitor.get(address("write", debate.pk)).content.decode()
    french = address("write", debate.pk, language="fr")
    assert f'formaction="{french}" lang="fr">Continuer en français</button>' in page
    sent = {
        "text": "We should",
        "language": "en",
        "speaks_for": "organisation",
        "organisation": "Les Amis\0",
        "form_key": "not a key",
        "continue": "1",
    }
    begun = visitor.post(french, sent | {"text": "We should open it"}).content.decode()
    assert '<html lang="fr"' in begun
    assert ">\nWe should open it</textarea>" in begun
    assert '<input type="radio" name="language" value="en"' in begun
    assert 'value="organisation"' in begun.partition(" checked")[0] + begun.partition(" checked")[2]
    assert "error-summary" not in begun
    untouched = visitor.post(french, sent).content.decode()
    assert ">\nIl faut </textarea>" in untouched
    assert not Idea.objects.exists()
    assert not visitor.cookies
    type(debate).objects.update(closes_at=database_now())
    closed = visitor.post(french, sent | {"text": "We should open it"})
    assert closed.status_code == 409
    assert "We should open it" in closed.content.decode()
