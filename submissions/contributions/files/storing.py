"""Where files are kept: in private, under names of chance. Who has a row may reach its bytes."""

import logging
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from errno import EDQUOT, EFBIG, ENOSPC
from functools import partial
from hashlib import sha256
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import transaction

from core.clock import database_now
from submissions.contributions.files.words import FileRefused

logger = logging.getLogger(__name__)

PIECE = 1024 * 1024
FULL = {ENOSPC, EDQUOT, EFBIG}


class KeptFiles(FileSystemStorage):
    """A folder that no web server serves. What was saved outlives a power cut; no half stays."""

    def url(self, name: str | None) -> str:
        """There is none: our own view hands them out (``serving``)."""
        raise ValueError("contributed files have no address of their own")

    def _save(self, name: str, content: File) -> str:
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc] # stubs leave it out
            handle = os.open(self.path(saved), os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError:
            with suppress(OSError):
                self.delete(name)
            raise
        return saved


def storage() -> Storage:
    """The storage of contributed files, wherever the settings put it."""
    return storages["contributions"]


def keep(file: IO[bytes]) -> str:
    """Store the bytes under a key of chance, whole or not at all; raise ``FileRefused``."""
    key = f"{database_now():%Y-%m-%d}/{secrets.token_hex(20)}"
    file.seek(0)
    try:
        return storage().save(key, File(file, name=key))
    except Exception as trouble:  # of a disk, a network, an S3: each has errors of its own
        logger.exception("A file could not be stored")
        remove_now(key)
        full = isinstance(trouble, OSError) and trouble.errno in FULL
        raise FileRefused("no_room" if full else "not_kept") from trouble


def sha256_of(file: IO[bytes]) -> str:
    """The hash of its bytes, piece by piece."""
    file.seek(0)
    digest = sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def remove_when_done(keys: Iterable[str]) -> None:
    """Delete bytes once the transaction that takes their rows away is committed."""
    for key in keys:
        transaction.on_commit(partial(remove_now, key))


def remove_now(key: str) -> bool:
    """Delete bytes; what can't be reached now, the worker's hourly round deletes."""
    try:
        storage().delete(key)
    except Exception:  # as in ``keep``
        logger.exception("A file could not be deleted; it is tried again")
        return False
    return True
