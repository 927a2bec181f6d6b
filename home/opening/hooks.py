"""The checklist in Wagtail's admin: its address, its entry in the menu, its lines in the log."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from home.opening.views import PERMISSION, URL_NAME, OpeningView
from submissions.models import Consultation
from submissions.staff_access import may


class OpeningMenuItem(MenuItem):
    """Shown to those who may clear a consultation for its opening."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To organisers of the site that answers, and administrators."""
        consultation = Consultation.of(request)
        return consultation is not None and may(request.user, PERMISSION, consultation)


@hooks.register("register_admin_urls")
def opening_urls() -> list[URLPattern]:
    """One page."""
    return [path("opening/", OpeningView.as_view(), name=URL_NAME)]


@hooks.register("register_admin_menu_item")
def opening_menu_item() -> MenuItem:
    """After the desks."""
    return OpeningMenuItem(
        pgettext_lazy("admin menu", "Opening"),
        reverse(URL_NAME),
        name="opening",
        icon_name="tick-inverse",
        order=220,
    )


@hooks.register("register_permissions")
def permission_to_open() -> QuerySet[Permission]:
    """What can be granted in the groups' form."""
    return Permission.objects.filter(
        content_type__app_label="submissions", codename="open_consultation"
    )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """The words of our lines in the audit log."""
    actions.register_action("home.cleared", _("Clear for opening"), _("Cleared for opening"))
    actions.register_action("home.held_back", _("Hold back"), _("Held back from opening"))
