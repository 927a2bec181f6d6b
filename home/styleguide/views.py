"""The guide's two kinds of page. They are there only where ``STYLEGUIDE`` is on."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.views import preferred_language
from home.styleguide.guide import guide
from home.styleguide.pages import PAGES
from home.styleguide.samples import Telling
from home.styleguide.words import words_in


def _hidden(response: HttpResponse) -> HttpResponse:
    """No search engine is to keep samples."""
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def in_a_language(request: HttpRequest) -> HttpResponse:
    """``/styleguide/``: lead to the browser's language."""
    language = preferred_language(request, dict(settings.LANGUAGES)) or settings.LANGUAGE_CODE
    with translation.override(language):
        return _hidden(redirect("styleguide:guide"))


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """Every component."""
    language = get_language() or settings.LANGUAGE_CODE
    context = {"guide": words_in(language)["guide"], "groups": guide(request, language)}
    return _hidden(render(request, "styleguide/guide.html", context))


@require_safe
def alone(request: HttpRequest, name: str) -> HttpResponse:
    """What can stand only once on a page."""
    if name not in PAGES:
        raise Http404
    language = get_language() or settings.LANGUAGE_CODE
    telling = Telling(words_in(language), language)
    context = {
        "csrf_token": "",  # looking sets no cookie
        "guide": telling.words["guide"],
        "name": telling.words["pages"][name],
    }
    page = PAGES[name]
    return _hidden(render(request, page.template, context | page.context(telling)))
