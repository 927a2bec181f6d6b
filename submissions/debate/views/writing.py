"""Writing an idea: the form stands on the theme page too, which a shared cache may keep."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.origin import token_free
from core.sites import site_id_of
from submissions import limits
from submissions.debate.duplicates import NearIdea, near
from submissions.debate.forms import IdeaForm
from submissions.debate.participants import key_in_cookie, remember
from submissions.debate.rules import debate_to_write_in
from submissions.debate.services import DebateClosed, submit_idea
from submissions.debate.views.page import closed_page, debate_or_404, debate_page, id_in
from submissions.models import IdeaStatus, Participant, Phase
from submissions.other_languages import other_languages

WRITE, NEAR = "submissions/debate/write.html", "submissions/debate/write_near.html"


# Not ``no-store``: whoever looks at a near idea and goes back finds their words as they were.
@token_free
@cache_control(private=True, no_cache=True, max_age=0)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, debate_id: int) -> HttpResponse:
    """Write an idea. What can't be taken is given back with its words: 422, or 409 once closed.

    An idea near to one that is published is not kept before its author has seen that one.
    """
    if request.method != "POST" or "continue" in request.POST:  # from the form of another language
        return _form(request, debate_id)
    debate = debate_to_write_in(debate_id, site_id_of(request))
    if debate is None:
        raise Http404
    form = IdeaForm(debate, request.LANGUAGE_CODE, request.POST)
    if not form.is_valid():
        return _given_back(request, debate_id, form)
    if "despite" not in request.POST and (found := near(debate, form.cleaned_data["text"])):
        return _given_back(request, debate_id, form, found)
    key = key_in_cookie(request)
    sender = Participant(pk=key) if key else None  # whether it is somebody is asked once, in there
    try:
        limits.check(request, "write", sender)
        received = submit_idea(
            debate, sender, page_language=request.LANGUAGE_CODE, **form.cleaned_data
        )
    except DebateClosed:
        return _given_back(request, debate_id, form)
    except limits.TooMany as refused:
        return limits.too_many(request, refused, text=form.cleaned_data["text"])
    if received.idea.status == IdeaStatus.UNCONFIRMED and received.author is not None:
        where = reverse("submissions:confirm", args=[received.idea.pk])
    else:
        where = f"{reverse('submissions:written', args=[debate.pk])}?idea={received.idea.pk}"
    response = HttpResponseRedirect(where)
    if received.author is not None:
        if sender is None:
            limits.began(request, received.author)
        remember(response, received.author)
    return response


def _form(request: HttpRequest, debate_id: int) -> HttpResponse:
    """The form as it begins, or as it was left in another language: nothing is judged yet."""
    debate = debate_or_404(request, debate_id)
    language: str = request.LANGUAGE_CODE
    if debate.phase_in(language) is not Phase.OPEN:
        status = 409 if request.method == "POST" else 200
        return closed_page(request, debate, text=request.POST.get("text", ""), status=status)
    context = {
        "form": IdeaForm.carried_over(debate, language, request.POST),
        "other_languages": other_languages(debate, language, "submissions:write"),
    }
    return debate_page(request, WRITE, debate, _("Write an idea"), context)


def _given_back(
    request: HttpRequest, debate_id: int, form: IdeaForm, found: Sequence[NearIdea] = ()
) -> HttpResponse:
    """What was sent and not kept, and why: it is too late, ideas are near, or words to mend."""
    debate = debate_or_404(request, debate_id)
    if (not form.errors and not found) or debate.phase_in(request.LANGUAGE_CODE) is not Phase.OPEN:
        words = request.POST.get("text", "")
        return closed_page(request, debate, text=words, status=409)
    if found:
        title = _("Has somebody proposed this already?")
        return debate_page(request, NEAR, debate, title, {"form": form, "near": found})
    others = other_languages(debate, request.LANGUAGE_CODE, "submissions:write")
    context = {"form": form, "other_languages": others}
    return debate_page(request, WRITE, debate, _("Write an idea"), context, status=422)


@never_cache
@require_safe
def written(request: HttpRequest, debate_id: int) -> HttpResponse:
    """Thanks: who reads the idea, by when, and its number."""
    debate = debate_or_404(request, debate_id)
    number = id_in(request.GET.get("idea", ""))
    idea = debate.ideas.filter(pk=number).only("status").first() if number is not None else None
    title = _("Thank you")
    context = {
        "number": idea and idea.pk,
        "unconfirmed": idea is not None and idea.status == IdeaStatus.UNCONFIRMED,
    }
    return debate_page(request, "submissions/debate/written.html", debate, title, context)
