"""“My participation”: what stands under this browser's number, a copy, and the way to erase it."""

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.breadcrumbs import crumbs_of_view
from submissions.debate.own import everything_about, ideas_of
from submissions.debate.participants import erase, forget, participant_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: HttpRequest) -> HttpResponseBase:
    """Show what is kept; on POST, cut it from the person for good and forget the browser.

    With ``votes``, the votes are deleted too.
    """
    participant = participant_of(request)
    if request.method == "POST":
        response = redirect("submissions:participation")
        if participant is not None:
            erase(participant, with_votes="votes" in request.POST)
        forget(response)
        return response
    title = _("My participation")
    context = {
        "participant": participant,
        "ideas": ideas_of(participant) if participant else [],
        "title": title,
        "crumbs": crumbs_of_view(title),
    }
    return render(request, "submissions/debate/participation.html", context)


@never_cache
@require_safe
def own_data(request: HttpRequest) -> HttpResponseBase:
    """All that is kept about who asks, as a file; nothing to nobody."""
    participant = participant_of(request)
    if participant is None:
        raise Http404
    return JsonResponse(
        everything_about(participant),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'attachment; filename="my-participation.json"'},
    )
