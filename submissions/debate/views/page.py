"""What every page of a debate has: its theme, its phase, the way back."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.breadcrumbs import Crumb, crumbs_of_view
from core.sharing import Share
from core.sites import site_id_of
from submissions.models import Debate
from submissions.registry import page_of

LONGEST_ID = 18  # digits: enough for any id of the database, and nothing that overflows


def id_in(said: str) -> int | None:
    """The id that an address or a form names; None when that is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_ID else None


def debate_or_404(request: HttpRequest, debate_id: int) -> Debate:
    """The debate with its state and labels, if it is of the site that answers."""
    debates = Debate.objects.with_state().prefetch_related("labels")
    debate: Debate | None = debates.filter(
        pk=debate_id, consultation__site=site_id_of(request)
    ).first()
    if debate is None or not debate.labels.all():
        raise Http404
    return debate


def debate_page(
    request: HttpRequest,
    template: str,
    debate: Debate,
    title: str,
    context: dict[str, Any] | None = None,
    *,
    share: Callable[[Page | None], Share | None] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render ``template`` for ``debate`` (with its state), under ``title``.

    ``share`` says of the theme's page what other sites show; without it, they are told nothing.
    """
    language: str = request.LANGUAGE_CODE
    theme = page_of(debate, language)
    above = [Crumb(theme.title, theme.get_url(request) or "")] if theme else []
    common = {
        "debate": debate,
        "debate_phase": debate.phase_in(language).value,
        "opens": debate.opening,
        "closed_since": debate.closed_since,
        "results_shown": debate.results_shown,
        "theme": theme,
        "theme_url": above[0].url if above else "",
        "title": title,
        "crumbs": crumbs_of_view(title, *above),
        "share": share(theme) if share else None,
    }
    return render(request, template, common | (context or {}), status=status)


def closed_page(
    request: HttpRequest, debate: Debate, *, text: str = "", status: int = 200
) -> HttpResponse:
    """The debate takes nothing now, and why; ``text`` is given back, to be copied."""
    title = _("This debate is not open")
    template = "submissions/debate/closed.html"
    return debate_page(request, template, debate, title, {"text": text}, status=status)
