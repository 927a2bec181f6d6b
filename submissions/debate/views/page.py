"""What every page of a debate has: its theme, its phase, the way back."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.alternates import home_url
from submissions.debate.state import closing, opening, phase_in, results_shown, theme_of


@dataclass(frozen=True)
class Crumb:
    """One step from the home page to this one."""

    title: str
    url: str = ""


LONGEST_ID = 18  # digits: enough for any id of the database, and nothing that overflows


def id_in(said: str) -> int | None:
    """The id that an address or a form names; None when that is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_ID else None


def debate_page(
    request: HttpRequest,
    template: str,
    debate: Any,
    title: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render ``template`` for ``debate`` (with its state), under ``title``."""
    language = request.LANGUAGE_CODE
    theme = theme_of(debate, language)
    crumbs = [Crumb(_("Home"), home_url(language))]
    if theme is not None:
        crumbs.append(Crumb(theme.title, theme.get_url(request) or ""))
    common = {
        "debate": debate,
        "debate_phase": phase_in(debate, language).value,
        "opens": opening(debate),
        "closes": closing(debate),
        "results_shown": results_shown(debate),
        "theme": theme,
        "theme_url": crumbs[-1].url,
        "title": title,
        "crumbs": [*crumbs, Crumb(title)],
    }
    return render(request, template, common | (context or {}), status=status)


def closed_page(
    request: HttpRequest, debate: Any, *, text: str = "", status: int = 200
) -> HttpResponse:
    """The debate takes nothing now, and why; ``text`` is given back, to be copied."""
    title = _("This debate is not open")
    template = "submissions/debate/closed.html"
    return debate_page(request, template, debate, title, {"text": text}, status=status)
