"""`make run` where it must refuse, each time in words that help."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import database_url, run
from tools.console import Trouble
from tools.lock import only_copy


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """What the launcher says in a copy of the project, without the installation before it."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "tools.run"],
        cwd=folder,
        env=kept | {"DJANGO_SETTINGS_MODULE": "config.settings.dev"} | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_a_taken_port_is_named_with_the_way_to_choose_another(copy: Path, taken_port: int) -> None:
    answer = start(copy, PORT=str(taken_port))
    assert answer.returncode == 1
    assert f"Port {taken_port} is taken" in answer.stderr
    assert "make run PORT=" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("text", ["", "0", "65536", "http", "-1", "\uff18000"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Trouble, match="1 to 65535"):
        run.chosen_port(text)


def test_a_second_copy_says_where_the_first_is(copy: Path) -> None:
    with only_copy(copy / "var" / "run.lock", "http://127.0.0.1:8000"):
        answer = start(copy, PORT="8123")
    assert answer.returncode == 1
    assert f"process {os.getpid()}, http://127.0.0.1:8000" in answer.stderr


def test_a_lock_left_by_a_killed_copy_does_not_matter(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    lock.write_text("process 1, http://127.0.0.1:8000\n")
    with only_copy(lock, "http://127.0.0.1:8001"):
        assert lock.read_text() == f"process {os.getpid()}, http://127.0.0.1:8001\n"


def test_an_unreachable_database_is_named_without_its_password(copy: Path) -> None:
    answer = start(
        copy, DATABASE_URL="postgres://app:s3cret%2Fword@127.0.0.1:9/consultation", PORT="8124"
    )
    said = answer.stdout + answer.stderr
    assert answer.returncode == 1
    assert "127.0.0.1:9, database consultation" in said
    assert "Connection refused" in said
    assert "s3cret" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgres://app:s3cret/word@127.0.0.1/consultation", "can't be read"),
        ("sqlite:///s3cret", "must name a PostgreSQL database"),
        ("postgres://app:s3cret@127.0.0.1", "names no database"),
    ],
)
def test_a_database_address_that_can_not_work_is_refused_without_quoting_it(
    url: str, reason: str
) -> None:
    with pytest.raises(Trouble, match=reason) as trouble:
        database_url.check_form(url)
    assert "s3cret" not in str(trouble.value)


def test_a_password_is_blotted_out_of_the_servers_words() -> None:
    url = "postgres://app:p%40ss@127.0.0.1/consultation"
    said = database_url.without_password("no p%40ss and no p@ss", url)
    assert said == "no ••• and no •••"


def test_the_demo_password_is_made_once_and_read_by_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    monkeypatch.setattr(run, "PASSWORD", tmp_path / "demo-password")
    password = run.demo_password()
    assert len(password) >= 12
    assert run.demo_password() == password
    assert (tmp_path / "demo-password").stat().st_mode & 0o777 == 0o600


def test_a_demo_password_that_is_given_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "chosen by hand")
    assert run.demo_password() == "chosen by hand"
