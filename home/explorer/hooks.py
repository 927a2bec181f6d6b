"""The explorer's lists, in place of Wagtail's own for every kind of page."""

from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from home.explorer.columns import COLUMNS
from home.explorer.facts import facts_of
from home.explorer.menus import MenusMixin

AFTER = {"title", "parent"}  # what says which page it is comes first
LEAST = {"latest_revision_created_at", "type"}  # what a phone has no room for


def with_facts(columns: list[BaseColumn]) -> list[BaseColumn]:
    """Wagtail's columns, with ours behind those that name the page; the state tells times, too."""
    columns = [_with_times(column) for column in columns]
    columns = [_for_wide_screens(one) if one.name in LEAST else one for one in columns]
    at = 1 + max(place for place, column in enumerate(columns) if column.name in AFTER)
    return [*columns[:at], *COLUMNS, *columns[at:]]


def _with_times(column: BaseColumn) -> BaseColumn:
    if isinstance(column, PageStatusColumn):
        column = copy(column)
        column.cell_template_name = "home/explorer/status.html"
    return column


def _for_wide_screens(column: BaseColumn) -> BaseColumn:
    """A copy: Wagtail's own stands in other lists too."""
    copied = copy(column)
    copied.classname = "wide-only"
    copied.header = BaseColumn.Header(copied)
    return copied


class FactsMixin(MenusMixin):
    """Looks up the facts of the pages that a list shows, all at once."""

    table_classname = "listing full-width explorer"  # the style shares the width out

    def get_table(self, object_list: Any) -> Any:
        """The rows are those that ``object_list`` keeps: walking it fetches them once."""
        facts = facts_of(list(object_list))
        for page in object_list:
            page.explorer_facts = facts[page.pk]
        return super().get_table(object_list)


class ExplorerView(FactsMixin, ExplorableIndexView):
    """What stands under a page."""

    base_columns = with_facts(ExplorableIndexView.base_columns)

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Wagtail shows the head of any page below what all of one's pages have in common.

        With pages in two trees that is everything: drafts of another site would tell their titles.
        """
        own = self.permission_policy.explorable_instances(request.user)
        if parent_page_id and not own.filter(pk=parent_page_id).exists():
            return redirect("wagtailadmin_explore_root")
        shown: HttpResponse = super().get(request, parent_page_id)
        return shown


class PagesOfATypeView(FactsMixin, ContentTypeUseView):
    """All pages of one type. Its columns are given by the viewset: those of the explorer."""


class ExplorerViewSet(PageViewSet):
    """For every kind of page that has no list of its own."""

    model = Page
    index_view_class = ExplorerView
    content_type_use_view_class = PagesOfATypeView


@hooks.register("register_admin_viewset", order=1)
def explorer_viewset() -> ExplorerViewSet:
    """After Wagtail's, whose place it takes."""
    return ExplorerViewSet()
