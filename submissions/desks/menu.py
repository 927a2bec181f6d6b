"""The entry of a desk in the menu of Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from core.numbers import number


class DeskMenuItem(MenuItem):
    """Tells how much waits for who looks."""

    def waiting(self, user: Any) -> int:
        """How much waits for ``user``."""
        raise NotImplementedError

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """The label with the number of what waits, if anything does."""
        component = super().render_component(request)
        waiting = self.waiting(request.user)
        if waiting:
            language: str = request.LANGUAGE_CODE
            component.label = f"{component.label} ({number(waiting, language)})"
        return component
