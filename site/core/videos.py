"""Videos of the library, sent in the parts that a player asks for: some play nothing otherwise.

The way of documents, which Wagtail guards: what lies in a private collection asks who one is.
"""

import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve

from core.blocks.video import PLAYED

PIECE = 64 * 1024
# No more digits than a file can be long: of thousands Python makes no number.
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """What Wagtail answers; a video of this server's disk, in the part that is asked for."""
    answer: HttpResponseBase = serve(request, document_id, document_filename)
    file = answer.file_to_stream if isinstance(answer, FileResponse) else None
    if file is None or answer["Content-Type"] not in PLAYED.values():
        return answer
    asked = _asked(request, answer.get("ETag", ""))
    size = int(answer["Content-Length"])
    part = _part(asked, size) if asked else (0, size - 1)
    sent: HttpResponse | StreamingHttpResponse
    if part is None:
        file.close()
        sent = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = part
        sent = StreamingHttpResponse(_read(file, first, last))
        sent["Content-Type"] = answer["Content-Type"]
        sent["Content-Length"] = str(last - first + 1)
        if asked:
            sent.status_code = 206
            sent["Content-Range"] = f"bytes {first}-{last}/{size}"
    for kept in ("ETag", "Last-Modified", "X-Content-Type-Options"):
        if kept in answer:
            sent[kept] = answer[kept]
    sent["Accept-Ranges"] = "bytes"
    sent["Content-Encoding"] = "identity"  # compressed, a part would be another one
    sent["Content-Security-Policy"] = "default-src 'none'; media-src 'self'"
    if _is_private(document_id):
        patch_cache_control(sent, private=True, no_store=True)
    return sent


def _is_private(document_id: int) -> bool:
    """Whether a collection around the document is not for everybody."""
    found = get_document_model().objects.select_related("collection").get(pk=document_id)
    return bool(found.collection.get_view_restrictions())


def _asked(request: HttpRequest, etag: str) -> re.Match[str] | None:
    """The one part that is asked for, if it is of this file.

    Of several parts at once the whole is sent, as the standard allows.
    """
    if request.headers.get("If-Range", etag) != etag:
        return None
    return RANGE.fullmatch(request.headers.get("Range", ""))


def _part(asked: re.Match[str], size: int) -> tuple[int, int] | None:
    """First and last byte; None: there are none such."""
    begin, end = asked.groups()
    last = size - 1
    if begin:
        first = int(begin)
        last = min(int(end), last) if end else last
    else:  # so many at the end
        first = max(size - int(end or 0), 0)
    return (first, last) if first <= last else None


def _read(file: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
