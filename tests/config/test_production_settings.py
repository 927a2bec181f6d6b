"""Production starts on safe settings only, and says everything that is wrong at once."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.checks import refuse_unsafe
from tools.console import ROOT

SECRET = "3Lq9vZ" * 9
SAFE: dict[str, Any] = {
    "debug": False,
    "secret_key": SECRET,
    "allowed_hosts": ["consultation.example.org"],
    "database_url": "postgres://polyphony:pass-word@db.example.org/polyphony",
    "site_url": "https://consultation.example.org",
    "from_email": "consultation@example.org",
    "styleguide": False,
    "mailbox": False,
    "public_scheme": "https",
}
SAFE_ENVIRONMENT = {
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "consultation.example.org",
    "DATABASE_URL": "postgres://nobody:pass-word@127.0.0.1:9/nothing",
    "SITE_URL": "https://consultation.example.org",
    "DEFAULT_FROM_EMAIL": "consultation@example.org",
}


def run_check(*options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """``django check`` in a process of its own, which knows only these variables."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
    }
    return subprocess.run(
        [sys.executable, "-m", "django", "check", *options],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_safe_settings_are_taken() -> None:
    refuse_unsafe(**SAFE)


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("debug", True, "DEBUG"),
        ("secret_key", "", "SECRET_KEY"),
        ("secret_key", "x" * 49, "SECRET_KEY"),
        ("secret_key", "django-insecure-" + SECRET, "SECRET_KEY"),
        ("allowed_hosts", [], "ALLOWED_HOSTS"),
        ("allowed_hosts", ["consultation.example.org", "*"], "ALLOWED_HOSTS"),
        ("database_url", "", "DATABASE_URL"),
        ("database_url", "sqlite:///polyphony.db", "DATABASE_URL"),
        ("site_url", "http://consultation.example.org", "SITE_URL"),
        ("site_url", "consultation.example.org", "SITE_URL"),
        ("from_email", "", "DEFAULT_FROM_EMAIL"),
        ("from_email", "consultation", "DEFAULT_FROM_EMAIL"),
        ("styleguide", True, "STYLEGUIDE"),
        ("mailbox", True, "MAILBOX"),
        ("public_scheme", "http", "PUBLIC_SCHEME"),
    ],
)
def test_an_unsafe_setting_is_refused_by_its_name(setting: str, value: Any, named: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        refuse_unsafe(**SAFE | {setting: value})
    assert re.findall(r"^- (\w+)", str(refusal.value), re.MULTILINE) == [named]


def test_a_secret_of_fifty_characters_is_long_enough() -> None:
    refuse_unsafe(**SAFE | {"secret_key": "y" * 50})


def test_a_process_without_settings_does_not_start_and_is_told_all_that_lacks() -> None:
    answer = run_check()
    assert answer.returncode != 0
    assert re.findall(r"^- (\w+)", answer.stderr, re.MULTILINE) == [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "SITE_URL",
        "DEFAULT_FROM_EMAIL",
    ]
    assert "docs/settings.md" in answer.stderr


def test_debug_in_production_does_not_start() -> None:
    answer = run_check(**SAFE_ENVIRONMENT, DEBUG="True")
    assert answer.returncode != 0
    assert re.findall(r"^- (\w+)", answer.stderr, re.MULTILINE) == ["DEBUG"]


def test_the_style_guide_does_not_start_in_production() -> None:
    answer = run_check(**SAFE_ENVIRONMENT, STYLEGUIDE="True")
    assert answer.returncode != 0
    assert re.findall(r"^- (\w+)", answer.stderr, re.MULTILINE) == ["STYLEGUIDE"]


def test_a_refusal_shows_no_value() -> None:
    answer = run_check(**SAFE_ENVIRONMENT | {"SECRET_KEY": "short-secret", "ALLOWED_HOSTS": "*"})
    assert answer.returncode != 0
    assert "short-secret" not in answer.stdout + answer.stderr
    assert "pass-word" not in answer.stdout + answer.stderr


def test_a_safe_environment_starts_and_passes_the_check_for_deployment() -> None:
    answer = run_check("--deploy", "--fail-level", "WARNING", **SAFE_ENVIRONMENT)
    assert answer.returncode == 0, answer.stderr
