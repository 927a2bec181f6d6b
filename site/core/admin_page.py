"""A page of our own in Wagtail's admin: who may see it, and where it stands."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


class AdminPage(UserPassesTestMixin, WagtailAdminTemplateMixin, TemplateView):
    """``test_func`` says for whom it is; others are led home, and told."""

    raise_exception = True
    _show_breadcrumbs = True

    def address(self) -> str:
        """Where the first of its pages stands; empty: it is the only one."""
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the home of the admin."""
        own = {"url": self.address(), "label": self.page_title}
        return [*super().get_breadcrumbs_items(), own]
