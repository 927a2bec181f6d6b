"""``make test`` and ``make test-more``: have what the tests need, then pytest on every core.

One process more than there are cores: some of them always wait for their browser or database.

Those of ``make test-more`` take minutes each, and many of them mostly wait: they are given out one
by one, the longest first (``tests/fixtures/order.py``). Those of one group stay together.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from tools import debian
from tools.console import ROOT, speak

NO_TESTS = 5  # pytest's exit code when nothing was selected


def environment() -> dict[str, str]:
    """Ours, but what one process compiles is kept for the others: the tests start dozens."""
    return {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> int:
    """Run pytest with the arguments that aren't ours; its exit code is ours."""
    parser = argparse.ArgumentParser(prog="make test")
    parser.add_argument("--more", action="store_true", help="run the tests marked `more` instead")
    ours, theirs = parser.parse_known_args()
    if debian.browser() is None and not os.environ.get("CHROMIUM"):
        debian.need(debian.WINDOWLESS)
    if ours.more:
        debian.need(debian.MORE)
        chosen = ["-m", "more", "-n", "logical", "--dist", "loadgroup", "--no-loadscope-reorder"]
    else:
        chosen = ["-n", str(len(os.sched_getaffinity(0)) + 1), "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", *chosen, *theirs]
    code = subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode
    if code == NO_TESTS and not theirs:
        print("No test was selected: something is wrong with the suite.", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(speak(main))
