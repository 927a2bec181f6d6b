"""Who runs PostgreSQL: it refuses root, so root lends it an unprivileged account."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from tools.console import Trouble

if TYPE_CHECKING:
    from pathlib import Path


class AsUser(TypedDict):
    """The part of ``subprocess.Popen``'s arguments that changes user."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


@dataclass(frozen=True)
class Account:
    """An account that owns no one's files, as root can use it."""

    user: int
    group: int

    def reaches(self, path: Path) -> bool:
        """Whether this account can open ``path`` (each folder above it counts)."""
        test = shutil.which("test") or "/usr/bin/test"
        # -r and -x: a folder must be listed and entered, a program read and run.
        command = [test, "-r", str(path), "-a", "-x", str(path)]
        return subprocess.run(command, cwd="/", check=False, **as_user(self)).returncode == 0

    def give(self, path: Path) -> None:
        """Make this account the owner of ``path`` (the folder itself, not what it holds)."""
        os.chown(path, self.user, self.group)


def as_user(account: Account | None) -> AsUser:
    """How to start a program as ``account``, or as this process's own user."""
    if account is None:
        return {"user": None, "group": None, "extra_groups": None}
    return {"user": account.user, "group": account.group, "extra_groups": []}


def lent_account() -> Account | None:
    """The account to run PostgreSQL as: None for an ordinary user, who runs it."""
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise Trouble(
            "PostgreSQL does not run as root and there is no account 'nobody' to lend it. "
            "Run the command as an ordinary user, or name a server in DATABASE_URL."
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid)
