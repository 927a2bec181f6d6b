"""What every page of staff for contributions has: who may, and the way back to the list."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from submissions.contributions.staff import access
from submissions.contributions.staff.filters import listed
from submissions.contributions.staff.queue import order_of
from submissions.models import Consultation, Contribution
from submissions.models.contribution import ContributionQuerySet

# Of the list's query: what goes with one from page to page. The page number does not.
NOT_KEPT = ("p", "_w_filter_fragment", "id", "csrfmiddlewaretoken", "edit")
LONGEST_QUERY = 2000


class StaffPage:
    """For those who hold ``permission`` somewhere; others get Wagtail's own refusal.

    A row of a consultation on which one holds it not is a 404, at every address.
    """

    permission: str = access.VIEW
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask for the permission before anything else. Never from a cache."""
        if not access.may(request.user, self.permission):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store"
        return response

    @property
    def me(self) -> Any:
        """Who looks."""
        return self.request.user

    @cached_property
    def language(self) -> str:
        """One's own, of the admin."""
        return get_language() or settings.LANGUAGE_CODE

    def may(self, permission: str, consultation: Consultation | int) -> bool:
        """Whether one holds ``permission`` on ``consultation``."""
        return access.may(self.me, permission, consultation)

    @cached_property
    def kept(self) -> QueryDict:
        """The query of the list that one comes from."""
        query = self.request.GET.copy()
        for name in NOT_KEPT:
            query.pop(name, None)
        return query if len(query.urlencode()) <= LONGEST_QUERY else QueryDict(mutable=True)

    def url(self, name: str, *args: Any) -> str:
        """An address of ours, with the way back to that list."""
        query = self.kept.urlencode()
        return reverse(f"contributions:{name}", args=args) + (f"?{query}" if query else "")

    @property
    def list_url(self) -> str:
        """The list that one comes from."""
        return self.url("index")

    def in_list(self) -> ContributionQuerySet:
        """What that list shows, in its order."""
        return listed(self.me, self.kept).order_by(*order_of(self.kept.get("ordering", "")))


class Page(StaffPage, WagtailAdminTemplateMixin, TemplateView):
    """A page with a title, a trail from the list, and a form or two."""

    header_icon = "doc-full"
    page_title: Any = pgettext_lazy("admin menu", "Contributions")
    trail: tuple[tuple[str, Any], ...] = ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list that one comes from."""
        steps = [(self.list_url, pgettext_lazy("admin menu", "Contributions")), *self.steps()]
        return [
            *self.breadcrumbs_items,
            *({"url": url, "label": label} for url, label in steps),
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def steps(self) -> list[tuple[str, Any]]:
        """What lies between the list and this page."""
        return []

    def again(self, *, status: int = 422, **more: Any) -> HttpResponse:
        """The page with what was typed."""
        return self.render_to_response(self.get_context_data(**more), status=status)


class OfContribution(Page):
    """A page of one contribution."""

    @cached_property
    def contribution(self) -> Contribution:
        """The one of the address, of those that one sees."""
        rows = access.contributions_of(self.me, self.permission).select_related(
            "consultation__site", "reading__assignee"
        )
        found: Contribution = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    @property
    def read_url(self) -> str:
        """Its own page."""
        return self.url("inspect", self.contribution.pk)

    def steps(self) -> list[tuple[str, Any]]:
        """Below its own page."""
        return [(self.read_url, self.contribution.reference)]
