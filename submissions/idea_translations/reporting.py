"""The page on which a reader says that a translation is bad. No account, no cookie of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.origin import token_free
from submissions import limits
from submissions.debate.participants import participant_of
from submissions.debate.views.page import debate_or_404, debate_page
from submissions.debate.views.reading import idea_or_404
from submissions.idea_translations.forms import ReportForm
from submissions.idea_translations.reports import report
from submissions.idea_translations.services import mark_of
from submissions.models import Idea, IdeaText

TEMPLATE = "submissions/debate/report_translation.html"


@token_free
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_translation(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Report the translation that the pages of this language show.

    Mended or taken back meanwhile, it is shown as it stands, with the words that were sent: 409.
    """
    idea = idea_or_404(request, idea_id)
    language: str = request.LANGUAGE_CODE
    text = idea.text_in(language)
    if "thanks" in request.GET:
        return _page(request, idea, None, thanks=True)
    if text is None or text.language == idea.language:
        return _nothing_to_report(request, idea)
    seen = mark_of(idea, text)
    if request.method != "POST":
        return _page(request, idea, text, ReportForm(language, seen))
    form = ReportForm(language, seen, request.POST)
    if not form.is_valid():
        return _page(request, idea, text, form, status=422)
    if form.cleaned_data["seen"] != seen:
        sent = request.POST.copy()
        sent["seen"] = seen
        again = ReportForm(language, seen, sent)
        return _page(request, idea, text, again, changed=True, status=409)
    return _kept(request, idea, text, form)


def _kept(request: HttpRequest, idea: Idea, text: IdeaText, form: ReportForm) -> HttpResponse:
    """Keep the report, unless so many came from there: then its words are given back."""
    reader = participant_of(request)
    try:
        limits.check(request, "report", reader)
    except limits.TooMany as refused:
        return limits.too_many(request, refused, text=form.cleaned_data["comment"])
    report(
        text,
        reader,
        comment=form.cleaned_data["comment"],
        language=request.LANGUAGE_CODE,
        form_key=form.cleaned_data["form_key"],
    )
    return redirect(f"{reverse('submissions:report_translation', args=[idea.pk])}?thanks=1")


def _nothing_to_report(request: HttpRequest, idea: Idea) -> HttpResponse:
    """The translation is gone, or never was: words that were sent are given back."""
    if request.method != "POST":
        return redirect("submissions:idea", idea.pk)
    words = request.POST.get("comment", "").replace("\0", "")
    return _page(request, idea, None, words=words, status=409)


def _page(
    request: HttpRequest,
    idea: Idea,
    text: IdeaText | None,
    form: ReportForm | None = None,
    *,
    status: int = 200,
    thanks: bool = False,
    changed: bool = False,
    words: str = "",
) -> HttpResponse:
    debate = debate_or_404(request, idea.debate_id)
    context = {
        "idea": idea,
        "text": text,
        "original": idea.original,
        "form": form,
        "thanks": thanks,
        "changed": changed,
        "words": words,
        "has_errors": bool(form and form.errors),
    }
    title = _("Thank you") if thanks else _("Report a translation")
    return debate_page(request, TEMPLATE, debate, title, context, status=status)
