"""The address of an author: asked after writing, confirmed by a button behind a link."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from granian.log import DEFAULT_ACCESSLOG_FMT

from core.clock import database_now
from submissions.debate.addresses import MOST_A_DAY, LinkIsOver, confirm_ideas, find_link
from submissions.debate.erasure import erase
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
from submissions.retention import UNCONFIRMED_KEPT_FOR, tidy
from tests.factories import open_consultation
from tests.submissions.conftest import Visitor, address
from tests.submissions.desk import desk_of, moderator_of, staff
from tests.submissions.linking import (
    CAMILLE,
    WORDS,
    ask,
    ask_to_come_back,
    confirmed,
    mailed_key,
    press,
    write,
)
from tests.submissions.mailbox import serving, words_of
from tests.submissions.test_races import together

pytestmark = pytest.mark.django_db
COOKIE = settings.PARTICIPANT_COOKIE_NAME


@pytest.fixture
def consultation(consultation: Consultation) -> Consultation:
    return open_consultation(consultation.site, confirm_addresses=True)


@pytest.fixture
def idea(visitor: Visitor, debate: Debate) -> Idea:
    """One that ``visitor`` has just written."""
    return write(visitor, debate)


def status_of(idea: Idea) -> str:
    return Idea.objects.get(pk=idea.pk).status


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


# --- The link -------------------------------------------------------------------------------------


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
        confirm_ideas(opened, [idea.pk])
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
            confirm_ideas(links[number], [idea.pk])
        except LinkIsOver:
            return False
        return True

    assert sorted(together(6, use)) == [False] * 5 + [True]
    assert status_of(idea) == IdeaStatus.AWAITING
    assert Address.objects.count() == 1


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


# --- Asked for again (case 44) --------------------------------------------------------------------


def seen(answer: Any) -> tuple[int, str, list[str]]:
    """What somebody learns from an answer; the address they typed is theirs."""
    words = re.sub(r"[\w.]+@example\.org", "…", answer.content.decode())
    return answer.status_code, words, sorted(answer.cookies)


def work(act: Callable[[], Any]) -> list[str]:
    """The statements that ``act`` sends, without what they are told."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return [re.sub(r"'[^']*'|\d+|\\x\w+", "…", query["sql"])[:60] for query in queries]


def test_to_come_back_tells_nobody_whether_an_address_is_known(
    visitor: Visitor, debate: Debate
):  # case 44
    confirmed(visitor, debate)
    known = ask_to_come_back(Visitor(), CAMILLE)
    unknown = ask_to_come_back(Visitor(), "nobody@example.org")
    assert seen(known) == seen(unknown)
    assert known.status_code == 200
    first = work(lambda: ask_to_come_back(Visitor(), CAMILLE))
    second = work(lambda: ask_to_come_back(Visitor(), "nobody@example.org"))
    assert first == second


def test_to_confirm_tells_nobody_whether_an_address_is_known(
    visitor: Visitor, debate: Debate
):  # case 44
    confirmed(visitor, debate)
    answers = []
    for email in (CAMILLE, "nobody@example.org"):
        guest = Visitor()
        answer = ask(guest, write(guest, debate), email)
        answers.append((answer.status_code, answer["Location"].rstrip("/").rpartition("/")[2]))
    assert answers[0] == answers[1]


def test_who_is_unknown_is_told_so_by_mail_alone(debate: Debate):  # case 44
    ask_to_come_back(Visitor(), "nobody@example.org")
    assert "No idea was confirmed" in Mail.objects.get().text
    assert not mailed_key()


def test_a_mailbox_is_written_to_so_often_whoever_asks(visitor: Visitor, debate: Debate):  # case 44
    confirmed(visitor, debate)
    link = MailedLink.objects.get()
    for number in range(MOST_A_DAY):
        link.pk, link.token_hash = None, bytes([number]) * 32
        link.save(force_insert=True)
    before = Mail.objects.count()
    answers = [ask_to_come_back(Visitor(), f"camille+{tag}@Example.org") for tag in "ab"]
    assert {answer.status_code for answer in answers} == {429}
    assert answers[0]["Retry-After"]
    assert Mail.objects.count() == before


def test_the_mail_goes_to_the_address_that_was_confirmed(visitor: Visitor, debate: Debate):
    """Another's tag, at a provider that knows none, is another mailbox."""
    confirmed(visitor, debate, CAMILLE)
    ask_to_come_back(Visitor(), "camille+stranger@example.org")
    assert Mail.objects.latest("pk").to == CAMILLE


def test_the_link_makes_a_browser_its_readers(visitor: Visitor, debate: Debate):
    idea = confirmed(visitor, debate)
    phone = Visitor()
    ask_to_come_back(phone)
    assert press(phone, mailed_key())["Location"] == address("participation")
    page = phone.get(address("participation")).content.decode()
    assert f'id="idea-{idea.pk}"' in page
    assert press(Visitor(), mailed_key()).status_code == 410


# --- By mail --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_from_the_form_to_a_real_server_and_back(visitor: Visitor, debate: Debate):
    idea = write(visitor, debate)
    ask(visitor, idea, page="fr")
    with serving() as server:
        call_command("worker", once=True)
    (message,) = server.taken
    assert server.recipients == [CAMILLE]
    assert message["Subject"].startswith("Confirmez votre idée")
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
