"""Files that go by themselves: removed ones after a day, those of no dossier, bytes of no row."""

import logging
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from submissions.contributions.files.storing import remove_now, remove_when_done, storage
from submissions.models import Attachment, ScanState

logger = logging.getLogger(__name__)

REMOVED_KEPT_FOR = timedelta(days=1)  # so that it can be put back
# A request that is receiving a file has stored its bytes, and not yet written its row.
BYTES_KEPT_FOR = timedelta(days=1)


def forget_files(now: datetime) -> None:
    """Delete what its time is over for; running it twice deletes nothing more."""
    with transaction.atomic():
        over = Attachment.objects.filter(contribution__isnull=True).filter(
            Q(draft__isnull=True) | Q(removed_at__lt=now - REMOVED_KEPT_FOR)
        )
        keys = list(over.select_for_update(of=("self",)).values_list("key", flat=True))
        Attachment.objects.filter(key__in=keys).delete()
        remove_when_done(keys)
    forget_bytes(now)


def forget_bytes(now: datetime) -> int:
    """Delete stored bytes that no row has, or whose row set them aside; how many.

    They are of a process that was killed while it received, or of a storage that was away when a
    row went. Each day has a folder of its own.
    """
    place, deleted = storage(), 0
    try:
        days, _files = place.listdir("")
    except FileNotFoundError:  # nothing was ever stored
        return 0
    for day in days:
        if not _was_over(day.strip("/"), now - BYTES_KEPT_FOR):
            continue
        _days, names = place.listdir(day)
        keys = {f"{day.strip('/')}/{name}" for name in names}
        rows = Attachment.objects.filter(key__in=keys).exclude(scan=ScanState.INFECTED)
        for key in keys - set(rows.values_list("key", flat=True)):
            deleted += remove_now(key)
    if deleted:
        logger.info("%s stored files belonged to nothing, and were deleted", deleted)
    return deleted


def _was_over(day: str, at: datetime) -> bool:
    """Whether that day was over then; a folder that is none of ours is left alone."""
    try:
        begins = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return False
    return begins + timedelta(days=1) <= at
