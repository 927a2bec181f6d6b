"""Tools for pages are for those who work on pages, and some of Wagtail's for nobody.

Wagtail opens its choosers, its API, its lists of tags and previews of blocks, and wagtail-localize
its report, to whoever may enter the admin: a moderator or a reviewer would read there the titles of
pages that nobody has published. Some views of a page ask for less than ``core.page_rights``, or for
nothing. It is asked before the view is reached, so that a version of Wagtail which names a view
anew is seen by the table of docs/roles.md.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, task_permission_policy

ADMIN = "/admin/"
ON_PAGES = ("add", "change", "publish", "lock", "unlock")
TOOLS = (
    "wagtailadmin_api:",
    "wagtailadmin_choose_page",
    "wagtailadmin_tag_",
    "wagtailadmin_block_preview",
    "wagtail_localize:translations_report",
    "wagtail_localize:snippets_api_",
    "wagtailembeds:",
    "wagtailimages_chooser:",
    "wagtaildocs_chooser:",
)
# The API's deeds ask no hook: pages that hold what people sent would go. Nothing here uses them.
NOBODYS = ("wagtailadmin_api:pages:action",)
# A fault on purpose, for whoever looks at a page of errors.
NOT_HERE = ("wagtailadmin_error_test",)
# Who did what on the whole site: for those who answer for pages.
OF_PUBLISHERS = ("wagtailadmin_reports:site_history",)
REPORTS = ("wagtail_localize:translations_report", "wagtailadmin_reports:site_history")
# Choosing the steps of a workflow, which only administrators make.
OF_WORKFLOWS = ("wagtailadmin_workflows:task_cho",)
ONE_PAGE = "wagtailadmin_pages:"
IN_BULK = "wagtail_bulk_action"
TAKING_AWAY = ("delete", "move", "move_confirm")
WRITING_ANEW = ("copy", "convert_alias")
BEFORE_THE_PUBLIC = ("publish", "unpublish")


class PageToolsMiddleware:
    """Refuses staff what is not theirs, as Wagtail refuses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing is asked of an address outside of the admin: it is not known yet."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Wagtail's own refusal; whoever is not signed in is led there by the view itself."""
        match = request.resolver_match
        name = match.view_name if match else ""
        # Outside of the admin nobody is asked who they are: a copy would be one reader's.
        if not name.startswith("wagtail") or not request.path.startswith(ADMIN):
            return None
        if not request.user.is_authenticated:
            return None
        if name.startswith(NOT_HERE):
            raise Http404
        if _may(request.user, name, kwargs) and _may_in_bulk(request, name, kwargs):
            return None
        refused: HttpResponseBase = permission_denied(request)
        return refused


def _may(user: Any, name: str, kwargs: dict[str, Any]) -> bool:
    """Whether an address is a member of staff's; those that are not named ask for themselves."""
    if name.startswith(NOBODYS):
        return False
    if name.startswith(TOOLS):
        return bool(page_permission_policy.user_has_any_permission(user, ON_PAGES))
    if name.startswith(OF_PUBLISHERS):
        return bool(page_permission_policy.user_has_permission(user, "publish"))
    if name.startswith(OF_WORKFLOWS):
        return bool(task_permission_policy.user_has_any_permission(user, ("add", "change")))
    if name.startswith(ONE_PAGE):
        return _may_page(user, name.removeprefix(ONE_PAGE), kwargs)
    return True


def _may_page(user: Any, name: str, kwargs: dict[str, Any]) -> bool:
    """A page that is not there is the view's to tell."""
    page = Page.objects.filter(pk=kwargs.get("page_id", kwargs.get("page_to_move_id"))).first()
    return page is None or _may_do(user, name, page)


def _may_do(user: Any, name: str, page: Page) -> bool:
    held = page.specific_deferred.permissions_for_user(user)
    if name in TAKING_AWAY:
        return bool(held.can_move())
    if name in WRITING_ANEW:
        return bool(held.can_copy())
    if name in BEFORE_THE_PUBLIC:
        return bool(held.can_publish())
    return bool(held.can_edit() or held.can_publish())


def _may_in_bulk(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> bool:
    """What is ticked in a list: Wagtail tells the titles of pages that are not one's own, too."""
    if name != IN_BULK:
        return True
    if kwargs["model_name"] != "page":
        return bool(page_permission_policy.user_has_any_permission(request.user, ON_PAGES))
    ticked = {one for one in request.GET.getlist("id") if one.isdecimal()}
    ticked |= {one for one in request.GET.getlist("childOf") if one.isdecimal()}
    pages = list(Page.objects.filter(pk__in=ticked))
    return bool(pages) and all(_may_do(request.user, kwargs["action"], page) for page in pages)


@hooks.register("construct_reports_menu")
def reports_one_may_read(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail offers reports that are refused here to whoever may enter the admin."""
    refused = {reverse(name) for name in REPORTS if not _may(request.user, name, {})}
    items[:] = [one for one in items if one.url not in refused]


@hooks.register("before_bulk_action")
def in_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[Any], _action: Any
) -> HttpResponseBase | None:
    """Of the pages ticked in a list, Wagtail asks for its own permissions only."""
    pages = [each for each in objects if isinstance(each, Page)]
    if all(_may_do(request.user, action_type, page) for page in pages):
        return None
    refused: HttpResponseBase = permission_denied(request)
    return refused
