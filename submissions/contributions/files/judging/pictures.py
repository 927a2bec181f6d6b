"""Where a picture inside a document was taken, if it says so. Pictures are never drawn here."""

import warnings

from PIL import Image
from PIL.ExifTags import IFD

EXIF = b"Exif\x00\x00"
HEAD = 256 * 1024  # of a picture: its notes stand at the beginning


def tells_place(head: bytes) -> bool:
    """Whether the notes of a JPEG, of which ``head`` is the beginning, hold a position (GPS)."""
    if not head.startswith(b"\xff\xd8") or EXIF not in head:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notes = Image.Exif()
            start = head.index(EXIF)
            length = int.from_bytes(head[start - 2 : start], "big")
            notes.load(head[start : start + length - 2])
            # 0 is the version of the list: alone, it is no place.
            return bool(notes.get_ifd(IFD.GPSInfo).keys() - {0})
    except (OSError, ValueError, SyntaxError, KeyError):  # what can't be read tells nothing
        return False
