"""Files as they come in: straight to the temporary folder, never more of one than may be kept.

What is too large is read to its end and thrown away, so that the words of the form that came with
it arrive. Django deletes what an interrupted request had put aside.
"""

import logging
from dataclasses import dataclass
from typing import Any, NoReturn

from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from submissions.contributions.files import limits
from submissions.contributions.files.words import FileRefused

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 2 * limits.MOST_FILES  # of one request: each that comes is looked at
LEFT_OUT = "files_left_out"


@dataclass(frozen=True)
class LeftOut:
    """A file that was not even put aside: of which field, called what, and why not."""

    field: str
    name: str
    refused: FileRefused


def expect_files(request: HttpRequest) -> None:
    """Receive the files of ``request`` this way. Before anything asks for its ``POST``."""
    request.upload_handlers = [IncomingFiles(request)]


def left_out(request: HttpRequest) -> list[LeftOut]:
    """What came with ``request`` and was not put aside. Reads the whole of it first."""
    len(request.POST)
    return list(getattr(request, LEFT_OUT, []))


class IncomingFiles(TemporaryFileUploadHandler):
    """Puts files aside, but for those that are too large or too many, or find no room."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.left_out: list[LeftOut] = []
        self.coming = 0
        self.taken = 0
        self.far_too_much = False
        setattr(request, LEFT_OUT, self.left_out)

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *args: Any, **options: Any
    ) -> None:
        """Of a request that is far too large only words are taken, and then not to its end."""
        self.far_too_much = content_length > limits.MOST_SENT
        self.endless = content_length > 4 * limits.MOST_SENT

    def new_file(self, *args: Any, **options: Any) -> None:
        """Open a file in the temporary folder, if there may be one more."""
        self.__dict__.pop("file", None)  # the one before is whole: it is not ours to close any more
        self.coming += 1
        self.taken = 0
        self.field_name, self.file_name = args[0], args[1]
        if self.far_too_much:
            self._leave_out("too_large", goes_on=not self.endless)
        if self.coming > MOST_AT_ONCE:
            self._leave_out("too_many")
        try:
            super().new_file(*args, **options)
        except OSError:
            logger.exception("No file could be opened for what comes in")
            self._leave_out("no_room")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless that makes too many of them."""
        self.taken += len(raw_data)
        if self.taken > limits.LARGEST:
            self._leave_out("too_large")
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            logger.exception("A file that came in could not be put aside")
            self._leave_out("no_room")

    def _leave_out(self, code: str, *, goes_on: bool = True) -> NoReturn:
        self.left_out.append(
            LeftOut(self.field_name or "", self.file_name or "", FileRefused(code))
        )
        raise SkipFile if goes_on else StopUpload(connection_reset=True)
