"""Asking for a file, and making it: by the worker, once and whole, whoever dies meanwhile."""

import logging
import tempfile
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models.functions import Now
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import translation
from django_tasks import task
from wagtail.log_actions import log

from core.alone import alone
from submissions.contributions.exports.dataset import Dataset, Outdated
from submissions.contributions.exports.dossiers import portions
from submissions.contributions.exports.everything import sha256_of
from submissions.contributions.exports.formats import FORMATS, may_have
from submissions.contributions.exports.listed import listed
from submissions.models import Consultation, Export, ExportState

logger = logging.getLogger(__name__)

ASKED, DOWNLOADED = "submissions.export_asked", "submissions.export_downloaded"
UNDER_WAY = (ExportState.WAITING, ExportState.RUNNING)
BEGINNINGS = 5  # editors who add to a question at every one of them are not to be waited for


class NotAllowed(Exception):
    """Who asked for the file may not have it, or no longer."""


def place_of_files() -> Storage:
    """Where the files wait: private, as what contributors attach."""
    return storages["contributions"]


def key_of(export: Export) -> str:
    """Where its file is stored, before its row says so."""
    return f"exports/{export.pk}"


@transaction.atomic
def ask(consultation: Consultation, user: Any, *, format: str, language: str, query: str) -> Export:
    """Have a file made of what ``query``, that of the list, leaves of ``consultation``.

    Asked again while it is being made, it is the same one. Raises ``NotAllowed``.
    """
    if not FORMATS[format].is_for(user, consultation):
        raise NotAllowed
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one of two clicks waits
    wanted = {
        "consultation": consultation,
        "by": user,
        "format": format,
        "language": language,
        "filters": query,
    }
    running = Export.objects.filter(**wanted, state__in=UNDER_WAY).first()
    if running is not None:
        return running
    export = Export(**wanted)
    export.total = listed(user, consultation, query).count()
    export.save()
    record(export, ASKED, user)
    make_file.enqueue(str(export.pk))
    return export


def record(export: Export, act: str, user: Any) -> None:
    """A line in the audit log of the consultation: who had which file, of how many."""
    log(
        export.consultation,
        act,
        user=user,
        data={
            "export": str(export.pk),
            "format": export.format,
            "language": export.language,
            "filters": export.filters,
            "contributions": export.total,
        },
    )


@task(backend="durable")
def make_file(export_id: str) -> None:
    """Make the file of that export. Whatever a worker that died has left of it is made anew."""
    with alone(f"submissions.export:{export_id}") as here:
        if not here:  # another worker is at it
            return
        export = (
            Export.objects.exclude(state=ExportState.READY)
            .select_related("consultation", "by")
            .filter(pk=export_id)
            .first()
        )
        if export is None:  # made, or removed meanwhile
            return
        try:
            with translation.override(export.language):
                _make(export)
        except Exception:
            logger.exception("Export %s could not be made", export.pk)
            Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED, finished_at=Now())


def _make(export: Export) -> None:
    if not may_have(export.by, export):
        raise NotAllowed
    found = listed(export.by, export.consultation, export.filters)
    ids = list(found.order_by("pk").values_list("pk", flat=True))
    row = Export.objects.filter(pk=export.pk)
    row.update(state=ExportState.RUNNING, total=len(ids), done=0)
    with tempfile.TemporaryDirectory(prefix="polyphony-export-") as place:
        path, done = _written(export, Path(place), ids, row)
        key = key_of(export)
        storage = place_of_files()
        storage.delete(key)  # what a worker that died had stored
        with path.open("rb") as made:
            key = storage.save(key, File(made))
        row.update(
            state=ExportState.READY,
            key=key,
            done=done,
            total=done,
            size=path.stat().st_size,
            sha256=sha256_of(path),
            finished_at=Now(),
        )


def _written(export: Export, place: Path, ids: list[int], row: Any) -> tuple[Path, int]:
    """The file and how many it holds; begun anew when the questions grew while it was written."""
    for beginning in range(1, BEGINNINGS + 1):
        path = place / f"file{beginning}"
        dataset = Dataset.of(export.consultation, export.language)
        try:
            return path, write(path, export.format, dataset, ids, row)
        except Outdated:
            logger.info("Export %s begins anew: its questions have grown", export.pk)
            path.unlink(missing_ok=True)
    raise Outdated


def write(path: Path, format: str, dataset: Dataset, ids: list[int], row: Any = None) -> int:
    """Write the contributions of ``ids`` to ``path``, and tell ``row`` how far; how many it was."""
    writer = FORMATS[format].writer(path, dataset)
    done = 0
    try:
        for dossiers in portions(ids):
            dataset.must_hold(dossiers)
            writer.add(dossiers)
            done += len(dossiers)
            if row is not None:
                row.update(done=done)
    finally:
        writer.close()  # what is given up holds files open too
    return done


@receiver(post_delete, sender=Export)
def remove_file(instance: Export, **_kwargs: Any) -> None:
    """The file goes with its row, whoever removes that; what a dead worker stored of it too."""
    place_of_files().delete(instance.key or key_of(instance))
