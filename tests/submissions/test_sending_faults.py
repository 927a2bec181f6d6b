"""A dossier is sent while something breaks, on the real server: nothing half, nothing twice."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from core.clock import database_now
from submissions.models import (
    Answer,
    Attachment,
    Consent,
    Contribution,
    ContributionVersion,
    DraftAnswer,
    Mail,
    MailKind,
    MailStatus,
    Reading,
)
from tests.fixtures.server import answers
from tests.submissions.conftest import address
from tests.submissions.dossiers import hidden
from tests.submissions.faulty import (
    Sending,
    cutting,
    full_disk,
    held_open,
    kill,
    process_that_serves,
    until,
)
from tests.submissions.mailbox import free_port, serving, told_of, words_of
from tests.submissions.sendable import WORDS, Sendable, ready

pytestmark = pytest.mark.django_db(transaction=True)

VERSIONS = ContributionVersion._meta.db_table


@pytest.fixture
def dossier(transactional_db: None) -> Sendable:
    """One that is ready, with a file."""
    made = ready()
    Attachment.objects.create(
        draft=made.draft, key="2026/a", name="study.pdf", kind="pdf", size=9, sha256="0" * 64
    )
    return made


def sending(dossier: Sendable, server: str) -> Sending:
    """The form of the check page, sent."""
    browser = dossier.browser()
    cookie = browser.cookies[settings.DRAFT_COOKIE_NAME].value
    return Sending(
        server,
        dossier.at("draft_send"),
        f'{settings.DRAFT_COOKIE_NAME}="{cookie}"',
        dossier.form(browser),
    )


def assert_nothing_was_sent(dossier: Sendable) -> None:
    """Not a trace of it, and the draft as it was."""
    for model in (Contribution, ContributionVersion, Answer, Consent, Reading, Mail):
        assert not model._default_manager.exists(), model
    draft = dossier.draft
    assert draft.writing
    assert draft.contribution is None
    assert Attachment.objects.get().contribution_id is None
    assert WORDS in str(DraftAnswer.objects.get().data)


def assert_sent_once(dossier: Sendable) -> Contribution:
    """One of each, and the receipt."""
    contribution = Contribution.objects.get()
    assert ContributionVersion.objects.get().contribution == contribution
    assert Answer.objects.get().text == WORDS
    assert Mail.objects.get().kind == MailKind.RECEIPT
    assert dossier.draft.contribution == contribution
    assert Attachment.objects.get().contribution == contribution
    return contribution


@pytest.mark.more
def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_half(  # case 19
    dossier: Sendable, http_server: str
) -> None:
    with held_open(VERSIONS) as somebody_waits:
        first = sending(dossier, http_server)
        until(somebody_waits, "the form never reached the middle of its transaction")
        kill(process_that_serves(first.port))
        assert first.wait().broken
    assert_nothing_was_sent(dossier)
    until(lambda: answers(f"{http_server}/robots.txt"), "the server did not come back")
    for _retry in range(2):  # the same form
        again = sending_again(dossier, http_server, first)
        assert again.status == 302
    contribution = assert_sent_once(dossier)
    page = dossier.browser().get(dossier.at("contribution_receipt"))
    assert contribution.reference in page.content.decode()


def sending_again(dossier: Sendable, server: str, before: Sending) -> Sending:
    """The very same form, once more."""
    return Sending(server, before.path, before.cookies, before.form).wait()


@pytest.mark.more
@pytest.mark.parametrize("after_answer", [False, True])
def test_a_connection_that_is_cut_loses_and_doubles_nothing(  # case 18
    dossier: Sendable, http_server: str, after_answer: bool
) -> None:
    with cutting(http_server, after_answer=after_answer) as proxy:
        first = sending(dossier, proxy).wait()
    assert first.broken
    if after_answer:
        assert_sent_once(dossier)
    else:
        assert_nothing_was_sent(dossier)
    again = sending_again(dossier, http_server, first)
    assert (again.status, again.location) == (302, dossier.at("contribution_receipt"))
    assert_sent_once(dossier)


@pytest.mark.more
def test_pressed_twice_in_two_processes_it_is_sent_once(  # case 17
    dossier: Sendable, http_server: str
) -> None:
    with held_open(VERSIONS) as somebody_waits:
        first = sending(dossier, http_server)
        until(somebody_waits, "the first never reached the middle")
        second = Sending(http_server, first.path, first.cookies, first.form)
    both = {first.wait().status, second.wait().status}
    assert both == {302}
    assert first.location == second.location
    assert_sent_once(dossier)


def test_a_mail_server_that_is_down_delays_the_receipt_and_nothing_else(  # case 21
    dossier: Sendable,
) -> None:
    browser = dossier.browser()
    with told_of(free_port()):  # where nothing listens
        sent = browser.post(dossier.at("draft_send"), dossier.form(browser))
        assert sent.status_code == 302
        page = browser.get(sent["Location"]).content.decode()
        contribution = assert_sent_once(dossier)
        assert contribution.reference in page
        call_command("worker", once=True)
    waiting = Mail.objects.get()
    assert (waiting.status, waiting.attempts) == (MailStatus.WAITING, 1)
    assert waiting.next_attempt_at is not None
    with serving() as server:
        for _round in range(3):
            DBTaskResult.objects.filter(status="READY").update(run_after=database_now())
            call_command("worker", once=True)
    assert len(server.taken) == 1
    assert Mail.objects.get().status == MailStatus.SENT
    assert contribution.reference in words_of(server.taken[0])


def test_a_full_disk_gives_the_words_back_and_heals(dossier: Sendable) -> None:  # case 22
    browser = dossier.browser()
    browser.raise_request_exception = False
    question = dossier.question()
    where = address("draft_section", str(dossier.author.draft_id), dossier.questionnaires[0].pk, 0)
    form = {
        "screen": hidden(browser.get(where), "screen"),
        f"question_{question.pk}": "Words that found no room.",
        "then": "on",
    }
    with full_disk(DraftAnswer._meta.db_table):
        refused = browser.post(where, form)
        assert refused.status_code == 503
        assert "Words that found no room." in refused.content.decode()
        assert form["screen"] not in refused.content.decode()
    assert WORDS in str(DraftAnswer.objects.get(question=question).data)
    assert browser.post(where, form).status_code == 302
    assert "no room" in str(DraftAnswer.objects.get(question=question).data)


def test_a_disk_that_fills_up_while_it_is_sent_leaves_nothing_half(  # case 22
    dossier: Sendable,
) -> None:
    browser = dossier.browser()
    browser.raise_request_exception = False
    form = dossier.form(browser)
    with full_disk(VERSIONS):
        assert browser.post(dossier.at("draft_send"), form).status_code == 503
    assert_nothing_was_sent(dossier)
    assert browser.post(dossier.at("draft_send"), form).status_code == 302
    assert_sent_once(dossier)
