"""What the submissions bring to Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from submissions import guards
from submissions.contributions import admin as contributions
from submissions.idea_translations import hooks as idea_translations
from submissions.mail import admin as mail
from submissions.moderation import hooks as moderation
from submissions.suspects import hooks as suspects
from submissions.viewsets import FormsGroup, QuestionViewSet

__all__ = ["contributions", "guards", "idea_translations", "mail", "moderation", "suspects"]


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
