"""The catalogues against the code: nothing to extract that isn't there, nothing left untranslated.

Works on a copy of the project: checking changes no file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from tools.console import ROOT, Trouble, speak

LEFT_OUT = shutil.ignore_patterns(
    ".*", "var", "media", "node_modules", "__pycache__", "tests", "tools", "docs"
)
EXTRACT = ["makemessages", "--all", "--no-location", "--no-wrap", "--no-obsolete", "-v", "0"]
Key = tuple[str | None, str, str]


def catalogues(root: Path) -> dict[str, polib.POFile]:
    """The catalogues under ``root`` by language."""
    files = sorted((root / "locale").glob("*/LC_MESSAGES/django.po"))
    return {path.parent.parent.name: polib.pofile(str(path)) for path in files}


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def faults(committed: polib.POFile, extracted: polib.POFile) -> list[str]:
    """What is wrong with ``committed``, given what the code's messages make of it."""
    known = {key(entry): entry for entry in committed if not entry.obsolete}
    wanted = {key(entry): entry for entry in extracted if not entry.obsolete}
    found = [f"not in the catalogue: {message[1]!r}" for message in wanted.keys() - known.keys()]
    found += [f"no longer used: {message[1]!r}" for message in known.keys() - wanted.keys()]
    for message, entry in known.items():
        if entry.fuzzy:
            found.append(f"fuzzy: {message[1]!r}")
        elif not entry.translated():
            found.append(f"not translated: {message[1]!r}")
        elif message in wanted and sorted(entry.flags) != sorted(wanted[message].flags):
            found.append(f"flags differ: {message[1]!r}")
    found += [f"obsolete: {entry.msgid!r}" for entry in committed.obsolete_entries()]
    return sorted(found)


def extract_into(copy: Path) -> None:
    """Copy the project to ``copy`` and run makemessages there."""
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(copy / "site"), str(copy)])}
    answer = subprocess.run(
        [sys.executable, "manage.py", *EXTRACT],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise Trouble(f"makemessages failed:\n{answer.stdout}{answer.stderr}")


def main() -> int:
    committed = catalogues(ROOT)
    if not committed:
        raise Trouble("There is no catalogue in locale/.")
    with tempfile.TemporaryDirectory(prefix="polyphony-catalogues-") as folder:
        copy = Path(folder) / "project"
        extract_into(copy)
        extracted = catalogues(copy)
    found = [
        f"{language}: {fault}"
        for language, catalogue in committed.items()
        for fault in faults(catalogue, extracted[language])
    ]
    print("\n".join(found))
    if found:
        raise Trouble("The catalogues don't match the code. Run manage.py makemessages, translate.")
    return 0


if __name__ == "__main__":
    sys.exit(speak(main))
