"""Translating ideas in Wagtail's admin: menu item with what waits, addresses, audit lines."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from submissions.desks.menu import DeskMenuItem
from submissions.idea_translations.access import languages_into
from submissions.idea_translations.queue import waiting_count
from submissions.idea_translations.views import DeskView, MachineView, QueueView


class QueueMenuItem(DeskMenuItem):
    """Tells how many translations wait for this translator."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To those who translate into a language."""
        return bool(languages_into(request.user))

    def waiting(self, user: Any) -> int:
        """Translations into all of one's languages."""
        return waiting_count(user)


class TranslationsViewSet(ViewSet):
    """The queue, one idea into one language, the machine translator."""

    name = "idea_translations"
    url_prefix = "idea-translations"
    icon = menu_icon = "globe"
    menu_label = pgettext_lazy("admin menu", "Ideas to translate")
    menu_name = "idea-translations"
    menu_order = 206
    menu_item_class = QueueMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """The queue, its results alone for Wagtail's script, the machine, one idea."""
        return [
            path("", QueueView.as_view(), name="index"),
            path("results/", QueueView.as_view(results_only=True), name="index_results"),
            path("machine/", MachineView.as_view(), name="machine"),
            path("<int:pk>/<str:into>/", DeskView.as_view(), name="desk"),
        ]


@hooks.register("register_admin_viewset")
def translations() -> TranslationsViewSet:
    """Beside moderation, for those who may."""
    return TranslationsViewSet()


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What translators do, in the audit log."""
    for what, label, message in (
        ("propose", _("Propose a translation"), _("Translation of an idea proposed by a machine")),
        ("draft", _("Draft a translation"), _("Translation of an idea drafted")),
        ("approve", _("Approve a translation"), _("Translation of an idea approved")),
        ("take_back", _("Take a translation back"), _("Translation of an idea taken back")),
        ("keep", _("Keep a translation"), _("Translation of an idea kept as it stands")),
    ):
        actions.register_action(f"submissions.{what}_translation", label, message)
