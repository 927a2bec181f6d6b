"""``python -m tools.prepare``: bring the database that DATABASE_URL names up to date and fill it.

One process for all the steps: starting Django takes longer than most of them.
"""

from __future__ import annotations

import io
import os
import sys

import django
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from tools import database_url
from tools.console import ROOT, Step, Trouble, speak, step

OLDEST_POSTGRESQL = 150_000  # as the server numbers itself: 15.0
ACCOUNTS = ROOT / "var" / "demo-accounts"


def connect() -> int:
    """The server's version number. ``Trouble`` when it can't be used, without the password."""
    url = os.environ["DATABASE_URL"]
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = database_url.without_password(str(error).strip(), url)
        raise Trouble(
            f"The database named by DATABASE_URL can't be reached "
            f"({database_url.place(url)}):\n{reason}\n"
            "Start that server, correct DATABASE_URL, or unset it to use a private database."
        ) from None
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        (version,) = cursor.fetchone()
    if int(version) < OLDEST_POSTGRESQL:
        raise Trouble("PostgreSQL 15 or newer is needed.")
    return int(version)


class AppliedMigrations(io.StringIO):
    """Reads what ``migrate`` prints and shows how many of ``total`` are applied."""

    def __init__(self, line: Step, total: int) -> None:
        super().__init__()
        self._line = line
        self._total = total
        self._done = 0

    def write(self, text: str) -> int:
        if text.rstrip().endswith(" OK"):
            self._done += 1
            self._line.progress(f"{self._done} of {self._total}")
        return len(text)


def migrate(line: Step) -> None:
    """Apply what is missing, counting it."""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    line.note = f"{missing} applied" if missing else "up to date"
    call_command("migrate", interactive=False, stdout=AppliedMigrations(line, missing))


def load_demo() -> None:
    """Load the demo consultation and keep the accounts it prints for the end of every start."""
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    ACCOUNTS.touch(mode=0o600)
    ACCOUNTS.write_text(said.getvalue())


def main() -> int:
    django.setup()
    with step("Connection") as line:
        version = connect()
        line.note = f"PostgreSQL {version // 10_000}"
    with step("Migrations") as line:
        migrate(line)
    with step("Catalogues"):
        call_command("compile_catalogues", verbosity=0)
    with step("Locales, groups and site"):
        call_command("prepare_site", verbosity=0)
    if not apps.get_model("home", "HomePage").objects.exists():
        with step("Demo consultation"):
            load_demo()
    return 0


if __name__ == "__main__":
    sys.exit(speak(main))
