"""Mail: written in the caller's transaction, sent by the worker, again when nothing answers."""

import logging
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from core.clock import database_now
from submissions.mail import UnsafeHeader, send
from submissions.mail.delivery import WAITS, deliver
from submissions.models import (
    Address,
    Consultation,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Mail,
    MailedLink,
    MailStatus,
    RefusalReason,
)
from submissions.moderation.notices import notify
from submissions.moderation.services import decide
from submissions.retention import tidy
from tests.factories import idea, participant
from tests.submissions.desk import desk_of, moderator_of, staff
from tests.submissions.mailbox import MailServer, free_port, serving, told_of, words_of

pytestmark = pytest.mark.django_db

LINK = "https://consultation.example/link?key=secret-of-the-link"
TO = "camille@example.org"


def write(consultation: Consultation, to: str = TO, language: str = "en") -> Mail:
    context = {"link": LINK}
    send("come_back", to=to, language=language, consultation=consultation, context=context)
    return Mail.objects.latest("pk")


def deliveries() -> list[DBTaskResult]:
    """The tasks that send mail."""
    return [task for task in DBTaskResult.objects.all() if task.task_path == deliver.module_path]


def attempt(mail: Mail) -> Mail:
    deliver.call(mail.pk)
    mail.refresh_from_db()
    return mail


@pytest.mark.django_db(transaction=True)
def test_a_message_leaves_by_smtp_in_its_readers_language(consultation: Consultation):
    write(consultation, language="fr")
    with serving() as server:
        call_command("worker", once=True)
    (message,) = server.taken
    assert server.recipients == [TO]
    assert LINK in words_of(message)
    assert '<html lang="fr"' in words_of(message, "html")
    assert message["Subject"].strip().startswith("Votre lien")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == consultation.contact_email


def test_what_was_sent_keeps_neither_address_nor_link(consultation: Consultation):
    sent = write(consultation)
    with serving():
        attempt(sent)
    assert sent.status == MailStatus.SENT
    assert (sent.to, sent.subject, sent.text, sent.html) == ("", "", "", "")
    assert "secret-of-the-link" not in str(list(DBTaskResult.objects.values_list("args_kwargs")))


def test_nothing_is_sent_if_the_transaction_rolls_back(consultation: Consultation):
    with transaction.atomic():
        write(consultation)
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_task_that_is_run_twice_sends_once(consultation: Consultation):
    mail = write(consultation)
    with serving() as server:
        attempt(mail)
        attempt(mail)
    assert len(server.taken) == 1


# --- case 21: SMTP down, slow, 451, 550 -----------------------------------------------------------


def troubles() -> list[Any]:
    return [
        pytest.param(MailServer(to_recipient="451 later"), "451", id="recipient deferred"),
        pytest.param(MailServer(to_words="452 no room"), "452", id="words deferred"),
        pytest.param(MailServer(hangs_up=True), "disconnected", id="hangs up"),
        pytest.param(MailServer(seconds=3), "disconnected", id="slow"),
    ]


@pytest.mark.parametrize(("server", "code"), troubles())
def test_what_cannot_be_sent_now_is_tried_again(
    consultation: Consultation, server: MailServer, code: str
):  # case 21
    mail = write(consultation)
    with serving(server):
        attempt(mail)
    assert (mail.status, mail.trouble, mail.attempts) == (MailStatus.WAITING, code, 1)
    again = DBTaskResult.objects.get(run_after=mail.next_attempt_at)
    wait = again.run_after - database_now()
    assert timedelta(0) < wait <= timedelta(minutes=WAITS[0])


@pytest.mark.parametrize("sender", ["", "noreply", "a@", "a@b@c", "é@example.org", "a@b\nBcc: c@d"])
def test_a_sender_that_cannot_be_written_is_for_the_operator_to_mend(
    consultation: Consultation, sender: str
):  # case 21
    mail = write(consultation)
    with serving() as server:
        with override_settings(DEFAULT_FROM_EMAIL=sender):
            attempt(mail)
        assert (mail.status, mail.trouble) == (MailStatus.WAITING, "sender")
        attempt(mail)
    assert (mail.status, len(server.taken)) == (MailStatus.SENT, 1)


