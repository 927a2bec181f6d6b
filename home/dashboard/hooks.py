"""The panels join Wagtail's own on the admin's home."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from home.dashboard.panels import panels_for


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Before Wagtail's lists of pages."""
    panels[:0] = panels_for(request)
