"""Publication and campaigns in Wagtail's admin: the addresses, the lines of the log."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from submissions.contributions.campaigns import judging
from submissions.contributions.campaigns.views import (
    CampaignsView,
    CampaignView,
    CompareView,
    LookAgainView,
)
from submissions.contributions.publishing import redacting, services
from submissions.contributions.publishing.views import FileView, PublicationView, RedactView
from submissions.contributions.staff import access

# What staff do: the name in the list of actions, and the line of the log.
ACTS = {
    redacting.REDACT: (_("Redact"), _("Words taken out of what will be public")),
    redacting.LIFT: (_("Lift a redaction"), _("Redaction lifted")),
    redacting.WITHHOLD: (_("Withhold a file"), _("File withheld from publication")),
    redacting.RELEASE: (_("Release a file"), _("File let be published")),
    services.PROPOSE: (_("Show its author a preview"), _("Preview shown to its author")),
    services.PUBLISH: (_("Publish a contribution"), _("Contribution published")),
    services.TAKE_BACK: (_("Take a publication back"), _("Publication taken back")),
    judging.CONFIRM: (_("Confirm a campaign"), _("Campaign confirmed")),
    judging.DISMISS: (_("Dismiss a campaign"), _("Judged to be no campaign")),
    judging.PUT_IN: (_("Put into a campaign"), _("Contribution put into a campaign")),
    judging.TAKE_OUT: (_("Take out of a campaign"), _("Contribution taken out of a campaign")),
}


class PublishingViewSet(ViewSet):
    """What becomes public of one contribution. Reached from its page."""

    name = url_prefix = "publishing"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        return [
            path("<int:pk>/", PublicationView.as_view(), name="publication"),
            path("<int:pk>/answers/<int:answer_pk>/", RedactView.as_view(), name="redact"),
            path("<int:pk>/files/<uuid:file_pk>/", FileView.as_view(), name="file"),
        ]


class CampaignsMenuItem(MenuItem):
    """Shown to those who may see contributions."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To reviewers and organisers."""
        return access.may(request.user, access.VIEW)


class CampaignsViewSet(ViewSet):
    """The list, one campaign, two texts side by side."""

    name = url_prefix = "campaigns"
    icon = menu_icon = "group"
    menu_label = pgettext_lazy("admin menu", "Campaigns")
    menu_name = "campaigns"
    menu_order = 206
    menu_item_class = CampaignsMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        look_again = LookAgainView.as_view(http_method_names=["post"])
        return [
            path("", CampaignsView.as_view(), name="index"),
            path("results/", CampaignsView.as_view(results_only=True), name="index_results"),
            path("look-again/", look_again, name="look_again"),
            path("<int:pk>/", CampaignView.as_view(), name="campaign"),
            path("<int:pk>/<int:member_pk>/", CompareView.as_view(), name="compare"),
        ]


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet]:
    """Beside contributions, for those who may."""
    return [PublishingViewSet(), CampaignsViewSet()]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """The words of each act in the audit log."""
    for act, (label, message) in ACTS.items():
        actions.register_action(act, label, message)
