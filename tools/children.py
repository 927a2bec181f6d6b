"""Starting programs so that none outlives the command that started it, and stopping them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.accounts import as_user
from tools.console import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import IO

    from tools.accounts import Account

PR_SET_PDEATHSIG = 1
_prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)  # Linux only


def dying_with_parent(farewell: signal.Signals) -> Callable[[], None]:
    """What a child runs first: ask the kernel for ``farewell`` when the parent dies."""
    parent = os.getpid()

    def ask() -> None:
        if _prctl is not None:
            _prctl(PR_SET_PDEATHSIG, farewell)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask


@dataclass
class Child:
    """A running program with the signal that ends it gracefully and the seconds it may take."""

    name: str
    process: subprocess.Popen[bytes]
    farewell: signal.Signals
    patience: float

    def stop(self) -> None:
        """End the program and what it started: gracefully, then by force."""
        if self.process.poll() is None:
            self.process.send_signal(self.farewell)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # its group is its own: see start()
        self.process.wait()


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str],
    farewell: signal.Signals = signal.SIGTERM,
    patience: float = 15.0,
    account: Account | None = None,
    output: IO[bytes] | None = None,
) -> Child:
    """Start ``command`` as ``account``, in a process group that a terminal's Ctrl-C doesn't reach.

    It gets ``farewell`` when this process dies, whatever kills it.
    """
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd="/" if account else ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=dying_with_parent(farewell),  # noqa: PLW1509 (started from the main thread)
        **as_user(account),
    )
    return Child(name, process, farewell, patience)
