"""Suspicions in Wagtail's admin: the entry of the menu, the addresses, the lines of the log."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from submissions.staff_access import may
from submissions.suspects.judging import SET_ASIDE, TAKE_BACK
from submissions.suspects.views import PERMISSION, ClustersView, ClusterView, LookAgainView


class SuspectsMenuItem(MenuItem):
    """Shown to those who may judge."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To organisers."""
        return may(request.user, PERMISSION)


class SuspectsViewSet(ViewSet):
    """The list, one cluster, the button to look again."""

    name = url_prefix = "suspects"
    icon = menu_icon = "warning"
    menu_label = pgettext_lazy("admin menu", "Suspicions")
    menu_name = "suspects"
    menu_order = 207
    menu_item_class = SuspectsMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        look_again = LookAgainView.as_view(http_method_names=["post"])
        return [
            path("", ClustersView.as_view(), name="index"),
            path("results/", ClustersView.as_view(results_only=True), name="index_results"),
            path("look-again/", look_again, name="look_again"),
            path("<int:pk>/", ClusterView.as_view(), name="cluster"),
        ]


@hooks.register("register_admin_viewset")
def suspects() -> SuspectsViewSet:
    """Beside mail, for those who may."""
    return SuspectsViewSet()


@hooks.register("register_permissions")
def permission_to_judge() -> QuerySet[Permission]:
    """What can be granted in the groups' form."""
    return Permission.objects.filter(
        content_type__app_label="submissions", codename="judge_participant"
    )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """The words of a judgement in the audit log."""
    actions.register_action(
        SET_ASIDE, _("Set participants aside"), _("Participants set aside as suspect")
    )
    actions.register_action(
        TAKE_BACK, _("Take participants back"), _("Participants taken back, and counted again")
    )
