"""One running site a clone: the lock is the kernel's, so a killed launcher leaves none behind."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tools.console import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def only_copy(path: Path, what: str) -> Iterator[None]:
    """Hold the lock ``path`` and say in it that we are ``what``.

    Raises ``Trouble`` with the number of the process that holds it and what that one said.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock = path.open("r+" if path.exists() else "w+", encoding="utf-8")
    except PermissionError:
        raise Trouble(f"{path} belongs to another user: run the command as that user.") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = lock.read().strip() or "a process that is just starting"
            raise Trouble(
                f"Another copy is running in this folder: {holder}.\n"
                "Stop it with Ctrl-C in its terminal, or use it."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {what}\n")
        lock.flush()
        yield
        lock.truncate(0)
