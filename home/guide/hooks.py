"""The guide in Wagtail's admin: its addresses, its entries in the Help menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from home.guide.screens import page_for
from home.guide.views import GuideView, picture

WAGTAILS_OWN = "editor-guide"


class ThisScreenMenuItem(MenuItem):
    """Leads from a screen to the page of the guide that tells what is done there."""

    def is_shown(self, request: HttpRequest) -> bool:
        """On screens that have one."""
        return page_for(request.resolver_match) is not None

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """The link to that page."""
        component = super().render_component(request)
        component.url = reverse("guide:page", args=[page_for(request.resolver_match)])
        return component


@hooks.register("register_admin_urls")
def guide_urls() -> list[URLPattern | URLResolver]:
    """Wagtail asks all of them for the permission to see the admin, and for nothing else."""
    urls = [
        path("", GuideView.as_view(), name="index"),
        path("<slug:name>/", GuideView.as_view(), name="page"),
        path("<slug:language>/pictures/<slug:name>.png", picture, name="picture"),
    ]
    return [path("guide/", include((urls, "guide")))]


@hooks.register("register_help_menu_item")
def this_screen() -> MenuItem:
    """On top of the menu."""
    label = pgettext_lazy("admin menu", "Help on this screen")
    return ThisScreenMenuItem(label, "#", name="guide-screen", icon_name="help", order=10)


@hooks.register("register_help_menu_item")
def contents() -> MenuItem:
    """All of it."""
    return MenuItem(
        pgettext_lazy("admin menu", "Guide, task by task"),
        reverse("guide:index"),
        name="guide",
        icon_name="list-ul",
        order=20,
    )


@hooks.register("construct_help_menu")
def one_guide(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Two guides of one name would be one too many; ours leads to Wagtail's."""
    menu_items[:] = [item for item in menu_items if item.name != WAGTAILS_OWN]
