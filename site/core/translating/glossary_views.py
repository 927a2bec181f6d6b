"""The glossary out as a CSV file, and in again with a report."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin_page import AdminPage
from core.translating import glossary_files


class _Files(AdminPage):
    """For who keeps the glossary."""

    page_title = gettext_lazy("Glossary")
    header_icon = "openquote"

    def test_func(self) -> bool:
        """A file adds terms, and changes them."""
        return self.request.user.has_perms(["core.add_term", "core.change_term"])

    def address(self) -> str:
        """The glossary itself."""
        return reverse("glossary:index")


class ExportView(_Files):
    """Every term with its words in each language."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A file for a spreadsheet."""
        return HttpResponse(
            "".join(glossary_files.as_csv()),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="glossary.csv"'},
        )


class ImportView(_Files):
    """All of a file or nothing."""

    template_name = "core/translating/glossary_import.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read it, and say what became of it."""
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > glossary_files.LARGEST:
            why = _("Choose a CSV file of at most 1 MB.")
            report = glossary_files.Report(refused=[(0, "", why)])
        else:
            report = glossary_files.take(file.read(), request.user)
        context = self.get_context_data() | {"report": report}
        return self.render_to_response(context, status=422 if report.refused else 200)
