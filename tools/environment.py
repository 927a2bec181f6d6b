"""The virtual environments: making them, and filling them only when the pins changed."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.console import ROOT, Step, Trouble, run_quietly, step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEBIBYTE = 1024 * 1024
STAMP = "installed.json"


@dataclass(frozen=True)
class Purpose:
    """What an environment is for: its folder, its pins, and the room the first installation takes.

    ``includes`` names pins that are a part of these, so installing these installs them too.
    """

    name: str
    folder: str
    pins: str
    room: int  # bytes, downloads and the private database counted in
    includes: tuple[str, ...] = ()


RUN = Purpose("run", ".venv", "requirements-local.txt", 900 * MEBIBYTE)
DEVELOP = Purpose(
    "develop", ".venv", "requirements-dev.txt", 1500 * MEBIBYTE, ("requirements-local.txt",)
)
NEXT = Purpose("next", ".venv-next", "var/next/requirements.txt", 1500 * MEBIBYTE)
PURPOSES = {purpose.name: purpose for purpose in (RUN, DEVELOP, NEXT)}


def fingerprint(pins: Path) -> str:
    """A hash of the pins and of the Python they are installed for."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(python.encode() + pins.read_bytes()).hexdigest()


def installed(folder: Path) -> dict[str, str]:
    """The fingerprints of the pins that ``folder`` holds in full."""
    try:
        stamp = json.loads((folder / STAMP).read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def check_parts(find: Callable[[str], object | None] = importlib.util.find_spec) -> None:
    """Raise ``Trouble`` with Debian's package name when this Python can't make environments."""
    if any(find(module) is None for module in ("venv", "ensurepip")):
        version = f"python3.{sys.version_info.minor}"
        package = "python3-venv" if version == "python3.11" else f"{version}-venv"
        raise Trouble(
            f"This Python ({sys.executable}) can't make virtual environments.\n"
            f"On Debian: apt-get install {package}"
        )


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def check_room(folder: Path, needed: int, free: Callable[[Path], int] = free_bytes) -> None:
    """Raise ``Trouble`` when the disk that holds ``folder`` has less than ``needed`` bytes left."""
    left = free(folder)
    if left < needed:
        raise Trouble(
            f"No room on the disk of {folder}: {needed // MEBIBYTE} MiB are needed, "
            f"{left // MEBIBYTE} MiB are free. Make room there, then run the command again."
        )


def check_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK):
        raise Trouble(
            f"{folder} can't be written to by this user. "
            "Run the command as the owner of the folder, or clone the project into one of yours."
        )


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other command fills the environments of this clone."""
    folder.mkdir(exist_ok=True)
    with (folder / "setup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Waiting for another command that is installing here"):
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(folder: Path) -> None:
    """Make the virtual environment, or make it anew when its Python is gone or is another."""
    python = folder / "bin" / "python"
    question = "import sys; print(*sys.version_info[:2])"
    if python.exists():
        answer = subprocess.run(
            [python, "-c", question], capture_output=True, text=True, check=False
        )
        if answer.stdout.split() == [str(part) for part in sys.version_info[:2]]:
            return
    with step(f"Virtual environment in {folder.name}/") as line:
        line.note = f"Python {sys.version_info.major}.{sys.version_info.minor}"
        run_quietly(
            [sys.executable, "-m", "venv", "--clear", folder],
            failure=f"The virtual environment {folder} could not be made:",
        )


def install(folder: Path, pins: Path, options: tuple[str, ...] = ()) -> None:
    """Install what ``pins`` lists, saying how far it got; ``Trouble`` carries pip's own words."""
    python = folder / "bin" / "python"
    total = sum(bool(re.match(r"[A-Za-z0-9]", line)) for line in pins.read_text().splitlines())
    if subprocess.call([python, "-c", "import pip"], stderr=subprocess.DEVNULL) != 0:
        run_quietly([python, "-m", "ensurepip"], failure="pip could not be installed:")
    with step(f"Packages of {pins.name}") as line:
        pip = ("-m", "pip", "install", "--no-input", "--disable-pip-version-check")
        run_quietly(
            [python, *pip, "--progress-bar", "off", *options, "-r", pins],
            failure="The packages could not be installed. pip said:",
            on_line=PipProgress(line, total),
        )


class PipProgress:
    """Turns pip's output into "12 of 60 fetched"."""

    def __init__(self, line: Step, total: int) -> None:
        self._line = line
        self._total = total
        self._fetched = 0

    def __call__(self, output: str) -> None:
        if output.startswith("Collecting "):
            self._fetched += 1
            of_total = f" of {self._total}" if self._fetched <= self._total else ""
            self._line.progress(f"{self._fetched}{of_total} fetched")
        elif output.startswith("Installing collected packages"):
            self._line.note = f"{self._fetched} packages"
            self._line.progress(f"installing {self._fetched} packages")


def prepare(purpose: Purpose, root: Path = ROOT) -> Path:
    """Leave the environment for ``purpose`` complete and return its Python.

    Nothing is installed when the pins and the Python are those of the last time; what has no pins
    is brought to the newest each time.
    """
    folder = root / purpose.folder
    pins = root / purpose.pins
    mark = fingerprint(pins)
    python = folder / "bin" / "python"

    def complete() -> bool:
        return purpose is not NEXT and installed(folder).get(purpose.pins) == mark

    if python.exists() and complete():
        return python
    check_parts()
    check_writable(root)
    check_room(root, purpose.room)
    with one_at_a_time(root / "var"):
        make(folder)
        if not complete():
            upgrade = ("--upgrade",) if purpose is NEXT else ()
            install(folder, pins, upgrade)
            stamp = installed(folder) | {purpose.pins: mark}
            stamp |= {part: fingerprint(root / part) for part in purpose.includes}
            (folder / STAMP).write_text(json.dumps(stamp, indent=1))
    return python


def newest_requirements(root: Path = ROOT) -> Path:
    """Write the requirements with Django, Wagtail and wagtail-localize set free of their pins."""
    lines: list[str] = []
    for source in ("requirements.in", "requirements-local.in", "requirements-dev.in"):
        for line in (root / source).read_text().splitlines():
            if not line.strip() or line.startswith("-r "):
                continue
            lines.append(
                re.sub(r"^(django|wagtail|wagtail-localize)==\S+$", r"\1", line, flags=re.I)
            )
    target = root / NEXT.pins
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n")
    return target
