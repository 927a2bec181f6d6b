"""What trees bring to Wagtail's admin: an entry in the menus of a page, a line of history."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from core.translating.access import may_translate
from core.translating.bulk.jobs import ASKED
from core.translating.bulk.views import TITLE


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def tree_button(page: Page, user: Any, **_more: Any) -> Iterator[Button]:
    """For pages that have others below them. Asks nothing of the database: lists are long."""
    if page.depth > 1 and page.numchild and may_translate(user, page):
        url = reverse("translating:tree", args=[page.pk])
        yield Button(TITLE, url, priority=62, icon_name="globe")


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Who sent a tree."""
    actions.register_action(
        ASKED, _("Send a part of the site to translation"), _("Sent to translation with its pages")
    )
