"""One box on every page, one page of answers."""

import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Site

from search.forms import SearchForm
from search.results import MOST_RESULTS, SearchTooSlow, found, results

PAGE_LENGTH = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Live pages, published ideas and contributions of this site, in the language of the address.

    422 when the words are too many to be looked for, 503 when looking for them takes too long, 404
    beyond the last page of results.
    """
    form = SearchForm(request.GET.get("q", ""))
    context = {"form": form, "query": form.data.get("q", "")}
    if form.is_bound and not form.is_valid():
        return render(request, "search/search.html", context, status=422)
    site = Site.find_for_request(request)
    if not form.is_bound or site is None:
        return render(request, "search/search.html", context)
    typed, language = form.cleaned_data["q"], get_language() or ""
    try:
        entries = found(typed, language, site)
    except SearchTooSlow:
        return render(request, "search/search.html", {**context, "too_slow": True}, status=503)
    pages = Paginator(entries[:MOST_RESULTS], PAGE_LENGTH)
    number = _page_number(request.GET.get("page", "1"))
    if number > pages.num_pages:
        raise Http404
    page = pages.page(number)
    context |= {
        "count": pages.count,
        "there_are_more": len(entries) > MOST_RESULTS,
        "page": page,
        "results": results(list(page.object_list), typed, language, request),
    }
    return render(request, "search/search.html", context)


def _page_number(asked: str) -> int:
    """A page number; 404 for anything else. Five figures are further than any list goes."""
    if not re.fullmatch(r"[1-9][0-9]{0,4}", asked):
        raise Http404
    return int(asked)
