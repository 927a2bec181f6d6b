"""The panels of the admin's home, in the order in which they stand."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from home.dashboard.figures import charts, promised
from home.dashboard.shortcuts import name_of, shortcuts_for
from home.dashboard.waiting import waiting_for
from home.opening.views import PERMISSION as OPEN
from submissions.models import Consultation, Phase
from submissions.staff_access import may

# Who may see how the consultation goes: whoever answers for it, or reads what it brings.
FIGURES = ("submissions.change_consultation", "submissions.view_contribution")


class WaitingPanel(Component):
    """What waits for whoever looks."""

    name = "waiting"
    order = 50
    template_name = "home/dashboard/waiting.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """One query a desk that is theirs."""
        request: HttpRequest = parent_context["request"]
        return {"lines": waiting_for(request.user), "language": request.LANGUAGE_CODE}


class DatesPanel(Component):
    """Where the consultation stands, and what comes next."""

    name = "dates"
    order = 60
    template_name = "home/dashboard/dates.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """From the consultation of the site that answers."""
        request: HttpRequest = parent_context["request"]
        consultation = Consultation.of(request)
        if consultation is None:
            return {}
        others = Consultation.objects.exclude(pk=consultation.pk)
        return {
            "consultation": consultation,
            "phase": consultation.phase_at(consultation.now),
            "upcoming": Phase.UPCOMING,
            "name": name_of(consultation) if others.exists() else "",
            "may_open": may(request.user, OPEN, consultation),
        }


class ShortcutsPanel(Component):
    """Where whoever looks goes often."""

    name = "shortcuts"
    order = 65
    template_name = "home/dashboard/shortcuts.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """On the consultation of the site that answers."""
        request: HttpRequest = parent_context["request"]
        consultation = Consultation.of(request)
        return {"shortcuts": shortcuts_for(request.user, consultation) if consultation else []}


class FiguresPanel(Component):
    """How the consultation goes, drawn and in tables."""

    name = "figures"
    order = 70
    template_name = "home/dashboard/figures.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Two queries, however much there is."""
        consultation = Consultation.of(parent_context["request"])
        if consultation is None:
            return {}
        return {"charts": charts(consultation), "promised": promised(consultation)}


def panels_for(request: HttpRequest) -> list[Component]:
    """Those that are for whoever looks."""
    panels: list[Component] = [WaitingPanel(), DatesPanel(), ShortcutsPanel()]
    consultation = Consultation.of(request)
    if consultation and any(may(request.user, each, consultation) for each in FIGURES):
        panels.append(FiguresPanel())
    return panels
