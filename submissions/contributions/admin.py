"""Contributions in Wagtail's admin: the list, the reading view, the export. Nobody edits them."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from core.alternates import own_name
from core.clock import database_now
from submissions.contributions.countries import country_name
from submissions.contributions.exports import as_csv, as_json_lines
from submissions.contributions.reading import consents_of, page_title, parts_of
from submissions.models import Contribution, Questionnaire, RespondentType
from submissions.policies import OnlyThese

logger = logging.getLogger(__name__)

SEE_CONTACT = "submissions.view_contactdetails"


@dataclass(frozen=True)
class ExportFormat:
    """One kind of file: its name's ending, its media type, and who writes its lines."""

    ending: str
    media_type: str
    label: str | Promise
    lines: Callable[[QuerySet[Contribution], str], Iterator[str]]


EXPORTS = (
    ExportFormat("csv", "text/csv", _("Download CSV"), as_csv),
    ExportFormat("jsonl", "application/jsonl", _("Download JSON Lines"), as_json_lines),
)


def questionnaire_titles() -> dict[int, str]:
    """Every questionnaire by the title of its page, for telling which were answered."""
    rows = Questionnaire.objects.prefetch_related("labels").order_by("pk")
    return {row.pk: page_title(row) for row in rows}


def countries_named() -> list[tuple[str, str]]:
    """The countries that contributions come from."""
    codes = Contribution.objects.order_by("country").values_list("country", flat=True).distinct()
    names = [(code, country_name(code, get_language() or "en")) for code in codes]
    return sorted(names, key=lambda country: country[1])


class ContributionFilterSet(WagtailFilterSet):
    """By theme, respondent, country, language and day."""

    questionnaire = django_filters.ChoiceFilter(
        label=_("Questionnaire"),
        choices=lambda: questionnaire_titles().items(),
        method="of_questionnaire",
    )
    respondent_type = django_filters.ChoiceFilter(
        label=_("Respondent"), choices=RespondentType.choices
    )
    country = django_filters.ChoiceFilter(
        label=pgettext_lazy("contribution", "Country"), choices=countries_named
    )
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)
    submitted_at = django_filters.DateFromToRangeFilter(
        label=_("Received"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Contribution
        fields: ClassVar[list[str]] = []

    def of_questionnaire(self, queryset: Any, name: str, value: str) -> Any:
        """Those that answer it."""
        return queryset.answering(int(value))


class ContributionIndexView(generic.IndexView):
    """The list; its filters and search are those of the export too."""

    any_permission_required: ClassVar = ["view"]

    def get_base_queryset(self) -> Any:
        """In a constant number of queries."""
        return Contribution.objects.with_questionnaires()

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Who, from where, on what, when."""
        titles = questionnaire_titles()
        language = get_language() or "en"
        return [
            TitleColumn("reference", label=_("Reference"), get_url=self.get_inspect_url),
            Column("name", label=_("Name"), sort_key="name"),
            Column(
                "organisation",
                label=pgettext_lazy("contribution", "Organisation"),
                sort_key="organisation",
            ),
            Column("get_respondent_type_display", label=_("Respondent")),
            Column(
                "country",
                label=pgettext_lazy("contribution", "Country"),
                accessor=lambda row: country_name(row.country, language),
            ),
            Column("language", label=_("Language"), accessor=lambda row: own_name(row.language)),
            Column(
                "questionnaires",
                label=_("Questionnaires"),
                accessor=lambda row: ", ".join(titles[pk] for pk in row.questionnaire_ids),
            ),
            DateColumn("submitted_at", label=_("Received"), sort_key="submitted_at"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The exports, of what is listed."""
        if not self.user_has_permission("export"):
            return []
        query = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        return [
            Button(
                export.label,
                url=reverse(f"contributions:export_{export.ending}") + query,
                icon_name="download",
                priority=priority,
            )
            for priority, export in enumerate(EXPORTS)
        ]


class ContributionExportView(ContributionIndexView):
    """The listed contributions as a file, streamed."""

    permission_required = "export"
    export: ExportFormat = EXPORTS[0]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As an attachment. The language is taken now: the stream outlives the request's."""
        lines = self.export.lines(self.get_queryset(), get_language() or "en")
        name = f"contributions-{database_now():%Y-%m-%d}.{self.export.ending}"
        logger.info("contributions exported as %s by user %s", self.export.ending, request.user.pk)
        return StreamingHttpResponse(
            lines,
            content_type=f"{self.export.media_type}; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class ContributionReadView(generic.InspectView):
    """Each question beside its answer; who answered; what they agreed to."""

    any_permission_required: ClassVar = ["view"]
    page_title = pgettext_lazy("one of them", "Contribution")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The e-mail address only for who may see it: it is not even read for others."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        contribution = self.object
        context["contribution"] = contribution
        context["country"] = country_name(contribution.country, get_language() or "en")
        context["language_name"] = own_name(contribution.language)
        context["parts"] = parts_of(contribution)
        context["consents"] = consents_of(contribution)
        if self.request.user.has_perm(SEE_CONTACT):
            context["contact"] = getattr(contribution, "contact", None)
        return context


class ContributionViewSet(ModelViewSet):
    """Read, found and exported by whom the permissions allow."""

    model = Contribution
    name = "contributions"
    icon = "doc-full"
    menu_label = _("Contributions")
    menu_order = 205
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = ["reference"]
    inspect_view_class = ContributionReadView
    inspect_template_name = "submissions/contributions/admin/read.html"
    index_view_class = ContributionIndexView
    filterset_class = ContributionFilterSet
    search_fields: ClassVar = ["reference", "name", "organisation", "role"]
    search_backend_name = None
    ordering: ClassVar = ["-submitted_at", "-pk"]
    list_per_page = 50

    @property
    def permission_policy(self) -> OnlyThese:
        """Read and exported: what people sent is nobody's to change here."""
        return OnlyThese(self.model, "view", "export")

    def register_admin_url_finder(self) -> None:
        """There is no edit view to find."""

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """What can be granted in the groups' form."""
        return Permission.objects.filter(
            content_type__app_label="submissions",
            codename__in=["view_contribution", "export_contribution", "view_contactdetails"],
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        """No view that writes."""
        listing = self.get_index_view_kwargs()
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            *(
                path(
                    f"export.{export.ending}",
                    self.construct_view(ContributionExportView, export=export, **listing),
                    name=f"export_{export.ending}",
                )
                for export in EXPORTS
            ),
        ]


@hooks.register("register_admin_viewset")
def contribution_viewset() -> ContributionViewSet:
    """The entry of the menu."""
    return ContributionViewSet()
