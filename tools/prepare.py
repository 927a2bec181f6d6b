"""``python -m tools.prepare``: bring the database that DATABASE_URL names up to date and fill it.

One process for all the steps: starting Django takes longer than most of them.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import django
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from tools import database_url
from tools.console import ROOT, Step, Trouble, speak, step

if TYPE_CHECKING:
    from collections.abc import Callable

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


class Listener(io.StringIO):
    """Hands each line that a command prints to ``on_line``, and keeps none."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        super().__init__()
        self._on_line = on_line
        self._rest = ""

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._on_line(line.strip())
        return len(text)


def migrate(line: Step) -> None:
    """Apply what is missing, counting it."""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    done = 0

    def count(said: str) -> None:
        nonlocal done
        if said.endswith(" OK"):
            done += 1
            line.progress(f"{done} of {missing}")

    line.note = f"{missing} applied" if missing else "up to date"
    call_command("migrate", interactive=False, stdout=Listener(count))


def load_demo(line: Step) -> None:
    """Load the demo consultation and note its accounts, shown at the end of every start."""
    accounts = import_module("home.demonstration.accounts").ACCOUNTS
    call_command("load_demo", stdout=Listener(line.progress))
    rows = [f"  {account.role:<22} {account.username}" for account in accounts]
    ACCOUNTS.parent.mkdir(exist_ok=True)
    ACCOUNTS.touch(mode=0o600)
    ACCOUNTS.write_text(
        "\n".join([*rows, f"  {'Password of each':<22} {os.environ['DEMO_PASSWORD']}", ""]),
        encoding="utf-8",
    )


def main() -> int:
    django.setup()
    with step("Connection") as line:
        version = connect()
        line.note = f"PostgreSQL {version // 10_000}"
    with step("Migrations") as line:
        migrate(line)
    with step("Catalogues"):
        call_command("compile_catalogues", verbosity=0)
    with step("Languages, roles and address") as line:
        call_command("prepare_site", stdout=Listener(line.progress))
    if not apps.get_model("home", "HomePage").objects.exists():
        with step("Demo consultation") as line:
            load_demo(line)
    return 0


if __name__ == "__main__":
    sys.exit(speak(main))
