"""The queue and the languages in the admin: addresses, entries of the menu, words of the log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, include, path, re_path, reverse
from django.urls.resolvers import URLResolver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail_localize.locales.wagtail_hooks import LocalesMenuItem

from core.wordings import hooks as wordings
from home.workplace import views
from home.workplace.queue import languages_of
from home.workplace.reach import Reach
from submissions.models import Consultation
from submissions.staff_access import may

__all__ = ["wordings"]


class QueueMenuItem(MenuItem):
    """For who translates into a language, or reviews what was."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is such a language."""
        return bool(languages_of(request.user))


class LanguagesMenuItem(MenuItem):
    """For organisers and administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Those who may change the consultation."""
        consultation = Consultation.of(request)
        return consultation is not None and may(request.user, views.MAY_CHANGE, consultation)


@hooks.register("register_admin_urls")
def workplace_urls() -> list[URLResolver]:
    """The queue, all languages, one of them, and where a text stands."""
    patterns = [
        path("", views.QueueView.as_view(), name="queue"),
        path("where/", views.WhereaboutsView.as_view(), name="whereabouts"),
        path("languages/", views.LanguagesView.as_view(), name="languages"),
        path("languages/<str:language>/", views.LanguageView.as_view(), name="language"),
    ]
    return [path("workplace/", include((patterns, "workplace")))]


def lead_to_languages(request: HttpRequest, **_where: str) -> HttpResponse:
    """Wagtail's list of locales adds and deletes one past all that is looked at here."""
    return redirect("workplace:languages")


@hooks.register("register_admin_urls", order=-1)
def in_place_of_locales() -> list[URLPattern]:
    """Every address below Wagtail's, asked first."""
    return [re_path(r"^locales/", lead_to_languages)]


@hooks.register("construct_settings_menu")
def without_locales(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Languages stand in the menu itself."""
    items[:] = [item for item in items if not isinstance(item, LocalesMenuItem)]


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    """Before the desk of ideas."""
    label = pgettext_lazy("admin menu", "To translate")
    where = reverse("workplace:queue")
    return QueueMenuItem(label, where, name="workplace", icon_name="list-ul", order=205)


class WhereaboutsMenuItem(MenuItem):
    """For who changes words of pages, of ideas or of the interface."""

    def is_shown(self, request: HttpRequest) -> bool:
        """As the page itself asks."""
        reach = Reach(request.user)
        return bool(reach.trees or reach.ideas or reach.wordings)


@hooks.register("register_reports_menu_item")
def whereabouts_menu_item() -> MenuItem:
    """Among the reports: nobody needs it every day."""
    label = pgettext_lazy("admin menu", "Where does a text stand?")
    where = reverse("workplace:whereabouts")
    return WhereaboutsMenuItem(label, where, name="whereabouts", icon_name="search", order=900)


@hooks.register("register_admin_menu_item")
def languages_menu_item() -> MenuItem:
    """After the checklist of the opening."""
    label = pgettext_lazy("admin menu", "Languages")
    where = reverse("workplace:languages")
    return LanguagesMenuItem(label, where, name="languages", icon_name="globe", order=221)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """The words of our lines in the audit log."""
    actions.register_action("home.language_added", _("Add a language"), _("Language added"))
    actions.register_action("home.language_shown", _("Show a language"), _("Language shown"))
    actions.register_action("home.language_hidden", _("Hide a language"), _("Language hidden"))
