"""Moderation in Wagtail's admin: its menu item with what waits, its addresses, its audit lines."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from submissions.desks.menu import DeskMenuItem
from submissions.moderation.access import PERMISSION
from submissions.moderation.queue import waiting_count
from submissions.moderation.views import DecideView, QueueView, SpamView
from submissions.staff_access import may


class QueueMenuItem(DeskMenuItem):
    """Tells how many ideas and appeals wait for this moderator."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To moderators."""
        return may(request.user, PERMISSION)

    def waiting(self, user: Any) -> int:
        """Ideas and appeals that await an answer."""
        return waiting_count(user)


class ModerationViewSet(ViewSet):
    """The queue, one decision, spam."""

    name = url_prefix = "moderation"
    icon = menu_icon = "comment"
    menu_label = pgettext_lazy("admin menu", "Moderation")
    menu_name = "moderation"
    menu_order = 205
    menu_item_class = QueueMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """The queue, its results alone for Wagtail's script, one idea, several."""
        return [
            path("", QueueView.as_view(), name="index"),
            path("results/", QueueView.as_view(results_only=True), name="index_results"),
            path("spam/", SpamView.as_view(), name="spam"),
            path("<int:pk>/", DecideView.as_view(), name="decide"),
        ]


@hooks.register("register_admin_viewset")
def moderation() -> ModerationViewSet:
    """Beside pages, for those who may."""
    return ModerationViewSet()


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """The words of a decision in the audit log."""
    for kind, label, message in (
        ("publish", _("Publish idea"), _("Idea published")),
        ("refuse", _("Refuse idea"), _("Idea refused")),
        ("withdraw", _("Withdraw idea"), _("Idea withdrawn")),
        ("correct", _("Mend an idea’s spelling"), _("Spelling of an idea mended")),
        ("escalate", _("Ask about an idea"), _("Another moderator asked about an idea")),
        ("undo", _("Undo a decision"), _("Decision on an idea undone")),
        ("uphold", _("Uphold a refusal"), _("Refusal of an idea upheld on appeal")),
    ):
        actions.register_action(f"submissions.{kind}_idea", label, message)
