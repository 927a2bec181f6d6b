"""The checks in the page editor: what could be better since the last save, with what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ChecksPanel(Panel):
    """Advice beside the words it is about. Nothing here keeps a page from being published."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("What could be better"))
        kwargs.setdefault("help_text", _("Advice on the words as they were last saved."))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page; a page that saves itself fills it anew."""

        template_name = "core/checks/panel.html"