@pytest.mark.parametrize(
    "setting",
    [{"EMAIL_USE_TLS": True}, {"EMAIL_HOST_USER": "a", "EMAIL_HOST_PASSWORD": "b"}],
    ids=["encryption", "account"],
)
def test_so_is_what_the_server_does_not_offer(consultation: Consultation, setting: dict[str, Any]):
    mail = write(consultation)
    with serving(), override_settings(**setting):
        attempt(mail)
    assert (mail.status, mail.trouble) == (MailStatus.WAITING, "unsupported")


def test_an_address_that_no_server_can_write_is_final(consultation: Consultation, monkeypatch: Any):
    def refuse(*_told: Any) -> None:
        raise smtplib.SMTPNotSupportedError

    mail = write(consultation)
    monkeypatch.setattr(smtplib.SMTP, "sendmail", refuse)
    with serving():
        attempt(mail)
    assert (mail.status, mail.trouble) == (MailStatus.FAILED, "unsupported")


@pytest.mark.django_db(transaction=True)
def test_sent_once_when_the_server_is_back(consultation: Consultation):  # case 21
    mail = write(consultation)
    with told_of(free_port()):
        attempt(mail)
        attempt(mail)
    assert (mail.trouble, mail.attempts) == ("unreachable", 2)
    DBTaskResult.objects.update(run_after=database_now())
    with serving() as server:
        call_command("worker", once=True)
    assert len(server.taken) == 1
    mail.refresh_from_db()
    assert mail.status == MailStatus.SENT


@pytest.mark.parametrize(
    "server",
    [MailServer(to_recipient="550 nobody"), MailServer(to_words="554 no")],
    ids=["recipient", "words"],
)
def test_a_refusal_for_good_is_final_and_seen_by_staff(
    consultation: Consultation, server: MailServer
):  # case 21
    mail = write(consultation)
    with serving(server):
        attempt(mail)
    assert mail.status == MailStatus.FAILED
    assert mail.text == ""
    page = desk_of(staff("organiser", "view_mail")).get("/admin/mail/").content.decode()
    assert mail.trouble in page
    assert "c…@example.org" in page
    assert TO not in page


def test_after_two_days_it_is_given_up(consultation: Consultation):  # case 21
    assert timedelta(days=1.5) < timedelta(minutes=sum(WAITS)) <= timedelta(days=2)
    mail = write(consultation)
    with told_of(free_port()):
        for _wait in WAITS:
            assert attempt(mail).status == MailStatus.WAITING
        attempt(mail)
    assert mail.status == MailStatus.FAILED


def test_only_organisers_see_the_list(consultation: Consultation):
    assert desk_of(staff("editor")).get("/admin/mail/").status_code == 302
    assert desk_of(moderator_of("moderator", "en")).get("/admin/mail/").status_code == 302


def test_mail_that_dead_workers_left_is_taken_up(consultation: Consultation):
    mail = write(consultation)
    DBTaskResult.objects.all().delete()
    tidy()
    assert not deliveries()  # it is not late yet
    Mail.objects.update(next_attempt_at=database_now() - timedelta(hours=2))
    tidy()
    assert [task.args_kwargs["args"] for task in deliveries()] == [[mail.pk]]


def test_old_mail_links_and_tasks_go_by_themselves(consultation: Consultation, debate: Debate):
    long_ago = database_now() - timedelta(days=31)
    Mail.objects.create(consultation=consultation, kind="decision", settled_at=long_ago)
    MailedLink.objects.create(
        token_hash=b"x" * 32,
        purpose="come_back",
        consultation=consultation,
        email=TO,
        made_at=long_ago,
        expires_at=long_ago,
    )
    unconfirmed = idea(debate, status=IdeaStatus.UNCONFIRMED)
    Idea.objects.filter(pk=unconfirmed.pk).update(created_at=long_ago)
    kept = write(consultation)
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=long_ago)
    tidy()
    assert Mail.objects.get() == kept
    assert not MailedLink.objects.exists()
    assert not deliveries()
    assert not Idea.objects.filter(pk=unconfirmed.pk).exists()


