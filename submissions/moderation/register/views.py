"""The register's page and its file: for everybody, without a cookie."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.breadcrumbs import crumbs_of_view
from submissions.models import Consultation
from submissions.moderation.register.export import COLUMNS, as_csv
from submissions.moderation.register.figures import SECONDS, figures_of
from submissions.moderation.register.tables import reasons_explained, sections


def _consultation(request: HttpRequest) -> Consultation:
    found = Consultation.of(request)
    if found is None:
        raise Http404
    return found


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What was decided, how fast and why; the same figures in every language."""
    figures = figures_of(_consultation(request))
    title = _("Moderation register")
    context = {
        "title": title,
        "crumbs": crumbs_of_view(title),
        "at": figures.at,
        "sections": sections(figures, request.LANGUAGE_CODE),
        "reasons": reasons_explained(),
        "columns": COLUMNS.items(),
    }
    response = render(request, "submissions/register/register.html", context)
    # Who is signed in finds staff's own bar on the page: that copy is for nobody else.
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
    if signed_in:
        patch_cache_control(response, private=True)
    else:
        patch_cache_control(response, public=True, max_age=SECONDS)
    return response


@require_safe
def decisions(request: HttpRequest) -> StreamingHttpResponse:
    """Every decision, a line each, as a CSV file."""
    return StreamingHttpResponse(
        as_csv(_consultation(request)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="moderation-register.csv"'},
    )
