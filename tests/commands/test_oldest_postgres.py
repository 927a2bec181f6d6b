"""The suite on PostgreSQL 15 as Debian 12 packages it, the oldest that is supported."""

import os
import shutil
import subprocess
import sys

import pytest

from tools.console import ROOT

pytestmark = [pytest.mark.more, pytest.mark.timeout(2400)]

OURS = ("DATABASE_URL", "POLYPHONY_TEST_RUN")
# What it sets for its own server is no other server's: some tests start one beside it.
SUITE = (
    'export DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"; '
    "unset PGUSER PGPASSWORD PGHOST PGPORT PGDATABASE PGCLUSTER; "
    'exec "$0" -m pytest -q -n logical -m "not more and not browser" --ignore=tests/commands'
)


def test_the_suite_passes_on_postgresql_15() -> None:
    assert shutil.which("pg_virtualenv"), "missing: apt-get install postgresql"
    answer = subprocess.run(
        ["pg_virtualenv", "-v", "15", "-o", "fsync=off", "sh", "-c", SUITE, sys.executable],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in OURS},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = [line for line in answer.stdout.splitlines() if line.startswith(("FAILED", "ERROR "))]
    told = [*failed, answer.stdout[-3000:], answer.stderr[-2000:]]
    assert answer.returncode == 0, "\n".join(told)
