"""What the submissions bring to Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from submissions import guards, translation_parity
from submissions.contributions.exports import hooks as exports
from submissions.contributions.files import hooks as files
from submissions.contributions.publishing import hooks as publishing
from submissions.contributions.staff import hooks as contributions
from submissions.idea_translations import hooks as idea_translations
from submissions.mail import admin as mail
from submissions.moderation import hooks as moderation
from submissions.questionnaires.viewsets import QuestionnaireViewSet, QuestionViewSet
from submissions.suspects import hooks as suspects
from submissions.viewsets import DebateViewSet

__all__ = [
    "contributions",
    "exports",
    "files",
    "guards",
    "idea_translations",
    "mail",
    "moderation",
    "publishing",
    "suspects",
    "translation_parity",
]


class FormsGroup(ViewSetGroup):
    """Debates and questionnaires: one entry of the menu."""

    menu_label = pgettext_lazy("admin menu", "Forms")
    menu_icon = "form"
    menu_order = 210
    items = (DebateViewSet, QuestionnaireViewSet)


@hooks.register("register_admin_viewset")
def form_viewsets() -> list[Any]:
    """Debates and questionnaires: rules and state."""
    return [FormsGroup(), QuestionViewSet()]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """The words of our lines in the audit log."""
    actions.register_action("submissions.open", _("Open"), _("Opened for submissions"))
    actions.register_action(
        "submissions.attach", _("Attach"), _("Took up a retired block’s submissions")
    )
    actions.register_action(
        "submissions.typo", _("Typo"), _("Confirmed a change of words as a typo")
    )
