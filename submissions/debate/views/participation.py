"""“My participation”: what stands under this browser's number, and the way to take it back."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.alternates import home_url
from submissions.debate.participants import forget, participant_of
from submissions.debate.views.page import Crumb


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: HttpRequest) -> HttpResponseBase:
    """Show what is kept; on POST, cut it from the person for good and forget the browser."""
    participant = participant_of(request)
    if request.method == "POST":
        response = redirect("submissions:participation")
        if participant is not None:
            participant.delete()  # votes, events and ideas stay, of nobody
        forget(response)
        return response
    return _shown(request, participant)


def _shown(request: HttpRequest, participant: object) -> HttpResponse:
    title = _("My participation")
    crumbs = [Crumb(_("Home"), home_url(request.LANGUAGE_CODE)), Crumb(title)]
    context = {"participant": participant, "title": title, "crumbs": crumbs}
    return render(request, "submissions/debate/participation.html", context)
