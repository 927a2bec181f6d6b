"""What these pages have in common: kept by no cache, found by no search, told to no other site."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.breadcrumbs import Crumb, crumbs_of_view
from core.origin import token_free
from core.sites import site_id_of
from submissions.contributions.drafts.access import NotAnAuthor, author_of
from submissions.contributions.given_back import as_plain_text, given_back
from submissions.models import DraftAuthor

AuthorView = Callable[[HttpRequest, DraftAuthor], HttpResponseBase]
DraftView = Callable[..., HttpResponseBase]


def authors_page(view: AuthorView) -> DraftView:
    """A page of one draft: for its authors; for anybody else a 404 that says how to come back.

    Its forms carry no token (``core.origin``): what was open for hours is taken all the same.
    """

    @token_free
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
        try:
            author = author_of(request, draft_id)
        except NotAnAuthor:
            return unfound(stranger(request))
        return unfound(view(request, author))

    return guarded


def stranger(request: HttpRequest, posted: QueryDict | None = None) -> HttpResponse:
    """The same 404 whether there is such a draft or not, with the words that were typed."""
    title = _("This browser has no such contribution")
    told = given_back(posted, get_language() or "", site_id_of(request)) if posted else []
    context = {
        "title": title,
        "crumbs": crumbs_of_view(title),
        "nothing_done": request.method == "POST",
        "given_back": told,
        "plain_text": as_plain_text(told),
    }
    template = "submissions/contributions/drafts/stranger.html"
    return render(request, template, context, status=HTTPStatus.NOT_FOUND)


def unfound(response: HttpResponseBase) -> HttpResponseBase:
    """Out of search engines, and its address told to no other site."""
    response["X-Robots-Tag"] = "noindex"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response


def page_of_author(
    request: HttpRequest,
    author: DraftAuthor,
    template: str,
    title: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render one of these pages, below the dossier or the contribution that it became."""
    here = crumb_of(author)
    context |= {
        "title": title,
        "crumbs": crumbs_of_view(title, *([] if title == here.title else [here])),
        "author": author,
        "draft": author.draft,
        "contribution": author.draft.contribution,
        "home_of_draft": home_of(author),
    }
    return render(request, f"submissions/contributions/own/{template}.html", context, status=status)


def home_of(author: DraftAuthor) -> str:
    """Where an author is at home: the task list while it is written, else what was sent."""
    draft = author.draft
    view = "draft" if draft.writing else "contribution"
    return reverse(f"submissions:{view}", args=[draft.pk])


def crumb_of(author: DraftAuthor) -> Crumb:
    """The way back to it."""
    return Crumb(_("Your contribution"), home_of(author))
