"""The link that confirms an idea: one button, once, in time, and nothing told to others."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from granian.log import DEFAULT_ACCESSLOG_FMT

from core.clock import database_now
from submissions.debate.addresses import LinkIsOver, confirm_ideas, find_link
from submissions.models import (
    Address,
    Consultation,
    Debate,
    Idea,
    IdeaStatus,
    Mail,
    MailedLink,
    Participant,
)
from tests.factories import open_consultation
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import desk_of, staff
from tests.submissions.linking import (
    CAMILLE,
    ask,
    mailed_key,
    press,
    status_of,
    write,
)
from tests.submissions.test_races import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(consultation: Consultation) -> Consultation:
    return open_consultation(consultation.site, confirm_addresses=True)


@pytest.fixture
def idea(visitor: Visitor, debate: Debate) -> Idea:
    """One that ``visitor`` has just written."""
    return write(visitor, debate)


def test_the_button_hands_the_idea_over_and_the_promise_starts_there(visitor: Visitor, idea: Idea):
    Idea.objects.update(created_at=database_now() - timedelta(days=1))
    ask(visitor, idea, "Camille@Example.org", page="fr")
    answer = press(visitor, mailed_key())
    assert answer["Location"] == f"{address('written', idea.debate_id)}?idea={idea.pk}"
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.AWAITING
    assert database_now() - idea.created_at < timedelta(minutes=1)
    held = Address.objects.get()
    assert (held.participant, held.email, held.mailbox) == (
        idea.author,
        "Camille@Example.org",
        CAMILLE,
    )
    assert held.language == "fr"


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_changes_nothing(visitor: Visitor, idea: Idea, method: str):
    # case 43
    ask(visitor, idea)
    key = mailed_key()
    rows = [list(model.objects.values()) for model in (Idea, MailedLink, Address, Participant)]
    for _twice in range(2):
        scanner = Visitor()
        assert getattr(scanner, method)(address("mailed_link"), {"key": key}).status_code == 200
        assert not scanner.cookies
    assert rows == [
        list(model.objects.values()) for model in (Idea, MailedLink, Address, Participant)
    ]
    press(visitor, key)
    assert status_of(idea) == IdeaStatus.AWAITING


def test_the_key_is_long_kept_as_a_hash_and_told_to_nobody(visitor: Visitor, idea: Idea, caplog):
    # case 42
    ask(visitor, idea)
    key = mailed_key()
    assert len(key) == 43  # 32 bytes
    assert key not in str(list(MailedLink.objects.values()))
    page = visitor.get(address("mailed_link"), {"key": key})
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert not re.search(rf'(?:rel="canonical"|property="og:)[^>]*{key}', page.content.decode())
    with caplog.at_level("DEBUG"):
        press(visitor, key)
        over = visitor.get(address("mailed_link"), {"key": key})
        visitor.post(address("mailed_link"), {"key": key, "x": "\x00"})
    assert over.status_code == 410
    ours = [one for one in caplog.records if not one.name.startswith(("mail", "django.db"))]
    assert [one for one in ours if "Gone" in one.getMessage()]
    assert key not in str([one.getMessage() for one in ours])
    assert "query" not in DEFAULT_ACCESSLOG_FMT  # granian's: paths without what follows “?”


def test_no_list_of_the_admin_shows_a_key_or_an_address(visitor: Visitor, idea: Idea):  # case 42
    ask(visitor, idea)
    page = desk_of(staff("organiser", "view_mail")).get("/admin/mail/").content.decode()
    assert "c…@example.org" in page
    assert mailed_key() not in page
    assert CAMILLE not in page


def test_a_page_from_elsewhere_can_press_no_button(visitor: Visitor, idea: Idea):
    ask(visitor, idea)
    elsewhere = Visitor()
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "", "origin": "https://else.example"},
    ):
        sent = elsewhere.post(address("mailed_link"), {"key": mailed_key()}, headers=headers)
        assert sent.status_code == 403
    assert status_of(idea) == IdeaStatus.UNCONFIRMED


def test_a_browser_that_says_no_origin_is_not_locked_out(visitor: Visitor, idea: Idea):
    """Older ones, on a page without a referrer."""
    ask(visitor, idea)
    plain = Client(headers={"origin": "null"})
    answer = plain.post(address("mailed_link"), {"key": mailed_key()})
    assert answer.status_code == 302
    assert status_of(idea) == IdeaStatus.AWAITING


def test_a_link_works_once(visitor: Visitor, idea: Idea):  # case 43
    ask(visitor, idea)
    key = mailed_key()
    press(visitor, key)
    Idea.objects.update(created_at=database_now() - timedelta(hours=1))
    before = list(Idea.objects.values())
    assert visitor.get(address("mailed_link"), {"key": key}).status_code == 410
    assert press(visitor, key)["Location"].startswith(address("written", idea.debate_id))
    assert list(Idea.objects.values()) == before  # whoever presses twice is thanked twice


def test_its_time_is_judged_at_every_use(visitor: Visitor, idea: Idea):  # case 42
    ask(visitor, idea)
    key = mailed_key()
    opened = find_link(key, idea.debate.consultation.site_id)
    assert timedelta(hours=47) < opened.expires_at - database_now() <= timedelta(hours=48)
    MailedLink.objects.update(expires_at=database_now())
    assert visitor.get(address("mailed_link"), {"key": key}).status_code == 410
    assert press(visitor, key).status_code == 410
    with pytest.raises(LinkIsOver):
        confirm_ideas(opened, [idea.pk], None)
    assert status_of(idea) == IdeaStatus.UNCONFIRMED


def test_a_newer_link_takes_the_place_of_the_older(visitor: Visitor, idea: Idea):  # case 42
    ask(visitor, idea, "wrong@example.org")
    older = mailed_key()
    ask(visitor, idea)
    assert press(visitor, older).status_code == 410
    press(visitor, mailed_key())
    assert Address.objects.get().email == CAMILLE


def test_an_old_link_sends_another_to_the_same_address(visitor: Visitor, idea: Idea):
    ask(visitor, idea)
    key = mailed_key()
    MailedLink.objects.update(expires_at=database_now())
    reader = Visitor()
    assert b'name="again"' in reader.get(address("mailed_link"), {"key": key}).content
    answer = press(reader, key, again="1")
    assert (answer.status_code, Mail.objects.latest("pk").to) == (200, CAMILLE)
    press(reader, mailed_key())
    assert status_of(idea) == IdeaStatus.AWAITING


def test_an_address_that_was_corrected_gets_no_other_link(visitor: Visitor, idea: Idea):
    """It may be a stranger's: with a link of its own it would open the author's participation."""
    ask(visitor, idea, "a-strangers@example.org")
    strangers = mailed_key()
    ask(visitor, idea)
    authors, mailed = mailed_key(), Mail.objects.count()
    stranger = Visitor()
    page = stranger.get(address("mailed_link"), {"key": strangers})
    assert (page.status_code, b'name="again"' in page.content) == (410, False)
    assert press(stranger, strangers, again="1").status_code == 410
    assert Mail.objects.count() == mailed
    press(visitor, authors)
    assert status_of(idea) == IdeaStatus.AWAITING


@pytest.mark.parametrize("key", ["", "x", "\x00", "é" * 50, "a" * 5000])
def test_what_is_no_link_is_over(visitor: Visitor, debate: Debate, key: str):
    answer = visitor.get(address("mailed_link"), {"key": key})
    assert answer.status_code == 410
    assert address("come_back") in answer.content.decode()
    assert visitor.post(address("mailed_link"), {"key": key}).status_code == 410


def test_a_link_is_of_its_own_site(visitor: Visitor, idea: Idea):
    ask(visitor, idea)
    with pytest.raises(LinkIsOver):
        find_link(mailed_key(), idea.debate.consultation.site_id + 1)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_confirm_once(visitor: Visitor, idea: Idea):  # case 43
    ask(visitor, idea)
    key, site = mailed_key(), idea.debate.consultation.site_id
    links = [find_link(key, site) for _each in range(6)]

    def use(number: int) -> bool:
        try:
            confirm_ideas(links[number], [idea.pk], None)
        except LinkIsOver:
            return False
        return True

    assert sorted(together(6, use)) == [False] * 5 + [True]
    assert status_of(idea) == IdeaStatus.AWAITING
    assert Address.objects.count() == 1
