"""What the commands say: one line a step, and troubles in words instead of tracebacks."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
SECONDS_BETWEEN_LINES = 10.0  # progress on a stream that is not a terminal
LINES_SHOWN_ON_FAILURE = 30


class Trouble(Exception):
    """Something the person at the keyboard can mend; its text says how."""


class Step:
    """One line of progress: the title at once, what happens meanwhile, then the time it took."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.note = ""
        self._width = 0
        self._begun = time.monotonic()
        self._spoken = self._begun

    def _overwrite(self, text: str, end: str = "") -> None:
        print("\r" + text.ljust(self._width), end=end, flush=True)
        self._width = len(text)

    def progress(self, text: str) -> None:
        """Show where the step stands: in place on a terminal, now and then elsewhere."""
        if sys.stdout.isatty():
            self._overwrite(f"  {self.title}: {text}")
        elif time.monotonic() - self._spoken >= SECONDS_BETWEEN_LINES:
            self._spoken = time.monotonic()
            print(f"  {self.title}: {text}", flush=True)

    def begin(self) -> None:
        if sys.stdout.isatty():
            self._overwrite(f"  {self.title} ...")

    def end(self, outcome: str) -> None:
        seconds = time.monotonic() - self._begun
        title = f"{self.title} ({self.note})" if self.note else self.title
        line = f"  {title:<58} {outcome} {seconds:6.1f} s"
        if sys.stdout.isatty():
            self._overwrite(line, end="\n")
        else:
            print(line, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[Step]:
    """Announce ``title``, then say whether it went well and how long it took."""
    line = Step(title)
    line.begin()
    try:
        yield line
    except BaseException:
        line.end("failed")
        raise
    line.end("done")


def run_quietly(
    command: Sequence[str | Path],
    *,
    failure: str,
    on_line: Callable[[str], None] | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run ``command`` without showing its output unless it fails.

    ``on_line`` sees each line as it comes, for progress. Raises ``Trouble`` with ``failure`` and
    the last lines of the output when the exit code isn't 0.
    """
    tail: deque[str] = deque(maxlen=LINES_SHOWN_ON_FAILURE)
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=None if environment is None else dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None  # noqa: S101 (asked for above; tells the type checker)
        for line in process.stdout:
            tail.append(line.rstrip())
            if on_line is not None:
                on_line(line)
    if process.returncode != 0:
        raise Trouble("\n".join([failure, *(f"    {line}" for line in tail)]))


def speak(main: Callable[[], int]) -> int:
    """Run a command's ``main``; a trouble becomes a message on stderr and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", line_buffering=True)
    try:
        return main()
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130
