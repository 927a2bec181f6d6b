"""``make lint``: every check, all of them even when one fails."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tools import debian
from tools.console import ROOT, speak

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
UNUSED_DATABASE = "postgres://nobody@127.0.0.1:9/nothing"  # no check may need a database
TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": UNUSED_DATABASE}
PRODUCTION_SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "DATABASE_URL": UNUSED_DATABASE,
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "consultation.example.org",
    "SITE_URL": "https://consultation.example.org",
    "DEFAULT_FROM_EMAIL": "consultation@example.org",
}
LINT_IMPORTS = str(Path(sys.executable).with_name("lint-imports"))  # no module starts it
TEMPLATES = ("site", "home", "themes", "submissions", "search")
Check = tuple[str, list[str], "Mapping[str, str]"]
CHECKS: list[Check] = [
    ("style", ["-m", "ruff", "check", "."], {}),
    ("format", ["-m", "ruff", "format", "--check", "."], {}),
    ("types", ["-m", "mypy"], {}),
    ("templates", ["-m", "djlint", *TEMPLATES, "--lint", "--quiet"], {}),
    ("who imports whom", [LINT_IMPORTS, "--no-logo"], {}),
    ("migrations", ["-m", "django", "makemigrations", "--check", "--dry-run"], TEST_SETTINGS),
    ("catalogues", ["-m", "tools.catalogues"], TEST_SETTINGS),
    (
        "production settings",
        ["-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION_SETTINGS,
    ),
]


def passes(title: str, arguments: list[str], settings: Mapping[str, str]) -> bool:
    """Run one check; its output is shown when it fails."""
    begun = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": PATH, **settings}
    command = [sys.executable, "-W", "ignore::RuntimeWarning", *arguments]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    good = answer.returncode == 0
    seconds = time.monotonic() - begun
    print(f"  {title:<58} {'ok' if good else 'FAILED':<6} {seconds:6.1f} s")
    if not good:
        print(answer.stdout + answer.stderr)
    return good


def main() -> int:
    debian.need(debian.GETTEXT)
    failed = [check[0] for check in CHECKS if not passes(*check)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(speak(main))
