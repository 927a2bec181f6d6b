"""What the import of translations leaves in the history of a page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from core.translating.po.importing import IMPORTED


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Who imported a file."""
    actions.register_action(
        IMPORTED, pgettext_lazy("log", "Import translations"), _("Translations imported")
    )
