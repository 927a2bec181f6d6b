"""The link to a draft: mailed, hashed, over in time, and a button that lets a browser in."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import database_now
from submissions.contributions.drafts import links
from submissions.contributions.drafts.links import LinkIsOver, find_again, find_link, mail_link
from submissions.models import Consultation, DraftAuthor, Mail, MailKind, Questionnaire
from tests.submissions.conftest import Visitor, address
from tests.submissions.mailbox import serving, words_of
from tests.submissions.sendable import (
    CAMILLE,
    LINK,
    SACHA,
    Sendable,
    blank,
    co_author,
    filled,
    mailed_key,
    press,
    ready,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(db: None) -> Sendable:
    return blank()


def leave(dossier: Sendable, email: str = CAMILLE, language: str = "en"):
    return dossier.browser().post(dossier.at("draft_leave", language), {"email": email})


# --- Save and exit --------------------------------------------------------------------------------


def test_the_owner_is_asked_once_for_an_address_and_told_how_long_the_link_works(
    dossier: Sendable,
):
    page = dossier.browser().get(dossier.at("draft_leave")).content.decode()
    assert 'type="email"' in page
    assert "30 days" in page
    answer = leave(dossier)
    assert answer["Location"].startswith(dossier.at("draft_leave"))
    page = dossier.browser().get(answer["Location"]).content.decode()
    assert "A link was sent to" in page
    assert CAMILLE in page
    assert Mail.objects.get().kind == MailKind.DRAFT_LINK
    assert str(dossier.draft.pk) not in Mail.objects.get().text


@pytest.mark.parametrize("said", ["", "camille", "camille@", "a@b.org\r\nBcc: c@d.org"])
def test_what_is_no_address_is_said_and_given_back(dossier: Sendable, said: str):  # case 53
    answer = leave(dossier, said)
    assert answer.status_code == 422
    assert answer.context["form"]["email"].value() == said
    assert not Mail.objects.exists()


def test_a_co_authors_address_is_nobody_elses(dossier: Sendable):
    co_author(dossier)
    answer = leave(dossier, SACHA)
    assert answer.status_code == 422
    assert not Mail.objects.exists()


def test_a_corrected_address_puts_out_whoever_had_the_first_link(dossier: Sendable):
    leave(dossier, "camile@example.org")
    stranger = Visitor()
    press(stranger, mailed_key())
    assert stranger.get(dossier.at("draft_leave")).status_code == 200
    browser = dossier.browser()
    browser.post(dossier.at("draft_leave"), {"email": CAMILLE})
    assert browser.get(dossier.at("draft_leave")).status_code == 200
    assert stranger.get(dossier.at("draft_leave")).status_code == 404


def test_closed_in_this_browser_it_is_opened_by_the_link_alone(dossier: Sendable):
    leave(dossier)
    browser = dossier.browser()
    browser.post(dossier.at("draft_leave"), {"forget": "1"})
    assert browser.get(dossier.at("draft_leave")).status_code == 404
    press(browser, mailed_key())
    assert browser.get(dossier.at("draft_leave")).status_code == 200


# --- The link: case 42 ----------------------------------------------------------------------------


def test_only_a_hash_of_it_is_kept(dossier: Sendable):
    leave(dossier)
    key = mailed_key()
    assert len(key) == 43  # 256 bits
    author = DraftAuthor.objects.get()
    assert bytes(author.token_hash) == sha256(key.encode()).digest()


def test_it_is_over_thirty_days_after_it_was_sent(dossier: Sendable):
    Consultation.objects.update(closes_at=None)
    leave(dossier)
    left = DraftAuthor.objects.get().link_expires_at - database_now()
    assert timedelta(days=29, hours=23) < left < timedelta(days=30)


def test_it_is_over_thirty_days_after_the_last_theme_closed(dossier: Sendable):
    now = database_now()
    Consultation.objects.update(
        opens_at=now - timedelta(days=90), closes_at=now - timedelta(days=20)
    )
    Questionnaire.objects.update(opens_at=None, closes_at=None)
    leave(dossier)
    left = DraftAuthor.objects.get().link_expires_at - now
    assert timedelta(days=9, hours=23) < left <= timedelta(days=10)


def test_asked_for_later_it_works_for_two_days(dossier: Sendable):
    Consultation.objects.update(
        opens_at=database_now() - timedelta(days=200), closes_at=database_now() - timedelta(days=90)
    )
    leave(dossier)
    left = DraftAuthor.objects.get().link_expires_at - database_now()
    assert timedelta(hours=47) < left <= timedelta(hours=48)


def test_it_is_judged_by_the_databases_clock_at_each_use(dossier: Sendable):
    leave(dossier)
    key, site = mailed_key(), dossier.where.site.pk
    assert find_link(key, site).pk == dossier.author.pk
    DraftAuthor.objects.update(link_expires_at=database_now())
    with pytest.raises(LinkIsOver):
        find_link(key, site)
    assert Visitor().get(address("draft_link"), {"key": key}).status_code == 410
    assert Visitor().post(address("draft_link"), {"key": key}).status_code == 410


def test_a_new_one_takes_its_place(dossier: Sendable):
    leave(dossier)
    old = mailed_key()
    leave(dossier)
    assert Visitor().get(address("draft_link"), {"key": old}).status_code == 410
    assert press(Visitor(), mailed_key()).status_code == 302


def test_an_old_one_shows_a_browser_what_its_own_cookie_opens(dossier: Sendable):
    """Whatever the link had opened: another's draft is neither shown nor told of."""
    theirs = blank(where=dossier.where)
    leave(dossier)
    old = mailed_key()
    leave(dossier)
    for browser, own in (
        (dossier.browser(), dossier),
        (theirs.browser(), theirs),
        (Visitor(), None),
    ):
        for ask in (browser.get, browser.post):
            answer = ask(address("draft_link"), {"key": old})
            assert answer.status_code == 410
            html = answer.content.decode()
            for one in (dossier, theirs):
                assert (f'href="{one.at("draft")}"' in html) == (one is own)
            assert f'href="{address("draft_find")}"' in html


