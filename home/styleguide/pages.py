"""What can stand only once on a page, or is a page: each on a small page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from core.breadcrumbs import crumbs_of_view
from home.context import Link
from home.styleguide import rows
from home.styleguide.participation import qualification_choices, said_in, sample_idea
from home.styleguide.samples import Telling
from submissions.contributions.drafts.parts import AboutForm
from submissions.models import (
    Contribution,
    ContributionVersion,
    Draft,
    DraftPart,
    Phase,
    VoteChoice,
)


@dataclass(frozen=True)
class SmallPage:
    """A template of a whole page, and what it is given."""

    template: str
    context: Callable[[Telling], dict[str, Any]]


def header(telling: Telling) -> dict[str, Any]:
    """A long name, and more entries than a line holds."""
    said = telling.words["samples"]

    def links(titles: list[str]) -> list[Link]:
        return [
            Link(title=title, url=f"#entry-{at}", current=at == 1, ancestor=False)
            for at, title in enumerate(titles)
        ]

    return {
        "site_name": said["site_name"],
        "navigation": links(said["entries"]),
        "legal_links": links(said["legal"]),
        "consultation": SimpleNamespace(controller=said["controller"]),
        "phase": "",
    }


def phase(shown: Phase) -> Callable[[Telling], dict[str, Any]]:
    """The banner, and the sentence of the home page."""
    return lambda telling: {
        "phase": shown.value,
        "consultation": rows.consultation(shown, controller=telling.words["samples"]["controller"]),
    }


def _debate(telling: Telling, title: str, shown: Phase = Phase.OPEN) -> dict[str, Any]:
    row = rows.debate(shown)
    return {
        "debate": row,
        "debate_phase": shown.value,
        "opens": row.opening,
        "closed_since": row.closed_since,
        "results_shown": True,
        "theme": None,
        "title": title,
        "crumbs": crumbs_of_view(title),
    }


def vote(choice: VoteChoice | None) -> Callable[[Telling], dict[str, Any]]:
    """The card before and after."""

    def context(telling: Telling) -> dict[str, Any]:
        idea = sample_idea(telling)
        return _debate(telling, _("Start voting")) | {
            "idea": idea,
            "card": rows.card(idea, telling.language, choice),
            "progress": SimpleNamespace(number=3, length=12),
            "qualifications": qualification_choices(choice, 1) if choice else [],
            "action": "#vote-card",
        }

    return context


def idea(telling: Telling) -> dict[str, Any]:
    """For somebody who takes no part yet."""
    shown = sample_idea(telling)
    card = rows.card(shown, telling.language)
    return _debate(telling, str(shown.pk)) | {"idea": shown, "card": card}


def errors(telling: Telling) -> dict[str, Any]:
    """A part of a contribution, judged empty."""
    title = _("About you")
    return {
        "form": AboutForm(QueryDict(), complete=True),
        "key": AboutForm.key,
        "draft": Draft(id=UUID(int=0)),
        "part": DraftPart(saved_at=timezone.now()),
        "revision": 0,
        "home_of_draft": "#main",
        "step": 2,
        "steps": 4,
        "title": title,
        "crumbs": crumbs_of_view(title),
        "has_errors": True,
    }


def received(telling: Telling) -> dict[str, Any]:
    """The receipt, with a reference."""
    asks = telling.words["samples"]["controller"]
    consultation = rows.consultation(Phase.OPEN, controller=asks)
    title = _("Receipt of your contribution")
    return {
        "contribution": Contribution(reference="AB12-CD34-EF56", consultation=consultation),
        "version": ContributionVersion(number=1, sent_at=timezone.now(), sha256="0" * 64),
        "draft": Draft(id=UUID(int=0), writing=False),
        "consultation": consultation,
        "title": title,
        "crumbs": crumbs_of_view(title),
    }


def written(telling: Telling) -> dict[str, Any]:
    """With its number."""
    return _debate(telling, _("Thank you")) | {"number": rows.NOWHERE}


def pause(left: int) -> Callable[[Telling], dict[str, Any]]:
    """After twelve votes."""
    return lambda telling: _debate(telling, _("Thank you")) | {"cast": 12, "left": left}


def no_ideas(telling: Telling) -> dict[str, Any]:
    """An open debate that nobody has written in."""
    title = _("Your ideas")
    told = {"heading": title, "ideas": [], "languages": [], "total": 0}
    return _debate(telling, title) | told


def closed(telling: Telling) -> dict[str, Any]:
    """With the words of somebody who came too late."""
    words = said_in(telling, telling.language)
    return _debate(telling, _("This debate is not open"), Phase.CLOSED) | {"text": words}


PAGES: dict[str, SmallPage] = {
    "header": SmallPage("styleguide/alone.html", header),
    "phase-upcoming": SmallPage("styleguide/alone.html", phase(Phase.UPCOMING)),
    "phase-open": SmallPage("styleguide/alone.html", phase(Phase.OPEN)),
    "phase-closed": SmallPage("styleguide/alone.html", phase(Phase.CLOSED)),
    "vote": SmallPage("submissions/debate/vote.html", vote(None)),
    "voted": SmallPage("submissions/debate/vote.html", vote(VoteChoice.AGREE)),
    "idea": SmallPage("submissions/debate/idea.html", idea),
    "errors": SmallPage("submissions/contributions/drafts/part.html", errors),
    "written": SmallPage("submissions/debate/written.html", written),
    "received": SmallPage("submissions/contributions/own/receipt.html", received),
    "pause": SmallPage("submissions/debate/pause.html", pause(left=8)),
    "pause-end": SmallPage("submissions/debate/pause.html", pause(left=0)),
    "no-ideas": SmallPage("submissions/debate/ideas.html", no_ideas),
    "closed": SmallPage("submissions/debate/closed.html", closed),
}
