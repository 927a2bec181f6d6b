"""Navigation: what stands at the top and at the foot of every page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import pgettext
from wagtail.models import Page

from core.alternates import local_home
from home.legal.identity import states_accessibility
from home.models import StandardPage
from submissions.models import Consultation


@dataclass(frozen=True)
class Link:
    """One entry of the navigation."""

    title: str
    url: str
    current: bool  # this very page
    ancestor: bool  # this page stands below it


def _links(request: HttpRequest, pages: Any) -> list[Link]:
    served: Page | None = getattr(request, "served_page", None)
    return [
        Link(
            title=page.menu_label or page.title,
            url=page.get_url(request) or "",
            current=served is not None and served.pk == page.pk,
            ancestor=served is not None and served.is_descendant_of(page),
        )
        for page in pages
    ]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``navigation`` (pages shown in menus) and ``legal_links`` (pages of the footer).

    The link to the accessibility statement says the status, which has to stand on the home page.
    """
    if request.path.startswith(reverse("wagtailadmin_home")):
        return {}

    def top() -> list[Link]:
        home = local_home(request)
        if home is None:
            return []
        # Pages of several types, in one query: only those of text have a label of their own.
        pages = home.get_children().live().in_menu().order_by("path")
        return _links(request, pages.annotate(menu_label=F("standardpage__menu_label")))

    def foot() -> list[Link]:
        home = local_home(request)
        if home is None:
            return []
        pages = StandardPage.objects.descendant_of(home).live().filter(in_footer=True)
        pages = list(pages.defer_streamfields().order_by("path"))
        consultation = Consultation.of(request)
        for page in pages:
            if consultation and states_accessibility(page, home):
                page.menu_label = consultation.accessibility_line
        links = _links(request, pages)
        if consultation:
            for view, title in (
                ("library", pgettext("navigation", "Library of contributions")),
                ("register", pgettext("navigation", "Moderation register")),
            ):
                url = reverse(f"submissions:{view}")
                links.append(Link(title, url, current=request.path == url, ancestor=False))
        return links

    return {"navigation": SimpleLazyObject(top), "legal_links": SimpleLazyObject(foot)}