def test_an_old_one_does_not_call_what_was_sent_a_draft(dossier: Sendable):
    leave(dossier)
    old = mailed_key()
    filled(dossier).send()
    html = dossier.browser().get(address("draft_link"), {"key": old}).content.decode()
    assert "Go on with your contribution" not in html
    assert f'href="{dossier.at("draft")}">Your contribution<' in html


def test_opening_it_changes_nothing_its_button_lets_in(dossier: Sendable):  # case 43
    leave(dossier)
    key, scanner = mailed_key(), Visitor()
    before = DraftAuthor.objects.values().get()
    for ask in (scanner.get, scanner.head):
        page = ask(address("draft_link"), {"key": key})
        assert page.status_code == 200
        assert not page.cookies
    assert DraftAuthor.objects.values().get() == before
    answer = press(scanner, key)
    assert answer["Location"] == dossier.at("draft")
    assert DraftAuthor.objects.get().came_at is not None
    assert press(Visitor(), key).status_code == 302  # on another device, as often as need be


def test_it_is_told_to_nobody(dossier: Sendable):
    leave(dossier)
    page = Visitor().get(address("draft_link"), {"key": mailed_key()})
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]


def test_after_sending_it_opens_what_was_sent(db: None):
    dossier = ready()
    leave(dossier)
    key = mailed_key()
    dossier.send()
    assert Visitor().get(address("draft_link"), {"key": key}).status_code == 410  # the receipt's
    answer = press(Visitor(), mailed_key(MailKind.RECEIPT))
    assert answer["Location"] == dossier.at("contribution")


def test_it_dies_with_the_draft(dossier: Sendable):
    leave(dossier)
    key = mailed_key()
    dossier.draft.delete()
    assert Visitor().get(address("draft_link"), {"key": key}).status_code == 410


