"""A zip of PO files, read in memory: nothing of it is written to the disk, no name is followed."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from core.translating.po.reading import LARGEST, Fault, FileRefused

LARGEST_ARCHIVE = 5 * 1024 * 1024
MOST_FILES = 500
MOST_UNPACKED = 30 * 1024 * 1024
# What systems put into archives by themselves.
BY_THE_SYSTEM = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
SYMBOLIC_LINK = 0o120000
ENCRYPTED = 0x1


def files_of(content: bytes) -> list[tuple[str, bytes]]:
    """Name and content of each PO file. Raises ``FileRefused`` with all faults at once."""
    if len(content) > LARGEST_ARCHIVE:
        raise FileRefused(Fault("archive_too_large"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [one for one in archive.infolist() if not _is_skipped(one)]
            if faults := list(_faults(wanted)):
                raise FileRefused(*faults)
            return list(_unpacked(archive, wanted))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise FileRefused(Fault("not_zip")) from None


def _is_skipped(one: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(one.filename).parts
    return one.is_dir() or any(part in BY_THE_SYSTEM for part in parts)


def _faults(wanted: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    if not wanted:
        yield Fault("archive_empty")
    if len(wanted) > MOST_FILES:
        yield Fault("too_many_files")
        return
    if sum(one.file_size for one in wanted) > MOST_UNPACKED:
        yield Fault("archive_too_large")
        return
    seen = set()
    for one in wanted:
        name = one.filename[:200]
        if _is_trick(one):
            yield Fault("name", file=name)
        elif one.flag_bits & ENCRYPTED:
            yield Fault("encrypted", file=name)
        elif not one.filename.casefold().endswith(".po"):
            yield Fault("not_a_po_name", file=name)
        elif one.filename in seen:
            yield Fault("name_twice", file=name)
        elif one.file_size > LARGEST:
            yield Fault("too_large", file=name)
        seen.add(one.filename)


def _is_trick(one: zipfile.ZipInfo) -> bool:
    """A name that leads elsewhere, or a link."""
    name = one.orig_filename
    path = PurePosixPath(name)
    leads_away = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
    return (
        leads_away
        or not name.isprintable()
        or (one.external_attr >> 16) & 0o170000 == (SYMBOLIC_LINK)
    )


def _unpacked(
    archive: zipfile.ZipFile, wanted: list[zipfile.ZipInfo]
) -> Iterator[tuple[str, bytes]]:
    """A size that an archive states may be a lie: no more is read than a file may hold."""
    for one in wanted:
        with archive.open(one) as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise FileRefused(Fault("too_large", file=one.filename[:200]))
        if len(content) != one.file_size:
            raise FileRefused(Fault("not_zip"))
        yield one.filename, content
