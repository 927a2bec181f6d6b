"""Scanning (case 38): later while the scanner is away, nothing lost, what is found set aside."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from config.settings.contributed_files import scanner as checked
from core.clock import database_now
from submissions.contributions.files.scanning import WAITS, scan, scan_what_was_left
from submissions.contributions.files.storing import storage
from submissions.models import Attachment, ContactDetails, DraftAuthor, Mail, ScanState
from tests.submissions.conftest import address
from tests.submissions.filed import judged_here, publish, send, somebody  # noqa: F401
from tests.submissions.filing import pdf
from tests.submissions.scanner import EICAR, scanner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("judged_here")]
NOWHERE = "tcp://127.0.0.1:9"
SCAN = "submissions.contributions.files.scanning.scan"


@pytest.fixture(autouse=True)
def nothing_to_do() -> None:
    DBTaskResult.objects.all().delete()


def infected() -> bytes:
    """A document that is in order but for what its words are."""
    return pdf().replace(b"%%EOF", b"%" + EICAR + b"\n%%EOF")


def work() -> None:
    """Do every task that waits, whenever it is due."""
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=SCAN):
        scan.func(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
        task.delete()


def test_without_a_scanner_nothing_waits(settings: Any) -> None:
    assert somebody().file().scan == ScanState.NOT_SCANNED
    assert not DBTaskResult.objects.exists()


def test_a_file_waits_until_the_worker_had_it_scanned(settings: Any) -> None:
    with scanner() as server:
        settings.CLAMD_URL = server.url
        row = somebody().file()
        assert row.scan == ScanState.PENDING and not server.read
        work()
        row.refresh_from_db()
        assert row.scan == ScanState.CLEAN and row.scanned_at is not None
        assert server.read == [pdf()]


def test_what_is_found_is_deleted_and_told(settings: Any) -> None:
    with scanner() as server:
        settings.CLAMD_URL = server.url
        writer = somebody()
        row = writer.file(infected())
        publish(send(writer))
        work()
        row.refresh_from_db()
        assert row.scan == ScanState.INFECTED and not storage().exists(row.key)
        assert b"a virus was found" in writer.see().content
        for url in (writer.page("own_file", row.pk), address("published_file", row.pk)):
            assert writer.browser.get(url).status_code == 404


def test_who_has_sent_it_is_told_by_mail_once(settings: Any) -> None:
    with scanner() as server:
        settings.CLAMD_URL = server.url
        writer = somebody()
        row = writer.file(infected(), "my study.pdf")
        sent = send(writer)
        ContactDetails.objects.create(contribution=sent, email="ada@example.org")
        DraftAuthor.objects.update(language="fr")
        work()
        scan.func(str(row.pk))
    mail = Mail.objects.get()
    assert (mail.kind, mail.to, mail.language) == ("file_set_aside", "ada@example.org", "fr")
    assert mail.draft == writer.author.draft_id  # erased with it
    for words in (mail.text, mail.html):
        assert (
            sent.reference in words and "my study.pdf" in words and "http://localhost/fr/" in words
        )


def test_who_still_writes_reads_it_on_the_page(settings: Any) -> None:
    with scanner() as server:
        settings.CLAMD_URL = server.url
        somebody().file(infected())
        work()
    assert Attachment.objects.get().scan == ScanState.INFECTED
    assert not Mail.objects.exists()


def test_while_it_is_away_a_file_waits_is_its_authors_and_not_public(settings: Any) -> None:
    settings.CLAMD_URL = NOWHERE
    writer = somebody()
    row = writer.file()
    publish(send(writer))
    for _attempt in range(3):
        work()
    row.refresh_from_db()
    assert row.scan == ScanState.PENDING and storage().exists(row.key)
    assert writer.browser.get(address("published_file", row.pk)).status_code == 404
    assert writer.browser.get(writer.page("own_file", row.pk)).status_code == 200
    assert b"waits to be checked" in writer.see().content
    with scanner() as server:
        settings.CLAMD_URL = server.url
        work()
        row.refresh_from_db()
        assert row.scan == ScanState.CLEAN
    assert writer.browser.get(address("published_file", row.pk)).status_code == 200


def test_it_is_asked_later_and_later_and_then_once_an_hour(settings: Any) -> None:
    settings.CLAMD_URL = NOWHERE
    somebody().file()
    for minutes in WAITS:
        work()
        due = DBTaskResult.objects.get().run_after - database_now()
        assert abs(due - timedelta(minutes=minutes)) < timedelta(minutes=1)
    work()
    assert not DBTaskResult.objects.exists()
    assert scan_what_was_left() == 0  # within the hour
    Attachment.objects.update(uploaded_at=database_now() - timedelta(hours=2))
    assert scan_what_was_left() == 1 and DBTaskResult.objects.count() == 1


@pytest.mark.parametrize(
    "says",
    [b"INSTREAM size limit exceeded. ERROR", b"", b"HTTP/1.1 400 Bad Request", b"stream: ERROR"],
)
def test_what_is_no_verdict_is_none(says: bytes, settings: Any) -> None:
    with scanner() as server:
        settings.CLAMD_URL = server.url
        server.says = says or b"\0"
        somebody().file()
        work()
        assert Attachment.objects.get().scan == ScanState.PENDING


def test_a_site_that_gave_up_its_scanner_keeps_nobody_waiting(settings: Any) -> None:
    settings.CLAMD_URL = NOWHERE
    somebody().file()
    settings.CLAMD_URL = ""
    work()
    assert Attachment.objects.get().scan == ScanState.NOT_SCANNED


def test_an_erased_file_is_nothing_to_scan(settings: Any) -> None:
    settings.CLAMD_URL = NOWHERE
    somebody().file()
    Attachment.objects.all().delete()
    work()


@pytest.mark.parametrize(
    "url", ["", "tcp://clamd:3310", "tcp://[::1]:3310", "unix:///run/clamd.ctl"]
)
def test_where_a_scanner_can_be(url: str) -> None:
    assert checked(url) == url


@pytest.mark.parametrize(
    "url", ["clamd:3310", "tcp://clamd", "tcp://clamd:x", "unix://run", "http://a:1"]
)
def test_where_none_can_be(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CLAMD_URL"):
        checked(url)
