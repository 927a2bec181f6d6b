"""Several people of one organisation write one contribution; one owns it."""

from typing import Any

import pytest

from submissions.contributions.drafts import authors as writing
from submissions.contributions.drafts.authors import NotAllowed, said_harmlessly
from submissions.contributions.sending import NotTheOwner, send
from submissions.models import DraftAuthor, Mail, MailKind
from tests.submissions.conftest import Visitor, address
from tests.submissions.sendable import (
    CAMILLE,
    SACHA,
    Sendable,
    co_author,
    mailed_key,
    press,
    ready,
)

pytestmark = pytest.mark.django_db
INVITED: dict[str, Any] = {"name": "Sacha Martin", "email": SACHA, "language": "fr"}


@pytest.fixture
def dossier(db: None) -> Sendable:
    return ready()


def act(dossier: Sendable, author: DraftAuthor | None = None, **sent: Any) -> Any:
    return dossier.browser(author).post(dossier.at("draft_authors"), sent)


def invited(dossier: Sendable) -> DraftAuthor:
    assert act(dossier, **INVITED).status_code == 302
    return DraftAuthor.objects.get(owner=False)


def test_an_invitation_lets_its_reader_write(dossier: Sendable):
    other = invited(dossier)
    mail = Mail.objects.get(kind=MailKind.INVITATION)
    assert (mail.to, mail.language) == (SACHA, "fr")
    assert "Camille Noël (Institut d’étude)" in mail.text
    browser = Visitor()
    answer = press(browser, mailed_key(MailKind.INVITATION))
    assert answer["Location"] == dossier.at("draft")
    assert browser.get(dossier.at("draft_check")).status_code == 200
    other.refresh_from_db()
    assert other.came_at is not None


def test_who_has_not_said_who_they_are_is_told_what_the_invitation_would_say(dossier: Sendable):
    warned = "the message would say “Somebody”"
    where = dossier.at("draft_authors")
    assert warned not in dossier.browser().get(where).content.decode()
    dossier.draft.parts.filter(key="about").delete()
    page = dossier.browser().get(where).content.decode()
    assert warned in page
    assert dossier.at("draft_about") in page


def test_every_author_sees_who_writes_and_the_owner_alone_invites(dossier: Sendable):
    other = invited(dossier)
    page = dossier.browser(other).get(dossier.at("draft_authors")).content.decode()
    assert "Sacha Martin" in page
    assert 'name="email"' not in page
    act(dossier, other, **INVITED | {"email": "third@example.org"})
    assert DraftAuthor.objects.count() == 2


@pytest.mark.parametrize("email", ["", "sacha", "a@b.org\nBcc: c@d.org"])
def test_what_is_no_address_is_said_and_given_back(dossier: Sendable, email: str):  # case 53
    answer = act(dossier, **INVITED | {"email": email})
    assert answer.status_code == 422
    assert "Sacha Martin" in answer.content.decode()
    assert not Mail.objects.exists()


def test_somebody_who_writes_already_is_not_invited(dossier: Sendable):
    invited(dossier)
    assert act(dossier, **INVITED | {"email": "SACHA@example.org"}).status_code == 422
    assert DraftAuthor.objects.count() == 2


def test_a_contribution_has_ten_authors_at_most(dossier: Sendable):
    for number in range(9):
        co_author(dossier, f"author{number}@example.org")
    assert act(dossier, **INVITED).status_code == 422
    assert DraftAuthor.objects.count() == 10


def test_nobody_is_flooded_by_invitations(dossier: Sendable):
    other = invited(dossier)
    answers = [act(dossier, again=other.pk).status_code for _time in range(4)]
    assert answers[0] == 302
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Camille Noël", "Camille Noël"),
        ("Dr.Martin", "Dr. Martin"),
        ("Win at https://spam.example/now", "Win at https spam. example now"),
        ("mail me@spam.example", "mail me spam. example"),
        ("one\r\nBcc: two", "one Bcc two"),
        ("\u202eevil\u200b", "evil"),
        ("<a href=//x>click</a>", "a href= x click a"),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_strangers_mail_says_a_name_and_no_link(name: str, said: str):  # case 53
    assert said_harmlessly(name) == said


def test_mail_to_a_stranger_says_nothing_else_of_the_users_own(dossier: Sendable):
    dossier.tell("about", {"name": ["Buy www.spam.example"], "organisation": ["http://x.example"]})
    act(dossier, **INVITED | {"name": "Dear friend, buy this"})
    mail = Mail.objects.get()
    assert "Dear friend" not in mail.text + mail.html + mail.subject
    assert "spam.example" not in mail.text + mail.html
    assert "x.example" not in mail.text + mail.html


def test_who_is_removed_is_out_at_the_next_request(dossier: Sendable):  # case 49
    other = invited(dossier)
    browser, key = dossier.browser(other), mailed_key(MailKind.INVITATION)
    assert browser.get(dossier.at("draft_check")).status_code == 200
    act(dossier, remove=other.pk)
    assert browser.get(dossier.at("draft_check")).status_code == 404
    assert Visitor().get(address("draft_link"), {"key": key}).status_code == 410
    assert not Mail.objects.exists()  # the invitation had not left yet


def test_a_co_author_leaves_and_what_they_wrote_stays(dossier: Sendable):
    other = invited(dossier)
    browser = dossier.browser(other)
    browser.post(dossier.at("draft_authors"), {"leave": "1"})
    assert not DraftAuthor.objects.filter(owner=False).exists()
    assert dossier.draft.answers.exists()
    assert browser.get(dossier.at("draft_check")).status_code == 404


def test_the_owner_does_not_leave(dossier: Sendable):
    with pytest.raises(NotAllowed):
        writing.leave(dossier.me)


def test_the_ownership_is_handed_over_to_somebody_who_came(dossier: Sendable):
    DraftAuthor.objects.update(email=CAMILLE, mailbox=CAMILLE)
    other = invited(dossier)
    act(dossier, hand_over=other.pk)
    assert dossier.me.owner  # nobody has opened the invitation yet
    press(Visitor(), mailed_key(MailKind.INVITATION))
    act(dossier, hand_over=other.pk)
    other.refresh_from_db()
    assert other.owner
    assert not dossier.me.owner
    with pytest.raises(NotTheOwner):
        send(dossier.me, form_key=dossier.draft.form_key, language="en")


@pytest.mark.parametrize("verb", ["again", "remove", "hand_over"])
def test_another_drafts_authors_are_out_of_reach(dossier: Sendable, verb: str):  # case 45
    other = ready(where=dossier.where)
    theirs = co_author(other)
    act(dossier, None, **{verb: theirs.pk})
    act(dossier, None, **{verb: "x" * 30})
    theirs.refresh_from_db()
    assert not theirs.owner
    assert not Mail.objects.exists()


def test_a_co_author_is_told_who_sends(dossier: Sendable):
    other = invited(dossier)
    page = dossier.browser(other).get(dossier.at("draft_check")).content.decode()
    assert "sends it" in page
    assert "draft_send" not in page
    form = dossier.form(dossier.browser())
    answer = dossier.browser(other).post(dossier.at("draft_send"), form)
    assert answer.status_code == 409
    assert dossier.draft.contribution is None
