"""Wordings in Wagtail's admin: addresses, an entry of the menu, words of the log."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import include, path, reverse
from django.urls.resolvers import URLResolver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from core.wordings import services, views


class WordingsMenuItem(MenuItem):
    """For administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """No role holds the permission."""
        return request.user.has_perm(views.PERMISSION)


@hooks.register("register_admin_urls")
def wordings_urls() -> list[URLResolver]:
    """One language, one wording, files."""
    patterns = [
        path("", views.WordingsView.as_view(), name="index"),
        path("wording/", views.WordingView.as_view(), name="wording"),
        path("po/", views.ExportView.as_view(), name="export"),
        path("po/import/", views.ImportView.as_view(), name="import"),
    ]
    return [path("wordings/<str:language>/", include((patterns, "wordings")))]


def _first_language() -> str:
    """The first that is translated, if any is."""
    codes = [code for code, _name in settings.LANGUAGES]
    return next((code for code in codes if code != settings.LANGUAGE_CODE), codes[0])


@hooks.register("register_settings_menu_item")
def wordings_menu_item() -> MenuItem:
    """Among the settings."""
    return WordingsMenuItem(
        pgettext_lazy("admin menu", "Wordings"),
        reverse("wordings:index", args=[_first_language()]),
        name="wordings",
        icon_name="edit",
        order=610,
    )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """The words of our lines in the audit log."""
    actions.register_action(
        services.ACTION, _("Mend a wording"), _("Wording of the interface mended")
    )
