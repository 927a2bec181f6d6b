"""What these pages have in common: kept by no cache, found by no search, told to no other site."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.breadcrumbs import Crumb, crumbs_of_view
from core.origin import token_free
from submissions.contributions.drafts.access import author_of
from submissions.models import DraftAuthor

AuthorView = Callable[[HttpRequest, DraftAuthor], HttpResponseBase]
DraftView = Callable[..., HttpResponseBase]


def authors_page(view: AuthorView) -> DraftView:
    """A page of one draft: for its authors, a 404 for anybody else.

    Its forms carry no token (``core.origin``): what was open for hours is taken all the same.
    """

    @token_free
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
        return unfound(view(request, author_of(request, draft_id)))

    return guarded


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
