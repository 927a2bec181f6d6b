"""`make run` on a fresh clone, from nothing to a stopped site: by root and by an ordinary user."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands.processes import working_in
from tests.fixtures.server import free_port
from tools.accounts import Account, as_user
from tools.console import ROOT
from tools.postgres import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.more,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("make run"),  # each clone is made once
]

SECONDS_FOR_THE_FIRST_START = 420
SECONDS_FOR_ANOTHER_START = 60
READY = "Polyphony is ready"
OTHERS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "POLYPHONY_TEST_RUN", "PYTHONPATH", "PORT")


@dataclass
class Clone:
    """A fresh clone and who works in it."""

    folder: Path
    account: Account | None

    def environment(self, **variables: str) -> dict[str, str]:
        """This machine's, less what the test run set, with a home of its own."""
        kept = {name: value for name, value in os.environ.items() if name not in OTHERS}
        return kept | {"HOME": str(self.folder.parent), "YES": "1"} | variables

    def make(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """A command that ends by itself."""
        return subprocess.run(
            ["make", *words],
            cwd=self.folder,
            env=self.environment(**variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS_FOR_THE_FIRST_START,
            **as_user(self.account),
        )

    @contextlib.contextmanager
    def running(self, port: int, *, within: float) -> Iterator[Running]:
        """The site from its start to Ctrl-C, as a terminal sends it: to the whole group."""
        said = self.folder.parent / f"said-{time.monotonic_ns()}"
        begun = time.monotonic()
        with said.open("wb") as output:
            process = subprocess.Popen(
                ["make", "run"],
                cwd=self.folder,
                env=self.environment(PORT=str(port)),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **as_user(self.account),
            )
        started = Running(process, said)
        try:
            wait_until(lambda: READY in started.output or process.poll() is not None, within)
            assert READY in started.output, started.output
            started.seconds = time.monotonic() - begun
            yield started
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            process.wait(60)


@dataclass
class Running:
    """A started `make run`."""

    process: subprocess.Popen[bytes]
    said: Path
    seconds: float = 0

    @property
    def output(self) -> str:
        return self.said.read_text(encoding="utf-8", errors="replace")


def people() -> list[str]:
    """Who can be tried here: root can be anyone, an ordinary user only themself."""
    return ["root", "ordinary user"] if os.geteuid() == 0 else ["ordinary user"]


@pytest.fixture(scope="module", params=people())
def clone(request: pytest.FixtureRequest) -> Iterator[Clone]:
    """A fresh clone of what is committed, with nothing installed."""
    account = None
    if os.geteuid() == 0 and request.param == "ordinary user":
        nobody = pwd.getpwnam("nobody")
        account = Account(nobody.pw_uid, nobody.pw_gid)
    home = Path(tempfile.mkdtemp(prefix="polyphony-clone-", dir="/tmp"))
    folder = home / "polyphony"
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, folder], check=True)
    if account is not None:
        for path in (home, *home.rglob("*")):
            os.chown(path, account.user, account.group, follow_symlinks=False)
    made = Clone(folder, account)
    yield made
    made.make("reset")  # a database of root's may lie elsewhere
    shutil.rmtree(home)


@pytest.fixture(scope="module")
def first_start(clone: Clone) -> Running:
    """The first start, over when the test begins; both languages were asked for meanwhile."""
    port = free_port()
    with clone.running(port, within=SECONDS_FOR_THE_FIRST_START) as started:
        for language in ("en", "fr"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{language}/") as page:
                assert page.status == 200
                assert f'lang="{language}' in page.read().decode()
    return started


def test_a_fresh_clone_comes_up_and_says_where(first_start: Running) -> None:
    for line in ("Virtual environment", "Packages", "PostgreSQL", "Migrations", "Demo", "Site"):
        assert line in first_start.output
    for address in ("/en/", "/fr/", "/admin/"):
        assert address in first_start.output


def test_an_account_for_each_role_is_shown(first_start: Running) -> None:
    for role in ("editor", "translator", "moderator", "organiser"):
        assert role in first_start.output.lower()


def test_ctrl_c_leaves_no_process(clone: Clone, first_start: Running) -> None:
    assert "Stopping" in first_start.output
    assert working_in(clone.folder) == []


def test_the_second_start_takes_seconds_and_keeps_the_data(
    clone: Clone, first_start: Running
) -> None:
    with clone.running(free_port(), within=SECONDS_FOR_ANOTHER_START) as started:
        pass
    assert started.seconds < max(20, first_start.seconds / 2)
    assert "up to date" in started.output
    assert "Demo" not in started.output.split(READY)[0]


def test_a_second_copy_is_refused_while_the_first_goes_on(
    clone: Clone, first_start: Running
) -> None:
    port = free_port()
    with clone.running(port, within=SECONDS_FOR_ANOTHER_START):
        answer = clone.make("run", PORT=str(free_port()))
        assert answer.returncode != 0
        assert "Another copy is running in this folder: process" in answer.stderr
        assert str(port) in answer.stderr
        urllib.request.urlopen(f"http://127.0.0.1:{port}/en/").close()


def test_manage_py_works_on_the_running_sites_database(clone: Clone, first_start: Running) -> None:
    with clone.running(free_port(), within=SECONDS_FOR_ANOTHER_START):
        answer = subprocess.run(
            [".venv/bin/python", "manage.py", "migrate", "--check"],
            cwd=clone.folder,
            env=clone.environment(),
            capture_output=True,
            text=True,
            check=False,
            **as_user(clone.account),
        )
    assert answer.returncode == 0, answer.stderr


def test_a_killed_launcher_takes_everything_with_it_and_the_next_start_works(
    clone: Clone, first_start: Running
) -> None:
    with clone.running(free_port(), within=SECONDS_FOR_ANOTHER_START) as started:
        os.killpg(started.process.pid, signal.SIGKILL)
        assert wait_until(lambda: working_in(clone.folder) == [], 30), working_in(clone.folder)
    with clone.running(free_port(), within=SECONDS_FOR_ANOTHER_START):
        pass


def test_reset_starts_afresh(clone: Clone, first_start: Running) -> None:
    assert clone.make("reset").returncode == 0
    left = {entry.name for entry in (clone.folder / "var").iterdir()}
    assert left <= {"run.lock", "setup.lock"}
