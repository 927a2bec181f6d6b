"""Programs that the commands start, and how they end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.commands.processes import running
from tools.children import Child, start
from tools.console import ROOT
from tools.postgres import wait_until

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""
PARENT = """
import os, sys, time
from tools.children import start
print(start("idle", [sys.executable, "-c", "import time; time.sleep(60)"],
    environment=os.environ).process.pid, flush=True)
time.sleep(60)
"""


def start_stubborn(folder: Path) -> tuple[Child, int]:
    """A child that ignores the polite signal, and the number of a child of its own."""
    said = folder / "said"
    with said.open("wb") as output:
        child = start(
            "stubborn",
            [sys.executable, "-c", STUBBORN],
            environment=os.environ,
            patience=0.2,
            output=output,
        )
    assert wait_until(lambda: said.read_text().endswith("\n"), 30)
    return child, int(said.read_text())


def test_a_child_that_ignores_the_polite_signal_is_ended_by_force(tmp_path: Path) -> None:
    child, _ = start_stubborn(tmp_path)
    begun = time.monotonic()
    child.stop()
    assert child.process.returncode == -signal.SIGKILL
    assert time.monotonic() - begun < 30


def test_what_a_child_started_ends_with_it(tmp_path: Path) -> None:
    child, grandchild = start_stubborn(tmp_path)
    child.stop()
    assert wait_until(lambda: not running(grandchild), 30)


def test_a_child_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    assert wait_until(lambda: not running(child), 30)
