"""“My participation”: what stands under this browser's number, a copy, and the way to erase it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.breadcrumbs import Crumb, crumbs_of_view
from submissions.debate.erasure import erase
from submissions.debate.languages import LanguagesForm, read_in
from submissions.debate.own import ideas_of
from submissions.debate.own_copy import everything_about
from submissions.debate.participants import forget, participant_of
from submissions.models import IdeaStatus, Participant


def participation_crumb() -> Crumb:
    """The way back to the page from those below it."""
    return Crumb(_("My participation"), reverse("submissions:participation"))


@never_cache
@require_safe
def participation(request: HttpRequest) -> HttpResponse:
    """All that is kept, in brief; for who is nobody, that nothing is."""
    return _page(request, participant_of(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_languages(request: HttpRequest) -> HttpResponse:
    """Change the languages in which one reads ideas; they are asked on the page itself."""
    participant = participant_of(request)
    back = f"{reverse('submissions:participation')}#languages"
    if participant is None or request.method != "POST":
        return redirect(back)
    language: str = request.LANGUAGE_CODE
    form = LanguagesForm(participant.consultation, participant, language, request.POST)
    if not form.is_valid():
        return _page(request, participant, form, status=422)
    read_in(participant, form.cleaned_data["reads"])
    return redirect(back)


def _page(
    request: HttpRequest,
    participant: Participant | None,
    refused: LanguagesForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    title = _("My participation")
    context: dict[str, Any] = {
        "participant": participant,
        "title": title,
        "crumbs": crumbs_of_view(title),
        "erased": "erased" in request.GET,
    }
    if participant is not None:
        asked = LanguagesForm(participant.consultation, participant, request.LANGUAGE_CODE)
        context |= {
            "ideas": ideas_of(participant),
            "votes": participant.votes.count(),
            "form": refused or asked,
            "several_languages": len(participant.consultation.languages) > 1,
        }
    return render(request, "submissions/debate/participation.html", context, status=status)


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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_all(request: HttpRequest) -> HttpResponse:
    """Ask once more, and say what stays; on POST, cut the person off and forget the browser.

    With ``votes`` they are deleted, with ``ideas`` withdrawn. Sent twice, it is done once.
    """
    participant = participant_of(request)
    if request.method == "POST":
        response = redirect(f"{reverse('submissions:participation')}?erased=1")
        if participant is not None:
            erase(
                participant,
                with_votes="votes" in request.POST,
                with_ideas="ideas" in request.POST,
            )
        forget(response)
        return response
    if participant is None:
        return redirect("submissions:participation")
    title = _("Erase your participation?")
    ideas = ideas_of(participant)
    context = {
        "title": title,
        "crumbs": crumbs_of_view(title, participation_crumb()),
        "ideas": [own for own in ideas if own.status is not IdeaStatus.UNCONFIRMED],
        "unconfirmed": any(own.status is IdeaStatus.UNCONFIRMED for own in ideas),
        "withdrawable": any(own.may_withdraw for own in ideas),
        "votes": participant.votes.count(),
        "has_address": hasattr(participant, "address"),
    }
    return render(request, "submissions/debate/erase.html", context)
