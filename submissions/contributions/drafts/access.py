"""Who may open a draft: the browsers that began it, and those that a mailed link let in.

Their signed cookie names them in several drafts at once, each by number and access key. A key that
was changed is as good as none.
"""

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from core.sites import site_id_of
from submissions.models import DraftAuthor

SALT = "submissions.drafts"
MOST_DRAFTS = 12  # in one cookie: the newest
MAX_AGE = 120 * 24 * 3600  # counted anew with each page that is saved
NOBODY = Q(pk__in=[])


class NotAnAuthor(Http404):
    """This browser writes no such draft: its cookie is gone, or it is a stranger's."""


def author_of(request: HttpRequest, draft_id: UUID) -> DraftAuthor:
    """Who ``request`` is in that draft, with ``draft.consultation`` and ``draft.contribution``.

    Raises ``NotAnAuthor``, a 404, for strangers and for drafts of another site.
    """
    author = own_drafts(request).filter(draft=draft_id).first()
    if author is None:
        raise NotAnAuthor
    return author


def own_drafts(request: HttpRequest) -> "QuerySet[DraftAuthor]":
    """Whom this browser's cookie names, in drafts of the site that answers, the newest first."""
    named = NOBODY
    for author, key in _named(request):
        named |= Q(pk=author, access_key=key)
    return (
        DraftAuthor.objects.filter(named, draft__consultation__site=site_id_of(request))
        .select_related("draft__consultation", "draft__contribution")
        .order_by("-draft__changed_at", "-pk")
    )


def let_in(response: HttpResponseBase, request: HttpRequest, author: DraftAuthor) -> None:
    """Give the browser the cookie that names ``author``, beside the drafts that it has."""
    others = ((pk, key) for pk, key in _named(request) if pk != author.pk)
    _write(response, [(author.pk, author.access_key), *others][:MOST_DRAFTS])


def forget(response: HttpResponseBase, request: HttpRequest, author: DraftAuthor) -> None:
    """Take the draft of ``author`` out of this browser: a computer that others use."""
    left = [(pk, key) for pk, key in _named(request) if pk != author.pk]
    if left:
        _write(response, left)
    else:
        response.delete_cookie(settings.DRAFT_COOKIE_NAME, samesite="Lax")


def _named(request: HttpRequest) -> Iterator[tuple[int, UUID]]:
    said = request.get_signed_cookie(
        settings.DRAFT_COOKIE_NAME, default="", salt=SALT, max_age=MAX_AGE
    )
    for one in said.split(".")[:MOST_DRAFTS] if said else []:
        number, _dash, key = one.partition("-")
        yield int(number), UUID(key)  # as we signed them


def _write(response: HttpResponseBase, named: list[tuple[int, UUID]]) -> None:
    response.set_signed_cookie(
        settings.DRAFT_COOKIE_NAME,
        ".".join(f"{pk}-{key.hex}" for pk, key in named),
        salt=SALT,
        max_age=MAX_AGE,
        secure=settings.PARTICIPANT_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
