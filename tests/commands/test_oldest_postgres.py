"""The suite on PostgreSQL 15 as Debian 12 packages it, the oldest that is supported."""

import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from tools.console import ROOT

pytestmark = [pytest.mark.more, pytest.mark.timeout(3300)]

SERVER = ("pg_virtualenv", "-v", "15", "-o", "fsync=off")
OURS = ("DATABASE_URL", "POLYPHONY_TEST_", "PYTEST_")  # what variables of this run begin with
# What it sets for its own server is no other server's: some tests start one beside it.
SUITE = (
    'export DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"; '
    "unset PGUSER PGPASSWORD PGHOST PGPORT PGDATABASE PGCLUSTER; "
    'exec "$0" -m pytest -q -o cache_dir="$1" $2 -m "not more and not browser"'
    " --ignore=tests/commands"
)


def suite(cache: Path, how: str) -> tuple[int, list[str]]:
    """Run it on a server of its own: how it ended, and what it told of failures."""
    answer = subprocess.run(
        [*SERVER, "sh", "-c", SUITE, sys.executable, str(cache), how],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith(OURS)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = [line for line in answer.stdout.splitlines() if line.startswith(("FAILED", "ERROR "))]
    return answer.returncode, [answer.stdout[-6000:], answer.stderr[-2000:], *failed]


def test_the_suite_passes_on_postgresql_15(tmp_path: Path) -> None:
    """A difference of the version shows again in what is run alone; an accident is only told."""
    assert shutil.which("pg_virtualenv"), "missing: apt-get install postgresql"
    ended, told = suite(tmp_path / "cache", "-n 0")  # other long tests run beside it
    if ended == 1:  # some tests failed: not a server that can't start, nor a broken suite
        warnings.warn("\n".join(told), stacklevel=1)
        again_alone = "-n 0 --last-failed --last-failed-no-failures none"
        ended, again = suite(tmp_path / "cache", again_alone)
        told += again
    assert ended == 0, "\n".join(told)
