"""What happens to the files of a dossier. Bytes first, then the row: no row without its bytes."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import copyfileobj
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Now

from submissions.contributions.files import limits
from submissions.contributions.files.judged import judge
from submissions.contributions.files.names import shown_name
from submissions.contributions.files.scanning import scan_later
from submissions.contributions.files.storing import keep, remove_now, remove_when_done, sha256_of
from submissions.contributions.files.words import FileRefused
from submissions.models import (
    Attachment,
    Contribution,
    Draft,
    DraftAuthor,
    Question,
    ScanState,
)

logger = logging.getLogger(__name__)

__all__ = [
    "FileRefused",
    "attach",
    "erase",
    "of_contribution",
    "of_draft",
    "promote",
    "put_back",
    "remove",
]


def attach(
    draft: Draft,
    uploaded: File,
    *,
    question: Question | None = None,
    author: DraftAuthor | None = None,
) -> Attachment:
    """Take a file into ``draft``; raise ``FileRefused``, whose ``str()`` says what to do.

    The same bytes sent twice to the same place are one file. ``author`` is who sends it: nobody
    else's draft is touched.
    """
    if not draft.writing or (author is not None and author.draft_id != draft.pk):
        raise FileRefused("sent")
    if (uploaded.size or 0) > limits.LARGEST:
        raise FileRefused("too_large")
    if not uploaded.size:
        raise FileRefused("empty")
    with on_disk(uploaded) as file:
        judged = judge(file)
        row = Attachment(
            draft=draft,
            question=question,
            name=shown_name(uploaded.name, judged.kind),
            kind=judged.kind,
            size=uploaded.size,
            sha256=sha256_of(file),
            scan=ScanState.PENDING if settings.CLAMD_URL else ScanState.NOT_SCANNED,
            tells=judged.tells,
        )
        # Looked at before bytes are stored, and again with the draft's row held.
        there = _the_same(row, draft)
        if there is not None:
            return there
        _check_room(row)
        row.key = keep(file)
        return _kept(row, draft)


@transaction.atomic
def remove(attachment: Attachment) -> None:
    """Take a file out of its draft; for a day it can be put back. Sent versions keep it.

    Raises ``FileRefused`` for a draft that was sent meanwhile.
    """
    if attachment.draft_id is not None:
        _hold(attachment.draft_id)
    Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(removed_at=Now())


@transaction.atomic
def put_back(attachment: Attachment) -> None:
    """Undo ``remove``, where there is still room; raise ``FileRefused``."""
    if attachment.draft_id is not None:
        _hold(attachment.draft_id)
    row = Attachment.objects.select_for_update().filter(pk=attachment.pk).first()
    if row is not None and row.removed_at is not None:
        _check_room(row)
        row.removed_at = None
        row.save(update_fields=["removed_at"])


def of_draft(draft: Draft) -> QuerySet[Attachment]:
    """The files of a draft as it stands, those of questions among them, in their order."""
    return Attachment.objects.filter(draft=draft, removed_at__isnull=True).order_by(
        "uploaded_at", "pk"
    )


def of_contribution(contribution: Contribution) -> QuerySet[Attachment]:
    """Every file that a version of it was sent with, removed since or not, in their order."""
    return Attachment.objects.filter(contribution=contribution).order_by("uploaded_at", "pk")


def promote(draft: Draft, contribution: Contribution) -> list[Attachment]:
    """The draft is sent: its files are the contribution's. Called inside that transaction."""
    of_draft(draft).update(contribution=contribution)
    return list(of_draft(draft))


@transaction.atomic
def erase(contribution: Contribution) -> None:
    """Delete its files for good, those that its draft removed or has not sent among them."""
    own = Q(contribution=contribution) | Q(draft__contribution=contribution)
    rows = Attachment.objects.filter(own).select_for_update(of=("self",))
    keys = list(rows.values_list("key", flat=True))
    Attachment.objects.filter(key__in=keys).delete()
    remove_when_done(keys)


@contextmanager
def on_disk(uploaded: File) -> Iterator[IO[bytes]]:
    """The bytes as a real file, which another process can be given; afterwards it is gone."""
    if hasattr(uploaded, "temporary_file_path"):
        uploaded.seek(0)
        with open(uploaded.temporary_file_path(), "rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as file:
        try:
            uploaded.seek(0)
            copyfileobj(uploaded, file)
            file.flush()
        except OSError as trouble:
            logger.exception("A file could not be put aside to be judged")
            raise FileRefused("no_room") from trouble
        yield file


def _kept(row: Attachment, draft: Draft) -> Attachment:
    """Write the row; the bytes go again if that fails, whatever the reason."""
    try:
        with transaction.atomic():
            _hold(draft.pk)
            there = _the_same(row, draft)
            if there is None:
                _check_room(row)
                row.save(force_insert=True)
                if row.scan == ScanState.PENDING:
                    scan_later(row)
    except BaseException:
        remove_now(row.key)
        raise
    if there is not None:  # sent twice at the same moment
        remove_now(row.key)
        return there
    logger.info("file %s received: kind=%s bytes=%s", row.pk, row.kind, row.size)
    return row


def _hold(draft_id: UUID) -> None:
    """Whoever sends or changes the draft waits; a draft that was sent takes nothing more."""
    if not Draft.objects.select_for_update().filter(pk=draft_id, writing=True).exists():
        raise FileRefused("sent")


def _the_same(row: Attachment, draft: Draft) -> Attachment | None:
    return of_draft(draft).filter(sha256=row.sha256, question=row.question).first()


def _check_room(row: Attachment) -> None:
    there = Attachment.objects.filter(draft=row.draft_id, removed_at__isnull=True)
    if there.count() >= limits.MOST_FILES:
        raise FileRefused("too_many")
    if (there.aggregate(sum=Sum("size"))["sum"] or 0) + row.size > limits.MOST_BYTES:
        raise FileRefused("too_much")
