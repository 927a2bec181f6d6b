"""The zip that DOCX and ODT are packed in: its list is checked first, then each member as it comes.

Nothing is unpacked to a disk, or whole: pieces go by, are counted, and are handed on.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from submissions.contributions.files.judging import limits
from submissions.contributions.files.judging.verdict import RefusedError

PIECE = 64 * 1024
END_OF_LIST = b"PK\x05\x06"
END_LENGTH = 22
LOCAL_HEADER = 30
ENCRYPTED = 0x1
STRANGE = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|^/|(?:^|/)\.\.?(?:/|$)|//")
NAME_LENGTH = 200
# A member that is a file of its own: an archive, a program, an old container, a PDF.
FILES = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ"),
    *(b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"#!", b"%PDF-", b"{\\rtf"),
)


class Member(NamedTuple):
    """A member that is being unpacked: its name as the list says, and its pieces as they come."""

    name: str
    pieces: Iterator[bytes]


class Package:
    """A zip whose list is in order."""

    def __init__(self, data: bytes) -> None:
        if data.count(END_OF_LIST) > limits.MEMBERS or not _ends_with_its_list(data):
            raise RefusedError("disguised")
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            raise RefusedError("damaged") from None
        self.unpacked = 0
        self.listed = self.archive.infolist()
        self._check_list()

    @property
    def names(self) -> set[str]:
        """The names of its members, folders left out."""
        return {one.filename for one in self.listed if not one.is_dir()}

    def _check_list(self) -> None:
        if len(self.listed) > limits.MEMBERS:
            raise RefusedError("too_heavy")
        if not self.listed:
            raise RefusedError("damaged")
        seen: set[str] = set()
        end = 0
        for one in sorted(self.listed, key=lambda each: each.header_offset):
            if one.header_offset < end or (not end and one.header_offset):
                raise RefusedError("disguised" if not end else "packing")
            end = one.header_offset + LOCAL_HEADER + one.compress_size
            _check_member(one)
            folded = one.filename.rstrip("/").casefold()
            if folded in seen:
                raise RefusedError("packing")
            seen.add(folded)
        if sum(one.file_size for one in self.listed) > limits.UNPACKED:
            raise RefusedError("too_heavy")

    def members(self) -> Iterator[Member]:
        """Each member; its pieces must be taken before the next one comes."""
        for one in self.listed:
            if not one.is_dir():
                yield Member(one.filename, self._pieces(one))

    def first_bytes(self, name: str, most: int) -> bytes:
        """The beginning of a small member that is read ahead of the others."""
        try:
            with self.archive.open(name) as member:
                return member.read(most)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise RefusedError("damaged") from None

    def _pieces(self, one: zipfile.ZipInfo) -> Iterator[bytes]:
        """Its bytes; raises as soon as they are too many, and when they are not what was said."""
        taken = 0
        try:
            with self.archive.open(one) as member:
                while piece := member.read(PIECE):
                    if not taken and piece.startswith(FILES):
                        raise RefusedError("embedded")
                    taken += len(piece)
                    self.unpacked += len(piece)
                    heavy = taken > limits.RATIO_FROM and taken > limits.RATIO * one.compress_size
                    if heavy or self.unpacked > limits.UNPACKED:
                        raise RefusedError("too_heavy")
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise RefusedError("damaged") from None
        if taken != one.file_size:
            raise RefusedError("packing")


def _ends_with_its_list(data: bytes) -> bool:
    """Whether the list of members is the last thing, and says where it stands: no more, no less."""
    end = data[-END_LENGTH:]
    if not end.startswith(END_OF_LIST) or end[-2:] != b"\x00\x00":  # the length of a comment
        return False
    size, start = int.from_bytes(end[12:16], "little"), int.from_bytes(end[16:20], "little")
    return start + size == len(data) - END_LENGTH


def _check_member(one: zipfile.ZipInfo) -> None:
    name = one.filename
    kind = stat.S_IFMT(one.external_attr >> 16)
    if kind and not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):  # a link, a device
        raise RefusedError("packing")
    # ``orig_filename`` is what stands in the file: zipfile cuts a name where a zero byte stands.
    if STRANGE.search(name) or STRANGE.search(one.orig_filename) or len(name) > NAME_LENGTH:
        raise RefusedError("packing")
    if one.flag_bits & ENCRYPTED:
        raise RefusedError("encrypted")
    if one.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise RefusedError("packing")
    if one.is_dir() and one.file_size:
        raise RefusedError("packing")
    if one.file_size > limits.RATIO_FROM and one.file_size > limits.RATIO * one.compress_size:
        raise RefusedError("too_heavy")
