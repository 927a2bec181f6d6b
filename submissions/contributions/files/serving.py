"""Handing files out: who may have one is asked at each request, and nothing is told to others."""

import logging
from collections.abc import Callable
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.sites import site_id_of
from core.troubles import trouble_page
from submissions.contributions.drafts.access import author_of
from submissions.contributions.files.names import saved_name
from submissions.contributions.files.storing import storage
from submissions.contributions.staff.access import contributions_of
from submissions.models import (
    Attachment,
    AttachmentType,
    ContributionState,
    Publication,
    ScanState,
)

logger = logging.getLogger(__name__)

TYPES = {
    AttachmentType.PDF: "application/pdf",
    AttachmentType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    AttachmentType.ODT: "application/vnd.oasis.opendocument.text",
}
HEADERS = {
    # Should a browser show it all the same: as no page of ours, and running nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    # The whole or nothing: a part, or an unchanged copy, would be an answer of another kind.
    "Accept-Ranges": "none",
}
RETRY_AFTER = 60  # seconds, for a storage that is away
View = Callable[..., HttpResponseBase]


def _handed_out(view: View) -> View:
    return require_safe(never_cache(view))


@_handed_out
def own_file(request: HttpRequest, draft_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """A file of a draft, for its authors; once it is removed, for nobody."""
    author = author_of(request, draft_id)
    own = Attachment.objects.filter(draft=author.draft_id, removed_at__isnull=True)
    return handed_out(request, get_object_or_404(own, pk=attachment_id))


@_handed_out
def published_file(request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
    """A file that a live publication of this site lists, and in which nothing was found."""
    attachment = get_object_or_404(
        Attachment,
        pk=attachment_id,
        scan__in=[ScanState.CLEAN, ScanState.NOT_SCANNED],
        contribution__state=ContributionState.RECEIVED,
        contribution__consultation__site=site_id_of(request),
    )
    listing = Publication.objects.live().filter(
        contribution=attachment.contribution_id,
        content__files__contains=[{"id": str(attachment.pk)}],
    )
    live = listing.defer("words").first()
    if live is None:
        raise Http404
    # As it is listed: the name that its author gave it may say who they are.
    listed = {file["id"]: file["name"] for file in live.content["files"]}
    attachment.name = listed[str(attachment.pk)]
    return handed_out(request, attachment)


@_handed_out
def contribution_file(request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
    """A file that a contribution was sent with, for staff who may read it. In the admin alone."""
    sent = Attachment.objects.filter(contribution__in=contributions_of(request.user))
    return handed_out(request, get_object_or_404(sent, pk=attachment_id))


def handed_out(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """The bytes, to be saved and not opened; who may have them has been asked before."""
    if attachment.scan == ScanState.INFECTED:
        raise Http404
    try:
        file = storage().open(attachment.key, "rb")
        file.seek(0)
    except FileNotFoundError:
        logger.error("The bytes of file %s are gone", attachment.pk)
        raise Http404 from None
    except Exception:  # of a network or an S3: each has errors of its own
        logger.exception("File %s could not be read", attachment.pk)
        return trouble_page(request, "503.html", status=503, retry_after=RETRY_AFTER)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=saved_name(attachment.name, attachment.kind),
        content_type=TYPES[AttachmentType(attachment.kind)],
    )
    response.headers["Content-Length"] = str(attachment.size)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
