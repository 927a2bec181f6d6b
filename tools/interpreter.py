"""Which Python the project runs on. Also read by Pythons that are too old: plain syntax only."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OLDEST = (3, 11)
NEWEST = (3, 13)
MISSING = (
    "Python 3.11, 3.12 or 3.13 is needed; this is Python {found}.\n"
    "On Debian 12: apt-get install python3 python3-venv"
)


def suits(version: tuple[int, int]) -> bool:
    """Whether a Python of this (major, minor) version runs the project."""
    return OLDEST <= version <= NEWEST


def locate(name: str) -> str | None:
    """The interpreter that the command ``name`` starts.

    None when it isn't there or doesn't start: a version manager's stand-in may be only a name.
    """
    path = shutil.which(name)
    if path is None:
        return None
    try:
        answer = subprocess.run(
            [path, "-c", "import ssl, ctypes, sys; print(sys.executable)"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.decode().strip() or None


def choose(
    current: tuple[int, int],
    locate: Callable[[str], str | None] = locate,
    newest: bool = False,
) -> str | None:
    """The interpreter to use, or None when there is none that suits.

    This one when it suits; else the oldest found. With ``newest``, the newest found.
    """
    if suits(current) and not newest:
        return sys.executable
    minors = range(OLDEST[1], NEWEST[1] + 1)
    for minor in reversed(minors) if newest else minors:
        found = locate("python3." + str(minor))
        if found is not None:
            return found
    return sys.executable if suits(current) else None
