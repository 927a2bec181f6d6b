"""Asking what a file is: a process for each, so that a file made to hurt hurts nobody else."""

import json
import logging
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from submissions.contributions.files.words import FileRefused

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-s", "-m", "submissions.contributions.files.judging"]
# None of the site's secrets, and one thread: numbers of processors must not matter to the memory.
ENVIRONMENT = {"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
SECONDS = 30  # on the clock: the process has ten of a processor
# Of one process that serves: what others send meanwhile waits, and takes no memory.
AT_ONCE = threading.BoundedSemaphore(2)
ITS_OWN_DOING = {signal.SIGXCPU, signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS}


@dataclass(frozen=True)
class Judged:
    """A file that is taken: what it is by its content, and the codes of what it tells."""

    kind: str
    tells: list[str]


def judge(file: IO[bytes]) -> Judged:
    """Say what ``file`` is, a real one on the disk; raise ``FileRefused``."""
    file.seek(0)
    try:
        with AT_ONCE:
            asked = subprocess.run(  # noqa: S603 (our own program, no shell)
                COMMAND,
                cwd=ROOT,
                env=ENVIRONMENT,
                stdin=file,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise FileRefused("too_heavy") from None
    if asked.returncode:
        if -asked.returncode in ITS_OWN_DOING:
            raise FileRefused("too_heavy")
        # Ours: a program that does not start says why, and nothing of a file.
        why = asked.stderr[-2000:].decode(errors="replace")
        logger.error("A file could not be judged: %s", why)
        raise FileRefused("not_kept")
    said = json.loads(asked.stdout)
    if "refused" in said:
        if "trouble" in said:
            logger.warning("A file could not be read: %s", said["trouble"])
        raise FileRefused(said["refused"])
    return Judged(said["kind"], said["tells"])
