"""A withdrawn contribution leaves no word, name or address (case 60); what goes by itself."""

import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from core.clock import database_now
from submissions.contributions.sending import AlreadySent, send
from submissions.contributions.withdrawal import withdraw
from submissions.models import (
    Answer,
    Attachment,
    AttachmentType,
    Consultation,
    ContactDetails,
    Contribution,
    ContributionState,
    Draft,
    DraftAnswer,
    DraftAuthor,
    Mail,
    MailKind,
    Note,
)
from submissions.retention import tidy
from tests.submissions.conftest import Visitor, address
from tests.submissions.mailbox import serving, words_of
from tests.submissions.sendable import CAMILLE, SACHA, WORDS, Sendable, blank, co_author, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(db: None) -> Sendable:
    return ready()


def everything_stored() -> str:
    """Every row of every table of ours, as text."""
    rows = []
    for model in apps.get_app_config("submissions").get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT one::text FROM {model._meta.db_table} AS one")
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_no_word_name_or_address_is_left(dossier: Sendable):
    co_author(dossier)
    sent = dossier.send()
    Note.objects.create(contribution=sent, text="A note about Camille")
    Mail.objects.all().delete()
    before = everything_stored()
    for secret in (WORDS, "Camille", CAMILLE, SACHA):
        assert secret in before
    withdraw(sent)
    Mail.objects.filter(kind=MailKind.WITHDRAWN).delete()  # as when it has left
    after = everything_stored()
    for secret in (WORDS, "Camille", CAMILLE, SACHA, "Institut"):
        assert secret not in after, secret


def test_its_row_says_that_there_was_one(dossier: Sendable):
    sent = dossier.send()
    withdraw(sent)
    sent.refresh_from_db()
    assert sent.state == ContributionState.WITHDRAWN
    assert sent.withdrawn_at is not None
    assert (sent.country, sent.respondent_type) == ("FR", "academic")
    assert sent.versions.get().content == {}
    assert not sent.consents.filter(withdrawn_at__isnull=True).exists()
    assert sent.consents.count() == 2


def test_mail_that_waits_goes_and_its_contact_is_told(dossier: Sendable):
    sent = dossier.send()
    assert Mail.objects.get().kind == MailKind.RECEIPT
    withdraw(sent)
    (mail,) = Mail.objects.all()
    assert (mail.kind, mail.to) == (MailKind.WITHDRAWN, CAMILLE)


@pytest.mark.django_db(transaction=True)
def test_the_message_leaves_by_a_real_server():
    dossier = ready()
    withdraw(dossier.send("fr"))
    with serving() as server:
        call_command("worker", once=True)
    (message,) = server.taken
    assert Contribution.objects.get().reference in words_of(message)
    assert '<html lang="en"' in words_of(message, "html")  # of its author
    assert not Mail.objects.exclude(to="").exists()


def test_it_asks_once_more_and_says_what_goes_and_what_stays(dossier: Sendable):
    dossier.send()
    browser = dossier.browser()
    html = browser.get(dossier.at("contribution_withdraw")).content.decode()
    assert "What goes" in html
    assert "What stays" in html
    assert Contribution.objects.get().state == ContributionState.RECEIVED
    answer = browser.post(dossier.at("contribution_withdraw"))
    assert answer["Location"] == address("contribution_withdrawn")
    assert browser.get(answer["Location"]).status_code == 200
    assert Contribution.objects.get().state == ContributionState.WITHDRAWN
    after = browser.get(dossier.at("contribution"))
    assert after.status_code == 404
    assert "unless the contribution was withdrawn" in after.content.decode()
    assert browser.post(dossier.at("contribution_withdraw")).status_code == 404


def test_its_files_go_with_it(dossier: Sendable, django_capture_on_commit_callbacks):
    Attachment.objects.create(
        draft=dossier.draft,
        key="2026-11-23/x",
        name="Camille.pdf",
        kind=AttachmentType.PDF,
        size=1,
        sha256="0" * 64,
    )
    sent = dossier.send()
    assert sent.versions.get().content["files"][0]["name"] == "Camille.pdf"
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(sent)
    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_withdrawn_and_sent_at_once_nothing_half_is_left():
    dossier = ready()
    sent = dossier.send()
    key, line = dossier.draft.form_key, threading.Barrier(4)
    unexpected: list[Exception] = []

    def at_once(act) -> None:
        line.wait()
        try:
            act()
        except (AlreadySent, Draft.DoesNotExist):
            pass
        except Exception as error:  # noqa: BLE001 (told to the test)
            if type(error).__name__ != "NotAnAuthor":
                unexpected.append(error)
        finally:
            connection.close()

    me = dossier.me
    acts = [lambda: withdraw(sent)] * 2 + [lambda: send(me, form_key=key, language="en")] * 2
    threads = [threading.Thread(target=at_once, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not unexpected
    assert Contribution.objects.get().state == ContributionState.WITHDRAWN
    assert not Answer.objects.exists()
    assert not Draft.objects.exists()
    assert Mail.objects.filter(kind=MailKind.WITHDRAWN).count() == 1


def test_withdrawn_in_a_transaction_that_fails_it_stands(dossier: Sendable):
    sent = dossier.send()
    with transaction.atomic():
        withdraw(sent)
        transaction.set_rollback(True)
    assert Answer.objects.exists()
    assert ContactDetails.objects.exists()


# --- What goes by itself: case 62 -----------------------------------------------------------------


def closed_days_ago(days: int) -> None:
    now = database_now()
    Consultation.objects.update(
        opens_at=now - timedelta(days=400), closes_at=now - timedelta(days=days)
    )


def test_a_draft_that_was_never_sent_goes_sixty_days_after_the_deadline(dossier: Sendable):
    closed_days_ago(59)
    tidy()
    assert Draft.objects.exists()
    closed_days_ago(61)
    tidy()
    assert not Draft.objects.exists()
    assert not DraftAnswer.objects.exists()
    assert not DraftAuthor.objects.exists()


def test_without_a_deadline_it_goes_a_year_after_its_last_change():
    dossier = blank()
    Consultation.objects.update(closes_at=None)
    tidy()
    assert Draft.objects.exists()
    Draft.objects.update(changed_at=database_now() - timedelta(days=366))
    tidy()
    assert not Draft.objects.exists()
    assert dossier


def test_what_was_sent_stays(dossier: Sendable):
    dossier.send()
    closed_days_ago(365)
    Draft.objects.update(changed_at=database_now() - timedelta(days=500))
    tidy()
    assert Draft.objects.exists()
    assert Contribution.objects.get().answers.exists()


def test_of_a_link_that_is_over_not_even_the_hash_stays(dossier: Sendable):
    dossier.browser().post(dossier.at("draft_leave"), {"email": CAMILLE})
    tidy()
    assert DraftAuthor.objects.get().token_hash is not None
    DraftAuthor.objects.update(link_expires_at=database_now() - timedelta(seconds=1))
    tidy()
    assert DraftAuthor.objects.get().token_hash is None
    assert Visitor().get(address("draft_link"), {"key": "x"}).status_code == 410
