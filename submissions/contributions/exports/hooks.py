"""Exports in Wagtail's admin: their addresses, and the lines of the audit log."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from submissions.contributions.exports.making import ASKED, DOWNLOADED
from submissions.contributions.exports.views import (
    AgainView,
    DownloadView,
    ExportPage,
    ExportsPage,
)

ROOT = "contribution-exports/"


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """All of them; the button of the list leads to the first, with the list's query."""
    return [
        path(ROOT, ExportsPage.as_view(), name="contribution_exports"),
        path(f"{ROOT}<uuid:pk>/", ExportPage.as_view(), name="contribution_export"),
        path(f"{ROOT}<uuid:pk>/file/", DownloadView.as_view(), name="contribution_export_file"),
        path(f"{ROOT}<uuid:pk>/again/", AgainView.as_view(), name="contribution_export_again"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Who had which file made, and who took it."""
    actions.register_action(
        ASKED, pgettext_lazy("log", "Export contributions"), _("Contributions exported")
    )
    actions.register_action(
        DOWNLOADED,
        pgettext_lazy("log", "Download an export"),
        _("Export of contributions downloaded"),
    )
