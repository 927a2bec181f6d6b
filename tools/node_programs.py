"""Programs that npm brings, pinned in ``tools/node/package-lock.json``; they go to ``var/node``."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from tools import debian
from tools.console import ROOT, run_quietly, step
from tools.environment import one_at_a_time

if TYPE_CHECKING:
    from pathlib import Path

PINS = ROOT / "tools" / "node"
FILES = ("package.json", "package-lock.json", ".npmrc")
MARK = "installed"


def fingerprint(pins: Path = PINS) -> str:
    """A hash of what is to be installed."""
    return hashlib.sha256(b"".join((pins / name).read_bytes() for name in FILES)).hexdigest()


def node_modules(root: Path = ROOT, pins: Path = PINS) -> Path:
    """The folder of the pinned packages, filled first when the pins changed.

    No package's own script runs. ``Trouble`` names what is missing, or carries npm's words.
    """
    folder = root / "var" / "node"
    mark = folder / MARK
    debian.need(debian.NODE)
    with one_at_a_time(root / "var"):
        if not mark.exists() or mark.read_text() != fingerprint(pins):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for name in FILES:
                shutil.copy(pins / name, folder / name)
            with step("Packages of tools/node/package-lock.json"):
                run_quietly(
                    ["npm", "ci", "--prefix", folder, "--no-progress"],
                    failure="The packages could not be installed. npm said:",
                )
            mark.write_text(fingerprint(pins))
    return folder / "node_modules"
