"""Compiling gettext catalogues without GNU gettext: the .mo files are built, not committed."""

from collections.abc import Iterator
from pathlib import Path

import polib


def compile_changed(folder: Path) -> Iterator[tuple[str, int]]:
    """Write ``django.mo`` beside each ``django.po`` of ``folder`` that is newer than it.

    Yields the language and its number of messages for each one that was written.
    """
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        catalogue = polib.pofile(str(source))
        catalogue.save_as_mofile(str(target))
        yield source.parent.parent.name, len(catalogue)
