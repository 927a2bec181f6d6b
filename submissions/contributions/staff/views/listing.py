"""The list of contributions: the reading's progress, filters, columns, boxes to share out."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button

from core.alternates import own_name
from core.dates import day
from submissions.contributions.countries import country_name
from submissions.contributions.staff import access
from submissions.contributions.staff.filters import (
    ContributionFilters,
    questionnaire_titles,
    search,
)
from submissions.contributions.staff.people import name_of
from submissions.contributions.staff.progress import progress_of
from submissions.contributions.staff.queue import NEWEST, as_listed, order_of
from submissions.contributions.staff.readings import state_of
from submissions.contributions.staff.views.base import StaffPage
from submissions.models import Contribution, PublicationState
from submissions.models.contribution import ContributionQuerySet


class SelectColumn(BaseColumn):
    """A box to tick what is shared out; the button stands below the list."""

    header_template_name = "submissions/contributions/staff/select_header.html"
    cell_template_name = "submissions/contributions/staff/select_cell.html"


class NameColumn(TitleColumn):
    """Who sent it, and its reference; on a phone, what other columns say too."""

    cell_template_name = "submissions/contributions/staff/name_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """The link leads to the reading view, and back to this list."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"link_url": instance.get_link, "contribution": instance}


class ReadingColumn(Column):
    """How far it is, and who reads it."""

    cell_template_name = "submissions/contributions/staff/reading_cell.html"


def wide(
    name: str, label: Any, accessor: Any, sort_key: str | None = None, classname: str = ""
) -> Column:
    """A column that a phone has no room for."""
    classes = f"wide-only {classname}".strip()
    return Column(name, label=label, accessor=accessor, sort_key=sort_key, classname=classes)


class ContributionsView(StaffPage, BaseListingView):
    """Contributions, the newest first unless sorted otherwise, in a constant number of queries."""

    template_name = "submissions/contributions/staff/list.html"
    results_template_name = "submissions/contributions/staff/list_results.html"
    page_title = pgettext_lazy("admin menu", "Contributions")
    header_icon = "doc-full"
    index_url_name = "contributions:index"
    index_results_url_name = "contributions:index_results"
    filterset_class = ContributionFilters
    is_searchable = True
    default_ordering = NEWEST
    paginate_by = 50
    verbose_name_plural = Contribution._meta.verbose_name_plural

    def get_base_queryset(self) -> ContributionQuerySet:
        """Those that one sees, with what the columns show."""
        return as_listed(access.contributions_of(self.me))

    def order_queryset(self, queryset: ContributionQuerySet) -> ContributionQuerySet:
        """As sorted, and always the same among equals."""
        return queryset.order_by(*order_of(self.ordering))

    def search_queryset(self, queryset: ContributionQuerySet) -> ContributionQuerySet:
        """By reference, name, organisation, role."""
        return search(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def titles(self) -> dict[int, str]:
        """Of the questionnaires."""
        return questionnaire_titles(access.consultations_of(self.me))

    @cached_property
    def may_assign(self) -> bool:
        """Whether boxes stand before the rows."""
        return access.may(self.me, access.READ)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Who, from where, on what, how far."""
        boxes = [SelectColumn("select", label="")] if self.may_assign else []
        return [
            *boxes,
            NameColumn("name", label=gettext_lazy("Name"), accessor="name", sort_key="name"),
            wide(
                "organisation",
                pgettext_lazy("contribution", "Organisation"),
                "organisation",
                "organisation",
            ),
            wide("respondent_type", gettext_lazy("Respondent"), "get_respondent_type_display"),
            wide(
                "country",
                pgettext_lazy("contribution", "Country"),
                lambda row: country_name(row.country, self.language),
            ),
            wide("language", gettext_lazy("Language"), lambda row: own_name(row.language)),
            wide(
                "questionnaires",
                gettext_lazy("Questionnaires"),
                lambda row: ", ".join(self.titles.get(pk, "") for pk in row.questionnaire_ids),
            ),
            ReadingColumn(
                "reading",
                label=pgettext_lazy("contribution", "Reading"),
                accessor="get_reading",
                sort_key="reading__state",
            ),
            wide(
                "submitted_at",
                gettext_lazy("Received"),
                lambda row: row.get_day,
                "submitted_at",
                "reading-day",
            ),
        ]

    def get_table(self, object_list: Any) -> Any:
        """Say in the reader's language what a row is, and where it leads."""
        for row in object_list:
            row.get_link = self.url("inspect", row.pk)
            row.get_reading = state_of(row)
            row.get_reader = name_of(row.get_reading.assignee) if row.get_reading.assignee else ""
            row.get_publication = (
                PublicationState(row.published_as).label if row.published_as else ""
            )
            row.get_day = day(row.submitted_at, self.language)
        return super().get_table(object_list)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Codes, campaigns, exports: for whom they are, where there are."""
        offered = [
            ("contributions:scheme", pgettext_lazy("admin", "Coding scheme"), "tag", access.VIEW),
            (
                "campaigns:index",
                pgettext_lazy("admin", "Campaigns"),
                "group",
                access.VIEW,
            ),
            (
                "contribution_exports",
                pgettext_lazy("admin", "Exports"),
                "download",
                access.EXPORT,
            ),
        ]
        buttons = []
        for priority, (name, label, icon, permission) in enumerate(offered):
            url = _address(name)
            if not url or not access.may(self.me, permission):
                continue
            query = self.kept.urlencode() if name == "contribution_exports" else ""
            buttons.append(
                Button(
                    label,
                    url=f"{url}?{query}" if query else url,
                    icon_name=icon,
                    priority=priority,
                )
            )
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The progress above the list, of all that one sees, whatever the filters."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        exports = _address("contribution_exports") if access.may(self.me, access.EXPORT) else ""
        context |= {"view": self, "kept": self.kept, "exports_url": exports}
        if self.results_only:
            return context
        everything = access.contributions_of(self.me)
        return context | {"progress": progress_of(everything, self.titles)}


def _address(name: str) -> str:
    """Where a page of another part of the admin stands; nothing where it isn't."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
