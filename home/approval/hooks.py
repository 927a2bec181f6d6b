"""What the page editor offers for moderation, in words that name no workflow and no step."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin import action_menu
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

SUBMIT = pgettext_lazy("moderation of pages", "Submit for moderation")
SUBMIT_AGAIN = pgettext_lazy("moderation of pages", "Submit again for moderation")
TAKE_BACK = pgettext_lazy("moderation of pages", "Take back from moderation")
ASK = pgettext_lazy("moderation of pages", "Ask for changes")
APPROVE = pgettext_lazy("moderation of pages", "Approve and publish")
APPROVE_SAYING = pgettext_lazy("moderation of pages", "Approve and publish, with a comment")
SCHEDULE = pgettext_lazy("moderation of pages", "Approve: goes live at its time")
SCHEDULE_SAYING = pgettext_lazy(
    "moderation of pages", "Approve, with a comment: goes live at its time"
)


class SubmitItem(action_menu.SubmitForModerationMenuItem):
    """For who may write and not publish, and for publishers who want another pair of eyes."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """It says whether changes were asked for."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        asked = state is not None and state.status == state.STATUS_NEEDS_CHANGES
        return context | {"label": SUBMIT_AGAIN if asked else SUBMIT}


class TakeBackItem(action_menu.CancelWorkflowMenuItem):
    """For who submitted it, and for who may approve it."""

    label = TAKE_BACK


@hooks.register("construct_page_action_menu")
def offer(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """One step has no start to go back to: submitting again is all there is.

    Who may approve is offered that, and not to publish past it: the author would not be told.
    """
    page = context.get("page")
    left_out: tuple[type[ActionMenuItem], ...] = (action_menu.RestartWorkflowMenuItem,)
    if any(isinstance(item, action_menu.WorkflowMenuItem) for item in items):
        left_out += (action_menu.PublishMenuItem,)
        if page is None or page.current_workflow_state.requested_by != request.user:
            left_out += (action_menu.CancelWorkflowMenuItem,)
    items[:] = [_in_our_words(item, page) for item in items if not isinstance(item, left_out)]


def _in_our_words(item: ActionMenuItem, page: Page | None) -> ActionMenuItem:
    match item:
        case action_menu.SubmitForModerationMenuItem():
            return SubmitItem(order=item.order)
        case action_menu.CancelWorkflowMenuItem():
            return TakeBackItem(order=item.order)
        case action_menu.WorkflowMenuItem():
            item.label = _deed(item, page)
    return item


def _deed(item: action_menu.WorkflowMenuItem, page: Page | None) -> str | Promise:
    """What a publisher does to a page in moderation; whoever says something types it next."""
    if item.name != "approve":
        return ASK
    later = page is not None and page.go_live_at and page.go_live_at > timezone.now()
    if later:
        return SCHEDULE_SAYING if item.launch_modal else SCHEDULE
    return APPROVE_SAYING if item.launch_modal else APPROVE
