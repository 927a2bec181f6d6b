"""What ``make run`` started: in order, watched, and stopped in the reverse order."""

from __future__ import annotations

import signal
import sys
import time
from typing import TYPE_CHECKING

from tools.children import Child, start
from tools.console import Trouble, step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType

    from tools.postgres import Cluster

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):
    """Ctrl-C, or a signal that means the same."""


class Failed(Exception):
    """A step failed and has said so itself."""


class Launch:
    """The database, if it is ours, and the programs started on it."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.cluster: Cluster | None = None
        self.asked = False

    def listen(self) -> None:
        """From now on Ctrl-C and its like are remembered instead of ending this process."""
        for number in STOP_SIGNALS:
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        """Asked twice, nobody waits for the site and the worker any more."""
        if self.asked:
            for child in self.children:
                child.process.kill()
        self.asked = True

    def start(
        self, name: str, *module: str, environment: Mapping[str, str], patience: float = 15
    ) -> Child:
        """Start ``python -m module…``; once asked to stop it may take ``patience`` seconds."""
        self.go_on()
        child = start(
            name, [sys.executable, "-m", *module], environment=environment, patience=patience
        )
        self.children.append(child)
        return child

    def go_on(self) -> None:
        """Raise ``StopAsked`` when a signal came, ``Trouble`` when a child ended by itself."""
        if self.asked:
            raise StopAsked
        database = self.cluster.child if self.cluster is not None else None
        for child in [*([database] if database else []), *self.children]:
            code = child.process.poll()
            if code is not None:
                raise Trouble(f"The {child.name} stopped by itself ({ending(code)}).")

    def finish(self, child: Child) -> None:
        """Wait for ``child``, which ends by itself; ``Failed`` unless it went well."""
        while child.process.poll() is None:
            if self.asked:
                raise StopAsked
            time.sleep(0.02)
        self.children.remove(child)
        if self.asked:
            raise StopAsked
        if child.process.returncode != 0:
            raise Failed

    def wait_until(self, condition: Callable[[], bool], seconds: float, otherwise: str) -> None:
        """Wait for ``condition`` while all goes well; ``Trouble(otherwise)`` after ``seconds``."""
        deadline = time.monotonic() + seconds
        while not condition():
            self.go_on()
            if time.monotonic() > deadline:
                raise Trouble(otherwise)
            time.sleep(0.1)

    def watch(self) -> None:
        """Do nothing until there is a reason to stop, and raise it."""
        while True:
            self.go_on()
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop everything, the last started first: the database outlives those who use it."""
        if not self.children and self.cluster is None:
            return
        print()
        with step("Stopping"):
            for child in reversed(self.children):
                child.stop()
            if self.cluster is not None:
                self.cluster.stop()


def ending(code: int) -> str:
    """How a process ended, from its exit code as Python gives it."""
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"
