"""Writing an idea: the form stands on the theme page too, which a shared cache may keep."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.origin import token_free
from submissions.debate.duplicates import near
from submissions.debate.forms import IdeaForm
from submissions.debate.participants import participant_of, remember
from submissions.debate.services import DebateClosed, submit_idea
from submissions.debate.views.page import closed_page, debate_or_404, debate_page, id_in
from submissions.models import Phase


@token_free
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, debate_id: int) -> HttpResponse:
    """Write an idea. What can't be taken is given back with its words: 422, or 409 once closed.

    An idea near to one that is published is not kept before its author has seen that one.
    """
    debate = debate_or_404(request, debate_id)
    language: str = request.LANGUAGE_CODE
    sent = request.POST if request.method == "POST" else None
    status = 200 if sent is None else 409
    words = request.POST.get("text", "")
    if debate.phase_in(language) is not Phase.OPEN:
        return closed_page(request, debate, text=words, status=status)
    form = IdeaForm(debate, language, sent)
    if not form.is_valid():
        title = _("Write an idea")
        template, status = "submissions/debate/write.html", 422 if sent is not None else 200
        return debate_page(request, template, debate, title, {"form": form}, status=status)
    if "despite" not in request.POST:
        found = near(debate, form.cleaned_data["text"])
        if found:
            title = _("Has somebody proposed this already?")
            template = "submissions/debate/write_near.html"
            return debate_page(request, template, debate, title, {"form": form, "near": found})
    try:
        received = submit_idea(
            debate, participant_of(request), page_language=language, **form.cleaned_data
        )
    except DebateClosed:
        return closed_page(request, debate, text=words, status=status)
    where = reverse("submissions:written", args=[debate.pk])
    response = HttpResponseRedirect(f"{where}?idea={received.idea.pk}")
    if received.author is not None:
        remember(response, received.author)
    return response


@never_cache
@require_safe
def written(request: HttpRequest, debate_id: int) -> HttpResponse:
    """Thanks: who reads the idea, by when, and its number."""
    debate = debate_or_404(request, debate_id)
    number = id_in(request.GET.get("idea", ""))
    if number is not None and not debate.ideas.filter(pk=number).exists():
        number = None
    title = _("Thank you")
    context = {"number": number}
    return debate_page(request, "submissions/debate/written.html", debate, title, context)
