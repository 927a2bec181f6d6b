"""“My participation”: what stands under this browser's number, and the way to take it back."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.breadcrumbs import crumbs_of_view
from submissions.debate.participants import erase, forget, participant_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: HttpRequest) -> HttpResponseBase:
    """Show what is kept; on POST, cut it from the person for good and forget the browser."""
    participant = participant_of(request)
    if request.method == "POST":
        response = redirect("submissions:participation")
        if participant is not None:
            erase(participant)
        forget(response)
        return response
    title = _("My participation")
    context = {"participant": participant, "title": title, "crumbs": crumbs_of_view(title)}
    return render(request, "submissions/debate/participation.html", context)
