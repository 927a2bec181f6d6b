"""The address of an author: asked after writing, confirmed by a button behind a link."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from core.clock import database_now
from submissions.debate.erasure import erase
from submissions.models import (
    Consultation,
    Debate,
    Idea,
    IdeaStatus,
    Mail,
    MailedLink,
)
from submissions.retention import UNCONFIRMED_KEPT_FOR, tidy
from tests.factories import open_consultation
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import desk_of, moderator_of
from tests.submissions.linking import (
    CAMILLE,
    WORDS,
    ask,
    confirmed,
    mailed_key,
    press,
    status_of,
    write,
)
from tests.submissions.mailbox import serving, words_of

pytestmark = pytest.mark.django_db
COOKIE = settings.PARTICIPANT_COOKIE_NAME


@pytest.fixture
def consultation(consultation: Consultation) -> Consultation:
    return open_consultation(consultation.site, confirm_addresses=True)


@pytest.fixture
def idea(visitor: Visitor, debate: Debate) -> Idea:
    """One that ``visitor`` has just written."""
    return write(visitor, debate)


# --- After writing --------------------------------------------------------------------------------


def test_an_idea_is_kept_and_then_its_authors_address_is_asked(visitor: Visitor, debate: Debate):
    sent = {"text": WORDS, "language": "en", "despite": "1"}
    answer = visitor.post(address("write", debate.pk), sent)
    idea = Idea.objects.get()
    assert answer["Location"] == address("confirm", idea.pk)
    assert (idea.status, idea.original.text) == (IdeaStatus.UNCONFIRMED, WORDS)
    page = visitor.get(answer["Location"]).content.decode()
    assert WORDS in page
    assert "never published" in page
    assert 'type="email"' in page
    assert 'content="noindex"' in page


def test_where_no_address_is_asked_it_goes_straight_to_a_moderator(
    visitor: Visitor, consultation: Consultation, debate: Debate
):
    Consultation.objects.update(confirm_addresses=False)
    assert write(visitor, debate).status == IdeaStatus.AWAITING


def test_who_has_confirmed_an_address_is_asked_for_none(visitor: Visitor, debate: Debate):
    confirmed(visitor, debate)
    assert write(visitor, debate).status == IdeaStatus.AWAITING


def test_another_visitor_sees_nothing_of_it(visitor: Visitor, idea: Idea):
    assert Visitor().get(address("confirm", idea.pk)).status_code == 404
    assert Visitor().post(address("confirm", idea.pk), {"email": CAMILLE}).status_code == 404
    assert not Mail.objects.exists()


@pytest.mark.parametrize("said", ["", "camille", "camille@", "a@b..org", "a@b.org\r\nBcc: c@d.org"])
def test_what_is_no_address_is_said_and_given_back(visitor: Visitor, idea: Idea, said: str):
    answer = ask(visitor, idea, said)
    assert answer.status_code == 422
    assert answer.context["form"]["email"].value() == said
    assert not MailedLink.objects.exists()


def test_the_page_then_says_where_the_link_went_and_offers_another(visitor: Visitor, idea: Idea):
    assert ask(visitor, idea, "Camille+tag@Exämple.org")["Location"] == address("confirm", idea.pk)
    page = visitor.get(address("confirm", idea.pk)).content.decode()
    assert "Check your e-mail" in page
    assert "Camille+tag@Exämple.org" in page
    assert Mail.objects.get().to == "Camille+tag@xn--exmple-cua.org"
    assert "A link was sent" not in Visitor().get(address("come_back")).content.decode()


def test_who_is_not_known_as_its_author_reads_what_it_waits_for(idea: Idea):
    """Sent twice before the browser kept its cookie, say: no promise is made yet."""
    page = Visitor().get(f"{address('written', idea.debate_id)}?idea={idea.pk}").content.decode()
    assert "It waits for its author’s e-mail address" in page
    assert "A moderator reads it within" not in page


# --- Several ideas, another browser ---------------------------------------------------------------


def test_one_link_confirms_all_that_its_page_shows_and_no_more(visitor: Visitor, debate: Debate):
    first = write(visitor, debate, "We should open the libraries at night.")
    second = write(visitor, debate, "We should close the motorways on Sundays.")
    assert b"every idea" not in visitor.get(address("confirm", second.pk)).content
    ask(visitor, second)
    assert b"every idea" in visitor.get(address("confirm", first.pk)).content
    key = mailed_key()
    shown = visitor.get(address("mailed_link"), {"key": key}).content.decode()
    assert "libraries at night" in shown
    late = write(visitor, debate, "We should teach logic to everybody.")
    press(visitor, key, [first.pk, second.pk])
    assert [status_of(one) for one in (first, second, late)] == [
        IdeaStatus.AWAITING,
        IdeaStatus.AWAITING,
        IdeaStatus.UNCONFIRMED,
    ]
    assert b"Send my idea" in visitor.get(address("confirm", late.pk)).content
    visitor.post(address("confirm", late.pk))
    assert status_of(late) == IdeaStatus.AWAITING


def test_the_idea_of_another_is_confirmed_by_no_link(visitor: Visitor, idea: Idea, debate: Debate):
    others = write(Visitor(), debate, "We should do something else entirely.")
    ask(visitor, idea)
    press(visitor, mailed_key(), [idea.pk, others.pk])
    assert status_of(others) == IdeaStatus.UNCONFIRMED


def test_confirmed_elsewhere_that_browser_stays_what_it_was(visitor: Visitor, idea: Idea):
    ask(visitor, idea)
    phone = Visitor()
    assert (
        "another browser"
        in phone.get(address("mailed_link"), {"key": mailed_key()}).content.decode()
    )
    press(phone, mailed_key())
    assert status_of(idea) == IdeaStatus.AWAITING
    assert COOKIE not in phone.cookies


# --- Closed, withdrawn, erased, forgotten ---------------------------------------------------------


def test_what_was_sent_in_time_is_confirmed_after_the_closing(
    visitor: Visitor, consultation: Consultation, idea: Idea
):
    Consultation.objects.update(closes_at=database_now())
    page = visitor.get(address("confirm", idea.pk)).content.decode()
    assert "The debate has closed since" in page
    ask(visitor, idea)
    press(visitor, mailed_key())
    assert status_of(idea) == IdeaStatus.AWAITING


def test_an_author_deletes_what_is_not_confirmed(visitor: Visitor, idea: Idea):
    ask(visitor, idea)
    visitor.post(address("confirm", idea.pk), {"drop": "1"})
    assert not Idea.objects.exists()
    assert not MailedLink.objects.exists()
    assert press(visitor, mailed_key()).status_code == 410


def test_erasing_takes_the_idea_its_link_and_the_mail_that_waits(visitor: Visitor, idea: Idea):
    ask(visitor, idea)
    other = Visitor()
    others = write(other, idea.debate, "We should do something else entirely.")
    ask(other, others, "other@example.org")
    erase(idea.author)
    assert list(Idea.objects.all()) == [others]
    assert [mail.to for mail in Mail.objects.all()] == ["other@example.org"]
    assert MailedLink.objects.get().email == "other@example.org"


def test_what_is_never_confirmed_goes_after_a_week(visitor: Visitor, idea: Idea):
    ask(visitor, idea)
    long_ago = database_now() - UNCONFIRMED_KEPT_FOR - timedelta(minutes=1)
    Idea.objects.update(created_at=long_ago)
    tidy()
    assert status_of(idea) == IdeaStatus.UNCONFIRMED  # its link works still
    MailedLink.objects.update(expires_at=database_now(), made_at=long_ago)
    tidy()
    assert not Idea.objects.exists()
    assert not MailedLink.objects.exists()


def test_no_moderator_sees_it(visitor: Visitor, idea: Idea):
    desk = desk_of(moderator_of("moderator", "en"))
    assert WORDS not in desk.get("/admin/moderation/").content.decode()
    assert desk.get(f"/admin/moderation/{idea.pk}/").status_code == 404
    assert WORDS not in visitor.get(address("register")).content.decode()
    assert visitor.get(address("idea", idea.pk)).status_code == 404


# --- By mail --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_from_the_form_to_a_real_server_and_back(visitor: Visitor, debate: Debate):
    idea = write(visitor, debate)
    ask(visitor, idea, page="fr")
    with serving() as server:
        call_command("worker", once=True)
    (message,) = server.taken
    assert server.recipients == [CAMILLE]
    assert message["Subject"].strip().startswith("Confirmez votre idée")
    assert WORDS not in words_of(message)  # nobody spreads words through us
    link = re.search(r"http://localhost(/fr/lien/)\?key=([\w-]+)", words_of(message))
    assert link is not None
    assert link[0] in words_of(message, "html")
    visitor.post(link[1], {"key": link[2]})
    assert status_of(idea) == IdeaStatus.AWAITING
    assert Mail.objects.get().text == ""


def test_links_follow_the_scheme_that_visitors_use(visitor: Visitor, idea: Idea, settings: Any):
    settings.PUBLIC_SCHEME = "https"
    ask(visitor, idea)
    assert "https://localhost/en/link/?key=" in Mail.objects.get().text
    assert "http://" not in Mail.objects.get().text
