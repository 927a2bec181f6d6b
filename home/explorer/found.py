"""Wagtail's lists of pages that belong to no viewset: what is sought, what is chosen from.

They show what they showed; the number of their queries doesn't grow with their rows. These
addresses stand before those of Wagtail's admin. The choosers keep their names there, by which
``home.guards.tools`` refuses them; it lets the search pass, which asks for rights on pages itself.
"""

from collections.abc import Collection
from typing import Any

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import chooser
from wagtail.admin.views.pages.search import SearchView
from wagtail.models import Page

from home.explorer.menus import MenusMixin


class FoundPagesView(MenusMixin, SearchView):
    """What the admin's search finds."""


class TitleColumn(chooser.PageTitleColumn):
    """The first that asks for a page's parent: all parents of a table are looked up then."""

    def get_cell_context_data(self, instance: Page, parent_context: Any) -> dict[str, Any]:
        """Once the first row has asked, the others have theirs."""
        if instance.depth > 1 and not hasattr(instance, "_cached_parent_obj"):
            _know_parents(parent_context["table"].data)
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context


def _know_parents(pages: Collection[Page]) -> None:
    """As ``get_parent`` keeps them."""
    above = {page.path: page.path[: -page.steplen] for page in pages}
    parents = Page.objects.filter(path__in=above.values()).select_related("locale")
    found = {parent.path: parent for parent in parents}
    for page in pages:
        if above[page.path] in found:  # the root has none
            page._cached_parent_obj = found[above[page.path]]


class ParentsMixin:
    """A chooser whose titles know what stands above."""

    is_multiple_choice: Any

    @property
    def columns(self) -> list[Any]:
        """Wagtail's, but for the title."""
        return [
            TitleColumn(one.name, label=one.label, is_multiple_choice=self.is_multiple_choice)
            if isinstance(one, chooser.PageTitleColumn)
            else one
            for one in super().columns  # type: ignore[misc]
        ]


class BrowsedPagesView(ParentsMixin, chooser.BrowseView):
    """What a link is chosen from: below a page."""


class SoughtPagesView(ParentsMixin, chooser.SearchView):
    """What a link is chosen from: by words."""


def _only_staff(view: Any) -> Any:
    return never_cache(require_admin_access(view))


urlpatterns = [
    path("pages/search/", _only_staff(FoundPagesView.as_view()), name="find_pages"),
    path(
        "pages/search/results/",
        _only_staff(FoundPagesView.as_view(results_only=True)),
        name="find_pages_results",
    ),
    path("choose-page/", _only_staff(BrowsedPagesView.as_view()), name="wagtailadmin_choose_page"),
    path(
        "choose-page/<int:parent_page_id>/",
        _only_staff(BrowsedPagesView.as_view()),
        name="wagtailadmin_choose_page_child",
    ),
    path(
        "choose-page/search/",
        _only_staff(SoughtPagesView.as_view()),
        name="wagtailadmin_choose_page_search",
    ),
]
