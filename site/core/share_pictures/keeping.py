"""Where drawn pictures are kept, so that each is drawn once.

They have a storage of their own, which no web server serves: an address always passes by the view,
which asks whether the page or the idea may still be seen. Losing the files costs a second drawing.
"""

import logging
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from core.share_pictures.drawing import SharePicture

logger = logging.getLogger(__name__)

PNG_END = b"IEND\xaeB`\x82"  # a file without it is still being written, or never will be


@dataclass(frozen=True)
class Place:
    """Whose pictures these are: ``kind`` and number. One is kept for each language."""

    kind: str
    pk: int

    def picture(self, picture: SharePicture, language: str) -> bytes:
        """The picture as a PNG: the one that is kept, or drawn now and kept in its predecessor's
        place. Drawn by two at once, one of the two is kept."""
        storage = self._storage
        name = f"{self._folder}/{language}-{picture.version}.png"
        found = _whole(storage, name)
        if found is not None:
            return found
        drawn = picture.png()
        try:
            self._clear(f"{language}-")
            kept_as = storage.save(name, ContentFile(drawn))
            if kept_as != name:  # another process was quicker
                storage.delete(kept_as)
        except OSError:  # a full disk must not hide a picture that is drawn
            logger.exception("The picture of %s %s could not be kept", self.kind, self.pk)
        return drawn

    def forget(self) -> None:
        """Delete all that is kept: it may not be shown any more."""
        try:
            self._clear("")
        except OSError:  # it is shown to nobody all the same
            logger.exception("The pictures of %s %s could not be deleted", self.kind, self.pk)

    @property
    def _storage(self) -> Storage:
        return storages["share_pictures"]

    @property
    def _folder(self) -> str:
        return f"{self.kind}/{self.pk}"

    def _clear(self, prefix: str) -> None:
        try:
            _folders, files = self._storage.listdir(self._folder)
        except FileNotFoundError:
            return
        for name in files:
            if name.startswith(prefix):
                self._storage.delete(f"{self._folder}/{name}")


def _whole(storage: Storage, name: str) -> bytes | None:
    """The content of a file, if it is there to its end."""
    try:
        with storage.open(name) as file:
            content: bytes = file.read()
    except OSError:
        return None
    return content if content.endswith(PNG_END) else None
