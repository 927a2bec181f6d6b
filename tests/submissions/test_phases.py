"""What can be done in which phase, and a form that was open for long (cases 9, 12, 28, 32)."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from wagtail.models import Page, Site

from core.clock import database_now
from submissions.models import (
    Consultation,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Participant,
    RefusalReason,
    Vote,
    VoteEvent,
)
from submissions.moderation.notices import notify
from submissions.moderation.services import decide
from tests.factories import debate_row, idea, open_consultation
from tests.submissions.casting import cast
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import moderator_of

FIVE_MINUTES = timedelta(minutes=5)
SOON = timedelta(seconds=30)
WORDS = "We should open the archives of every town hall to those who live there."


def written(language: str = "en") -> dict[str, str]:
    """What the form of an idea sends."""
    return {"text": WORDS, "language": language, "speaks_for": "citizen", "despite": "near"}


def set_closing(moment: datetime) -> None:
    Consultation.objects.update(closes_at=moment)


# --- Every view in every phase --------------------------------------------------------------------

PHASES: dict[str, tuple[dict[str, Any], str]] = {
    "open": ({}, ""),
    "upcoming": ({"opens_at": SOON}, "This debate is not open yet. It opens on"),
    "closed": ({"closes_at": -SOON}, "This debate is closed"),
    "retired": ({"retired_at": -SOON}, "This debate has ended."),
}
phases = pytest.mark.parametrize("phase", PHASES)


def enter(phase: str) -> bool:
    """Have the debate in ``phase``; whether it is open."""
    fields, _said = PHASES[phase]
    Debate.objects.update(**{name: database_now() + delta for name, delta in fields.items()})
    return phase == "open"


@phases
@pytest.mark.django_db
def test_what_takes_ideas_and_votes_does_so_while_it_is_open_only(
    voter: Visitor, me: Participant, debate: Debate, phase: str
):
    said, other = idea(debate), idea(debate)
    cast(said, me)
    cards = {one.pk: voter.card(one) for one in (said, other)}
    is_open = enter(phase)
    sent = {
        address("start", debate.pk): {},
        address("qualify", said.pk): cards[said.pk] | {"add": "realistic"},
        address("undo", said.pk): {"place": "idea"},
        address("cast", other.pk): cards[other.pk] | {"choice": "neutral"},
        address("write", debate.pk): written(),
    }
    for where, fields in sent.items():
        answer = voter.post(where, fields)
        assert answer.status_code == (302 if is_open else 409), where
        if not is_open:
            page = answer.content.decode()
            assert PHASES[phase][1] in page, where
            assert (WORDS in page) is ("text" in fields)  # case 12: to be copied
    changed = {"cast", "qualified", "undone"} if is_open else {"cast"}
    assert set(VoteEvent.objects.values_list("kind", flat=True)) == changed
    assert Idea.objects.count() == (3 if is_open else 2)


@phases
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.django_db
def test_every_page_of_the_debate_reads_in_every_phase(
    voter: Visitor, me: Participant, debate: Debate, phase: str, language: str
):
    one = idea(debate)
    is_open = enter(phase)
    for name in ("vote", "write", "ideas", "written"):
        answer = voter.get(address(name, debate.pk, language=language))
        assert answer.status_code == 200, name
        if language == "en" and name != "written":
            assert is_open or PHASES[phase][1] in answer.content.decode(), name
    page = voter.get(address("idea", one.pk, language=language))
    assert page.status_code == 200
    assert (
        f'action="{address("cast", one.pk, language=language)}"' in page.content.decode()
    ) is is_open


@phases
@pytest.mark.django_db
def test_what_is_ones_own_stays_so_in_every_phase(
    voter: Visitor, me: Participant, debate: Debate, phase: str
):
    mine, refused = idea(debate, author=me), idea(debate, status=IdeaStatus.AWAITING, author=me)
    decision = decide(
        refused, DecisionKind.REFUSE, moderator_of("ada", "en"), RefusalReason.OFF_TOPIC
    )
    notify.call(decision.pk)
    cast(mine, me)
    enter(phase)
    for name in ("participation", "own_votes", "own_data", "erase"):
        assert voter.get(address(name)).status_code == 200, name
    assert voter.get(address("languages", debate.pk)).status_code == 200
    for name, of, fields in (
        ("own_languages", (), {"reads": ["fr"]}),
        ("appeal", (refused.pk,), {"text": "Please."}),
        ("withdraw", (mine.pk,), {}),
    ):
        assert voter.post(address(name, *of), fields).status_code == 302, name
    mine.refresh_from_db()
    assert mine.status == IdeaStatus.WITHDRAWN
    assert refused.appeal.text == "Please."
    assert Participant.objects.get().reads == ["fr"]
    voter.post(address("erase"))
    assert not Participant.objects.exists()


@pytest.mark.parametrize("name", ["cast", "qualify", "undo"])
@pytest.mark.parametrize("status", [one for one in IdeaStatus if one != IdeaStatus.PUBLISHED])
@pytest.mark.django_db
def test_what_is_not_published_takes_nothing(  # case 9
    voter: Visitor, debate: Debate, name: str, status: IdeaStatus
):
    hidden = idea(debate, status=status)
    sent = {"choice": "agree", "add": "realistic", "place": "idea"}
    assert voter.post(address(name, hidden.pk), sent).status_code in {404, 410}
    gone = hidden.pk
    hidden.delete()
    assert voter.post(address(name, gone), sent).status_code == 404
    assert not Vote.objects.exists()
    assert not VoteEvent.objects.exists()


@pytest.mark.parametrize("name", ["cast", "qualify", "undo"])
@pytest.mark.django_db
def test_another_consultations_idea_takes_nothing(voter: Visitor, debate: Debate, name: str):
    """Case 9."""
    other = Site.objects.create(hostname="other.test", root_page=Page.objects.get(depth=2))
    elsewhere = idea(debate_row(open_consultation(other)))
    sent = {"choice": "agree", "add": "realistic", "place": "idea"}
    assert voter.post(address(name, elsewhere.pk), sent).status_code == 404
    assert not Vote.objects.exists()


# --- A form that was open for long (cases 12, 28, 32) ---------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("en", "which were not recorded"), ("fr", "qui n’a pas été")]
)
@pytest.mark.django_db
def test_words_sent_after_the_end_are_given_back_to_be_copied(  # case 12
    visitor: Visitor, debate: Debate, language: str, said: str
):
    words = "We should <b>keep</b> what people wrote: & “all” of it."
    set_closing(database_now())
    answer = visitor.post(
        address("write", debate.pk, language=language), written() | {"text": words}
    )
    assert answer.status_code == 409
    assert answer.context["text"] == words
    page = answer.content.decode()
    assert said in page
    assert "&lt;b&gt;keep&lt;/b&gt;" in page
    assert not Idea.objects.exists()
    assert not answer.cookies


@pytest.mark.django_db
def test_three_hours_later_without_any_cookie_an_idea_is_taken(  # case 28
    voter: Visitor, debate: Debate, monkeypatch: pytest.MonkeyPatch
):
    form = {"form_key": voter.get(address("write", debate.pk)).context["form"]["form_key"].value()}
    later = time.time
    monkeypatch.setattr(time, "time", lambda: later() + 3 * 3600)
    voter.cookies.clear()
    careful = Visitor(enforce_csrf_checks=True)
    answer = careful.post(address("write", debate.pk), written() | form)
    assert answer.status_code == 302
    assert Idea.objects.get().original.text == WORDS


@pytest.mark.django_db
def test_a_vote_with_an_old_token_says_so_and_the_card_takes_it_again(  # case 28
    voter: Visitor, debate: Debate
):
    one = idea(debate)
    careful = Visitor(enforce_csrf_checks=True)
    careful.cookies = voter.cookies

    def vote(token: str) -> Any:
        card = careful.card(one) | {"choice": "agree", "csrfmiddlewaretoken": token}
        return careful.post(address("cast", one.pk), card)

    old = token_of(careful, one)
    careful.cookies.pop("csrftoken")  # as after a login in another tab
    token_of(careful, one)
    assert vote(old).status_code == 403
    assert not Vote.objects.exists()
    assert vote(token_of(careful, one)).status_code == 302
    assert Vote.objects.get().key_valid


def token_of(browser: Visitor, one: Idea) -> str:
    page = browser.get(address("idea", one.pk)).content.decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].partition('"')[0]


@pytest.mark.django_db
def test_every_form_of_the_debate_is_a_form(voter: Visitor, me: Participant, debate: Debate):
    """Case 32: whatever htmx would send, a browser sends without it to the same address."""
    one = idea(debate)
    cast(one, me)
    pages: list[Callable[[], Any]] = [
        lambda: voter.get(address("idea", one.pk)),
        lambda: voter.get(address("vote", debate.pk)),
        lambda: voter.get(address("own_votes")),
        lambda: voter.get(address("participation")),
    ]
    for page in pages:
        for form in page().content.decode().split("<form")[1:]:
            tag = form.partition(">")[0]
            if "data-hx-post" in tag:
                assert 'method="post"' in tag
                action = tag.split(' action="')[1].partition('"')[0]
                assert f'data-hx-post="{action}"' in tag
