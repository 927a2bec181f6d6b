"""Scanning after receiving: by the worker, again later while the scanner is away.

A file that waits is its author's and the staff's, not public. One in which something is found is
set aside at once: its bytes are deleted, its row says so to its author and to the staff.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django_tasks import task

from core.clock import database_now
from submissions.contributions.files.clamd import ScannerAway, ask
from submissions.contributions.files.letters import tell_set_aside
from submissions.contributions.files.storing import remove_when_done, storage
from submissions.models import Attachment, ScanState

logger = logging.getLogger(__name__)

WAITS = (1, 5, 15, 30)  # minutes; then the worker's hourly round asks for all that wait
LEFT_AFTER = timedelta(hours=1)


def scan_later(attachment: Attachment) -> None:
    """Have the worker scan it, once the transaction that wrote its row is committed."""
    scan.enqueue(str(attachment.pk))


@task(backend="durable")
def scan(attachment_id: str, attempts: int = 0) -> None:
    """Ask the scanner about one file, and note what it says."""
    waiting = Attachment.objects.filter(pk=attachment_id, scan=ScanState.PENDING)
    row = waiting.select_related("contribution__consultation__site").first()
    if row is None:  # scanned or erased meanwhile
        return
    if not settings.CLAMD_URL:  # the site has no scanner any more
        _note(row, ScanState.NOT_SCANNED)
        return
    try:
        with storage().open(row.key, "rb") as file:
            verdict = ask(settings.CLAMD_URL, file)
    except (ScannerAway, OSError) as trouble:
        logger.warning("File %s could not be scanned (%s); it waits", row.pk, trouble)
        if attempts < len(WAITS):
            again = database_now() + timedelta(minutes=WAITS[attempts])
            scan.using(run_after=again).enqueue(attachment_id, attempts + 1)
        return
    _note(row, ScanState.INFECTED if verdict.found else ScanState.CLEAN)
    if verdict.found:
        logger.warning("File %s was set aside: %s", row.pk, verdict.found)


@transaction.atomic
def _note(row: Attachment, state: ScanState) -> None:
    """What was found goes at once; the row stays and says so, and who has sent it is told."""
    noted = Attachment.objects.filter(pk=row.pk, scan=ScanState.PENDING)
    if noted.update(scan=state, scanned_at=Now()) and state is ScanState.INFECTED:
        remove_when_done([row.key])
        tell_set_aside(row)


def scan_what_was_left() -> int:
    """Ask again for files that have waited for an hour; how many."""
    left = Attachment.objects.filter(
        scan=ScanState.PENDING, uploaded_at__lt=database_now() - LEFT_AFTER
    )
    for row in left:
        scan.enqueue(str(row.pk), len(WAITS))
    return len(left)
