"""What every page of a draft has: its author, its way back, and words that are never lost.

Whoever is no author (any more) has their words back, to copy: the cookie may be gone, the draft
sent by its owner, or what was posted may be more than the site takes (cases 25 and 28).
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import cache_control

from core.breadcrumbs import crumbs_of_view
from core.origin import token_free
from core.sites import site_id_of
from submissions import limits
from submissions.contributions.drafts.access import NotAnAuthor, author_of, let_in
from submissions.contributions.drafts.dossier import Dossier
from submissions.contributions.drafts.services import DraftIsSent
from submissions.contributions.given_back import as_plain_text, given_back
from submissions.contributions.own.pages import crumb_of, home_of, stranger, unfound
from submissions.models import Draft, DraftAuthor

TEMPLATES = "submissions/contributions/drafts/"


class DraftPage(View):
    """A page of one draft, for one of its authors, in the language of the address."""

    http_method_names = ["get", "head", "post"]
    author: DraftAuthor
    draft: Draft
    dossier: Dossier
    language: str

    def dispatch(
        self, request: HttpRequest, *args: Any, draft_id: UUID, **kwargs: Any
    ) -> HttpResponseBase:
        """Find the author, count what is saved, and keep the browser's cookie fresh."""
        self.language = get_language() or ""
        try:
            posted = request.POST
        except (RequestDataTooBig, TooManyFieldsSent):
            return self.not_saved(too_large(request), _("It holds more than this form can take."))
        try:
            self.author = author_of(request, draft_id)
            self.draft = self.author.draft
            self.dossier = Dossier(self.draft, self.language)
            if not self.draft.writing:
                raise DraftIsSent
            if request.method == "POST":
                limits.check(request, "save", self.draft)
            response = super().dispatch(request, *args, **kwargs)
        except NotAnAuthor:
            return self.not_saved(
                stranger(request, posted), _("This browser no longer knows your contribution.")
            )
        except DraftIsSent:
            return self.sent_meanwhile(posted)
        except limits.TooMany as refused:
            words = as_plain_text(given_back(posted, self.language, site_id_of(self.request)))
            return self.not_saved(
                limits.too_many(request, refused, text=words), _("It was saved too often.")
            )
        if request.method == "POST" and not self.by_itself:
            let_in(response, request, self.author)
        return response

    @property
    def by_itself(self) -> bool:
        """Whether the page saves by itself, and only a line of it is answered."""
        return self.request.headers.get("HX-Request") == "true"

    def not_saved(self, response: HttpResponse, why: str) -> HttpResponse:
        """``response``; to a page that saves by itself, the line that says why it was not."""
        if not self.by_itself:
            return response
        return render(self.request, f"{TEMPLATES}saved.html", {"why_not": why})

    def sent_meanwhile(self, posted: QueryDict) -> HttpResponseBase:
        """To what was sent; first, whatever was typed since is given back."""
        told = (
            given_back(posted, self.language, site_id_of(self.request))
            if self.request.method == "POST"
            else []
        )
        if not told and not self.by_itself:
            return redirect(home_of(self.author))
        context = {"given_back": told, "plain_text": as_plain_text(told)}
        title = _("This contribution was sent in the meantime")
        page = self.show("sent_meanwhile.html", title, context, status=HTTPStatus.CONFLICT)
        return self.not_saved(page, title)

    def show(
        self, template: str, title: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        """Render a page of the draft, below its list of tasks."""
        above = [] if template == "tasks.html" else [crumb_of(self.author)]
        common = {
            "title": title,
            "crumbs": crumbs_of_view(title, *above),
            "author": self.author,
            "draft": self.draft,
            "home_of_draft": home_of(self.author),
        }
        return render(self.request, TEMPLATES + template, common | context, status=status)


def draft_page(page: type[DraftPage]) -> Callable[..., HttpResponseBase]:
    """The view of a page: without a token, so that it may be open for hours (case 28); private."""
    view = page.as_view()

    # Not "no-store", with which browsers forget what was typed when a person goes back to the page.
    @token_free
    @cache_control(private=True, no_cache=True)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return unfound(view(request, **kwargs))

    return guarded


def too_large(request: HttpRequest) -> HttpResponse:
    """413: what was posted can't be read, and stands in the browser's form."""
    title = _("Your contribution is too large")
    context = {"title": title, "crumbs": crumbs_of_view(title), "has_errors": True}
    template = "submissions/contributions/too_large.html"
    return render(request, template, context, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