# --- case 53: headers and links -------------------------------------------------------------------

BREAKS = ["\r\nBcc: all@example.org", "\nX", "\rX", "\u2028X", "\u2029X", "\x85X", "\x0bX", "\x00"]


@pytest.mark.parametrize("ending", BREAKS, ids=[ascii(said) for said in BREAKS])
def test_an_address_that_writes_headers_is_refused(consultation: Consultation, ending: str):
    # case 53
    with pytest.raises(UnsafeHeader):
        write(consultation, to=f"{TO}{ending}")
    assert not Mail.objects.exists()


@pytest.mark.parametrize("ending", BREAKS[:-1], ids=[ascii(said) for said in BREAKS[:-1]])
def test_the_name_of_the_site_writes_no_header(consultation: Consultation, ending: str):  # case 53
    consultation.site.site_name = f"Consultation{ending}"
    consultation.site.save()
    mail = write(Consultation.objects.get(pk=consultation.pk))
    with serving() as server:
        attempt(mail)
    (message,) = server.taken
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"] + message["From"]
    assert message.get_all("From") == [message["From"]]


def test_links_stand_on_the_sites_own_host(consultation: Consultation, debate: Debate):  # case 53
    decision = decided(debate, DecisionKind.PUBLISH)
    mail = Mail.objects.get()
    assert f"{consultation.site.root_url}/en/ideas/{decision.idea_id}/" in mail.text


def test_nothing_of_a_person_is_logged(consultation: Consultation, caplog):
    mail = write(consultation)
    with caplog.at_level(logging.DEBUG), told_of(free_port()):
        attempt(mail)
        with serving(MailServer(to_recipient=f"550 no {TO}")):
            attempt(mail)
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert [said for said in ours if "tried again" in said and "unreachable" in said]
    assert [said for said in ours if "given up" in said and "550" in said]
    assert TO not in str(ours)
    assert "secret-of-the-link" not in str(ours)


# --- What was decided -----------------------------------------------------------------------------


def decided(debate: Debate, kind: DecisionKind, **more: Any) -> Any:
    """Decide on an idea whose author reads mail in English, and let the delay pass."""
    author = participant(debate.consultation)
    Address.objects.create(
        consultation=debate.consultation,
        participant=author,
        email=TO,
        mailbox=TO,
        language=more.pop("language", "en"),
    )
    waiting = idea(debate, status=IdeaStatus.AWAITING, author=author)
    decision = decide(waiting, kind, moderator_of("moderator", "en"), **more)
    notify.call(decision.pk)
    return decision


def test_an_author_reads_what_was_decided_and_why_in_their_language(debate: Debate):
    decision = decided(
        debate, DecisionKind.REFUSE, reason=RefusalReason.SEVERAL_IDEAS, language="fr"
    )
    mail = Mail.objects.get()
    assert (mail.kind, mail.to, mail.language) == ("decision", TO, "fr")
    assert "plusieurs idées" in mail.text
    assert decision.idea.original.text in mail.text
    assert "/fr/ma-participation/" in mail.html


def test_words_of_an_idea_are_inert_in_html(debate: Debate, settings):
    author = participant(debate.consultation)
    Address.objects.create(
        consultation=debate.consultation, participant=author, email=TO, mailbox=TO, language="en"
    )
    hostile = idea(
        debate, text="<script>alert(1)</script> & more", status=IdeaStatus.AWAITING, author=author
    )
    notify.call(decide(hostile, DecisionKind.PUBLISH, moderator_of("moderator", "en")).pk)
    mail = Mail.objects.get()
    assert "<script>" not in mail.html
    assert "<script>alert(1)</script> & more" in mail.text


def test_locmem_keeps_the_order_of_parts(consultation: Consultation):
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        attempt(write(consultation))
    (message,) = django_mail.outbox
    assert message.alternatives[0].mimetype == "text/html"
