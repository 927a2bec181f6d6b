"""What the template of a debate block asks for: ``{% load debates %}``."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from submissions.consents import TAKING_PART
from submissions.debate.forms import IdeaForm
from submissions.debate.published import published_count
from submissions.debate.structured_data import idea_for_machines
from submissions.models import Idea, Phase

register = template.Library()

NEWEST = 10


@dataclass(frozen=True)
class DebateOnPage:
    """A debate as its block shows it."""

    phase: str
    opens: datetime | None
    closed_since: datetime | None
    form: IdeaForm | None  # only while it is open
    newest: list[Idea]
    total: int
    results_shown: bool


@register.simple_tag
def debate_on_page(row: Any) -> DebateOnPage | None:
    """What stands under a debate block; None when the block has no row yet (a preview).

    Three queries at most, however many ideas there are.
    """
    if not row:
        return None
    language = get_language() or ""
    phase = row.phase_in(language)
    ideas = Idea.objects.published().filter(debate=row).newest().for_display()
    newest = list(ideas[:NEWEST])
    return DebateOnPage(
        phase=phase.value,
        opens=row.opening,
        closed_since=row.closed_since,
        form=IdeaForm(row, language) if phase is Phase.OPEN else None,
        newest=newest,
        total=max(published_count(row), len(newest)),
        results_shown=row.results_shown,
    )


@register.simple_tag
def taking_part() -> Any:
    """The consent that stands beside every button by which somebody becomes a participant."""
    return TAKING_PART.text


@register.simple_tag(takes_context=True)
def idea_structured_data(context: template.Context) -> SafeString:
    """``{% idea_structured_data %}``: the idea of ``card`` as this page shows it."""
    theme, origin = context["theme"], context["site_origin"]
    about = {"name": theme.title, "url": f"{origin}{context['theme_url']}"} if theme else {}
    url = str(context["canonical_url"])
    return idea_for_machines(context["card"], url, about=about, results=context["results_shown"])
