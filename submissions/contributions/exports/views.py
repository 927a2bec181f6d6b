"""Exports in Wagtail's admin: asking for a file, how far it is, having it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.alternates import own_name
from submissions.contributions.exports.formats import (
    FORMATS,
    file_name,
    formats_for,
    may_have,
)
from submissions.contributions.exports.forms import ExportForm
from submissions.contributions.exports.listed import in_words, listed, query_of
from submissions.contributions.exports.making import (
    DOWNLOADED,
    UNDER_WAY,
    ask,
    place_of_files,
    record,
)
from submissions.contributions.exports.retention import KEPT_FOR
from submissions.contributions.staff.access import EXPORT, VIEW, consultations_of
from submissions.contributions.staff.people import name_of
from submissions.models import Consultation, Export, ExportState

SHOWN = 20


class ForExporters:
    """For who may export the contributions of a consultation; others get Wagtail's refusal."""

    request: HttpRequest

    @cached_property
    def consultations(self) -> QuerySet[Consultation]:
        """Those of which this person may export."""
        user = self.request.user
        return consultations_of(user, EXPORT) & consultations_of(user, VIEW)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask for the permission before anything else."""
        if not self.consultations.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def exports(self) -> QuerySet[Export]:
        """Those of these consultations, and whether somebody has withdrawn since."""
        found = Export.objects.with_outdated().filter(consultation__in=self.consultations)
        return found.select_related("by", "consultation__site")


class OneExport(ForExporters):
    """The export that the address names, for who may have it."""

    kwargs: dict[str, Any]

    @cached_property
    def export(self) -> Export:
        """A 404 for another consultation's; a refusal for a file that one may not have."""
        export = get_object_or_404(self.exports(), pk=self.kwargs["pk"])
        if not may_have(self.request.user, export):
            raise PermissionDenied
        return export


class ExportsPage(ForExporters, WagtailAdminTemplateMixin, TemplateView):
    """What will be exported, which files there are to choose from, and which were made."""

    template_name = "submissions/contributions/exports/exports.html"
    page_title = pgettext_lazy("contributions", "Export")
    header_icon = "download"
    form: ExportForm | None = None

    @cached_property
    def consultation(self) -> Consultation:
        """The one that the list is narrowed to, else this site's, else the first."""
        said = self.request.GET.get("consultation", "")
        rows = self.consultations.order_by("pk")
        if said.isascii() and said.isdecimal() and (named := rows.filter(pk=int(said)).first()):
            return named
        here = Consultation.for_request(self.request)
        return rows.filter(pk=here.pk).first() or rows[0]

    @cached_property
    def query(self) -> str:
        """What narrows the list that one comes from."""
        return query_of(self.request.GET)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list."""
        return [
            *self.breadcrumbs_items,
            {"url": f"{reverse('contributions:index')}?{self.query}", "label": LIST},
            {"url": "", "label": self.page_title},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Have the file made, and show how far it is."""
        formats = formats_for(request.user, self.consultation)
        self.form = ExportForm(request.POST, formats=formats)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        said = self.form.cleaned_data
        export = ask(
            self.consultation,
            request.user,
            format=said["format"],
            language=said["language"],
            query=self.query,
        )
        return redirect("contribution_export", export.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries, however many there are."""
        formats = formats_for(self.request.user, self.consultation)
        made = self.exports().filter(format__in=[each.code for each in formats])
        return super().get_context_data(
            form=self.form or ExportForm(formats=formats),
            formats=formats,
            consultation=self.consultation,
            several=len(self.consultations) > 1,
            total=listed(self.request.user, self.consultation, self.query).count(),
            filters=in_words(self.request.user, self.query),
            query=self.query,
            list_url=f"{reverse('contributions:index')}?{self.query}",
            made=[_as_row(export) for export in made[:SHOWN]],
            days=KEPT_FOR.days,
            **kwargs,
        )


class ExportPage(OneExport, WagtailAdminTemplateMixin, TemplateView):
    """One file: how far it is, then the file."""

    template_name = "submissions/contributions/exports/export.html"
    header_icon = "download"

    def get_page_title(self) -> str:
        """What became of it, then which it is: the page's title tells both."""
        return f"{FORMATS[self.export.format].label}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the page of exports, with the same filters."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("contributions:index"), "label": LIST},
            {"url": _all_url(self.export), "label": ExportsPage.page_title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The whole page; for htmx the bar alone, and the page again once there is no more bar."""
        if "HX-Request" not in request.headers:
            return super().get(request, *args, **kwargs)
        if self.export.state not in UNDER_WAY:
            return HttpResponse(headers={"HX-Refresh": "true"})
        self.template_name = "submissions/contributions/exports/progress.html"
        return self.render_to_response({"row": _as_row(self.export)})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The export in words."""
        user = self.request.user
        return super().get_context_data(
            row=_as_row(self.export),
            filters=in_words(user, self.export.filters, self.export.by),
            all_url=_all_url(self.export),
            file_name=file_name(self.export),
            kept_until=self.export.asked_at + KEPT_FOR,
            **kwargs,
        )


class DownloadView(OneExport, View):
    """The file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As an attachment, with a line in the audit log; its page if there is none to have."""
        export = self.export
        if export.state != ExportState.READY or export.outdated or not _stored(export):
            return redirect("contribution_export", export.pk)
        record(export, DOWNLOADED, request.user)
        return FileResponse(
            place_of_files().open(export.key),
            as_attachment=True,
            filename=file_name(export),
            content_type=FORMATS[export.format].media_type,
        )


class AgainView(OneExport, View):
    """The button “Make it again”: the same file, of what there is now."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Another export, by who asks now."""
        old = self.export
        export = ask(
            old.consultation,
            request.user,
            format=old.format,
            language=old.language,
            query=old.filters,
        )
        messages.success(request, _("The file is being made again."))
        return redirect("contribution_export", export.pk)


LIST = gettext_lazy("Contributions")


def _stored(export: Export) -> bool:
    return bool(export.key) and place_of_files().exists(export.key)


def _all_url(export: Export) -> str:
    query = QueryDict(export.filters, mutable=True)
    query["consultation"] = str(export.consultation_id)
    return f"{reverse('contribution_exports')}?{query.urlencode()}"


def _as_row(export: Export) -> dict[str, Any]:
    """What a template shows of it."""
    return {
        "export": export,
        "url": reverse("contribution_export", args=[export.pk]),
        "label": FORMATS[export.format].label,
        "language": own_name(export.language),
        "under_way": export.state in UNDER_WAY,
        "ready": export.state == ExportState.READY and not export.outdated,
        "outdated": export.outdated,
        "by": name_of(export.by),
    }