@pytest.mark.parametrize("key", ["", "x", "\x00", "é" * 50, "\ud800", "a" * 9000])
def test_what_is_no_key_opens_nothing(dossier: Sendable, key: str):
    answer = Visitor().post(address("draft_link"), {"key": key.encode(errors="replace")})
    assert answer.status_code == 410


def test_a_form_of_another_site_presses_no_button(dossier: Sendable):
    leave(dossier)
    stranger = Visitor()
    stranger.defaults["HTTP_SEC_FETCH_SITE"] = "cross-site"
    answer = stranger.post(address("draft_link"), {"key": mailed_key()})
    assert answer.status_code == 403
    assert not answer.cookies


# --- Find my contribution again: case 44 ----------------------------------------------------------


def find(email: str, language: str = "en"):
    return Visitor().post(address("draft_find", language=language), {"email": email})


def test_known_or_not_the_answer_is_the_same(dossier: Sendable):
    leave(dossier)
    Mail.objects.all().delete()
    known, unknown = find(CAMILLE), find(SACHA)
    assert known.status_code == unknown.status_code == 200
    assert known.content.decode().replace(CAMILLE, "") == unknown.content.decode().replace(
        SACHA, ""
    )
    to_known, to_unknown = Mail.objects.order_by("pk")
    assert LINK.search(to_known.text)
    assert not LINK.search(to_unknown.text)


def test_known_or_not_the_work_is_the_same(dossier: Sendable):
    leave(dossier)

    def work(email: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            find_again(dossier.where.consultation, email, "en")
        return len(queries)

    work("warm@example.org")
    assert work(CAMILLE) == work(SACHA)


def test_one_message_holds_all_that_an_address_writes(dossier: Sendable):
    leave(dossier)
    other = blank(where=dossier.where)
    mail_link_to(other)
    Mail.objects.all().delete()
    find("CAMILLE@example.org")
    (mail,) = Mail.objects.all()
    keys = [key for _path, key in LINK.findall(mail.text)]
    assert {find_link(key, dossier.where.site.pk).pk for key in keys} == {
        dossier.author.pk,
        other.author.pk,
    }


def mail_link_to(dossier: Sendable) -> None:
    links.give_address(dossier.me, CAMILLE, "en")


def test_a_link_goes_to_the_address_that_was_given_however_it_is_written_now(dossier: Sendable):
    leave(dossier, "camille+ai@example.org")
    Mail.objects.all().delete()
    find("camille+stranger@example.org")
    assert Mail.objects.get().to == "camille+ai@example.org"


def test_it_cannot_be_asked_for_without_end(dossier: Sendable):
    answers = [find(CAMILLE).status_code for _time in range(8)]
    assert answers[:5] == [200] * 5
    assert answers[-1] == 429


def test_another_sites_drafts_are_not_found(dossier: Sendable):
    leave(dossier)
    DraftAuthor.objects.update(mailbox=CAMILLE)
    with pytest.raises(LinkIsOver):
        find_link(mailed_key(), dossier.where.site.pk + 1)


# --- The real server ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_from_the_form_to_a_real_server_and_back():
    dossier = blank()
    leave(dossier, language="fr")
    with serving() as server:
        call_command("worker", once=True)
    (message,) = server.taken
    assert server.recipients == [CAMILLE]
    assert '<html lang="fr"' in words_of(message, "html")
    path, key = LINK.search(words_of(message)).groups()
    assert key in words_of(message, "html")
    answer = Visitor().post(path, {"key": key})
    assert answer["Location"] == dossier.at("draft", "fr")
    mail = Mail.objects.get()
    assert (mail.to, mail.text, mail.draft) == ("", "", None)


def test_a_link_can_be_mailed_in_another_language_than_the_page(dossier: Sendable):
    leave(dossier)
    mail_link(dossier.me, "fr")
    assert Mail.objects.latest("pk").language == "fr"
