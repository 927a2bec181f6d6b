"""``make reset``: drop the private database, uploads and secrets in var/, to start afresh."""

from __future__ import annotations

import os
import shutil
import sys

from tools.console import Trouble, speak, step
from tools.lock import only_copy
from tools.postgres import Cluster
from tools.run import LOCK, VAR

KEPT = {LOCK.name, "setup.lock"}


def confirmed() -> bool:
    """Whether the person agrees: asked on a terminal, taken as agreed with YES=1 or without one."""
    if os.environ.get("YES") == "1" or not sys.stdin.isatty():
        return True
    answer = input(f"Drop everything in {VAR}: database, uploads, accounts? [y/N] ")
    return answer.strip().lower() in {"y", "yes"}


def drop() -> None:
    """Remove what is in var/, and the database's folder where var/ only links to it."""
    database = VAR / "postgres"
    if database.exists():
        place = database.resolve()
        Cluster(place, durable=True).stop()  # one that a killed launcher left running
        shutil.rmtree(place)
    for entry in VAR.iterdir():
        if entry.name in KEPT:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def main() -> int:
    if not VAR.exists():
        print("Nothing to drop.")
        return 0
    if not confirmed():
        print("Nothing was dropped.")
        return 1
    with only_copy(LOCK, "make reset"), step("Dropping the data in var/"):
        try:
            drop()
        except PermissionError as error:
            raise Trouble(
                f"{error.filename} belongs to another user: reset as that user."
            ) from None
    if os.environ.get("DATABASE_URL"):
        print("The database named by DATABASE_URL was not touched.")
    return 0


if __name__ == "__main__":
    sys.exit(speak(main))
