"""What the work on translations brings to Wagtail's admin: addresses, lines of history."""

from copy import copy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from core.translating import states
from core.translating.stopping import RESUMED, STOPPED, may_stop
from core.translating.urls import urlpatterns

RESTART = "localize-restart-translation"  # of wagtail-localize, in what its menu sends


@hooks.register("register_admin_urls", order=-1)
def desk_urls() -> list[Any]:
    """The desk of each translated page."""
    return [path("translating/", include((urlpatterns, "translating")))]


@hooks.register("before_edit_page", order=-1)
def lead_to_the_desk(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A translated page is worked on at its desk; wagtail-localize's editor is not used.

    Nor does its entry of the action menu take up a translation that was stopped: what was written
    by hand would be lost untold.
    """
    if request.method == "POST" and RESTART in request.POST:
        return redirect("translating:resume", page.pk)
    if page.alias_of_id is None and states.work_of(page) is not None:
        if request.resolver_match and request.resolver_match.url_name == "revisions_revert":
            messages.info(
                request,
                _("An older version is not published from the history: copy its words to here."),
            )
        return redirect("translating:desk", page.pk)
    return None


@hooks.register("before_edit_snippet", order=-1)
def keep_snippets(request: HttpRequest, instance: Any) -> None:
    """Nothing of a snippet goes through wagtail-localize's editor either: it would publish it."""
    if not isinstance(instance, TranslatableMixin):
        return
    followed = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale=instance.locale_id, enabled=True
    )
    if RESTART in request.POST or followed.exists():
        raise PermissionDenied


@hooks.register("construct_page_action_menu")
def offer_to_resume(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Only administrators take up a translation that was stopped; it is called as elsewhere."""
    if not may_stop(request.user):
        items[:] = [item for item in items if item.name != RESTART]
    for at, item in enumerate(items):
        if item.name == RESTART:
            items[at] = copy(item)  # Wagtail keeps one for all pages
            items[at].label = _("Take up the translation again")


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a page tells of its translation."""
    for action, label, message in (
        (states.BEGUN, _("Begin the translation"), _("Translation begun")),
        (states.REOPENED, _("Change the translation"), _("Translation changed")),
        (states.READY, _("Say the translation is ready"), _("Translation ready for review")),
        (states.SENT_BACK, _("Send the translation back"), _("Translation sent back")),
        (states.REVIEWED, _("Review the translation"), _("Translation reviewed")),
        (states.PUBLISHED, _("Publish the translation"), _("Translation published")),
        (STOPPED, _("Stop the translation"), _("Translation stopped")),
        (RESUMED, _("Take up the translation again"), _("Translation taken up again")),
        (states.SOURCE_CHANGED, _("Change the original"), _("The original has changed")),
        (
            states.OVERTAKEN,
            _("Publish other words than those of the desk"),
            _("Other words published than those of the translation desk"),
        ),
    ):
        actions.register_action(action, label, message)
