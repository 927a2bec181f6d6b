"""What comes from Debian's packages: installed when root may, else named in one line."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from tools.console import Trouble, run_quietly, step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CHROMIUM = {"chromium": "chromium"}
# The same browser without its window: a fifth quicker, which tests gain from.
WINDOWLESS = {"chromium-headless-shell": "chromium-headless-shell"}
GETTEXT = {"xgettext": "gettext", "msgmerge": "gettext"}
NODE = {"node": "nodejs", "npm": "npm"}
JAVA = {"java": "default-jre-headless"}
OFFICE = {"soffice": "libreoffice-calc-nogui"}
CLAMD = {"clamd": "clamav-daemon"}
MORE = {
    **{"git": "git", "make": "make", "pg_virtualenv": "postgresql"},
    **{**NODE, **JAVA, **OFFICE, **CLAMD},
}


def missing_packages(
    programs: Mapping[str, str], which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """Debian's packages for those of ``programs`` (program → package) that aren't there."""
    return sorted({package for program, package in programs.items() if which(program) is None})


def browser(which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The program that tests drive: the one that CHROMIUM names, else the quicker that is there."""
    named = os.environ.get("CHROMIUM")
    programs = [named] if named else [*WINDOWLESS, *CHROMIUM]
    return next((found for program in programs if (found := which(program))), None)


def need(programs: Mapping[str, str]) -> None:
    """Have ``programs``, or raise ``Trouble`` that says how to get them."""
    packages = missing_packages(programs)
    if not packages:
        return
    hint = f"apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Trouble(f"Missing: {', '.join(packages)}. On Debian, as root: {hint}")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    failure = f"Missing: {', '.join(packages)}, and this failed: {hint}"
    with step(f"Debian's packages: {', '.join(packages)}"):
        run_quietly(["apt-get", "update", "-q"], failure=failure, environment=quiet)
        install = ["apt-get", "install", "-qy", "--no-install-recommends", *packages]
        run_quietly(install, failure=failure, environment=quiet)
    if missing_packages(programs):
        raise Trouble(failure)
