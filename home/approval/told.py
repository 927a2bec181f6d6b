"""Who decides in the editor is told what became of the page: Wagtail says that it was updated."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, TaskState

BUTTON, DEED = "action-workflow-action", "workflow-action-name"
STEP = "_step_decided_on"  # kept on the request until the page was saved


@hooks.register("before_edit_page")
def look_what_is_decided_on(request: HttpRequest, page: Page) -> None:
    """What is no longer to be decided is kept as a draft: Wagtail would fail and lose the words."""
    if not request.POST.get(BUTTON):
        return
    step = page.current_workflow_task_state
    offered = step.task.specific.get_actions(page, request.user) if step else []
    if request.POST.get(DEED) in [name for name, _words, _asks in offered]:
        setattr(request, STEP, step)
        return
    less = request.POST.copy()
    del less[BUTTON]
    request.POST = less  # type: ignore[assignment]  # its setter takes any
    words = _("“%(title)s” was decided on meanwhile. What you wrote is kept as a draft.")
    messages.warning(request, words % {"title": page.get_admin_display_title()})


@hooks.register("after_edit_page")
def tell_what_was_decided(request: HttpRequest, page: Page) -> None:
    """Approved, now or for a time that was set; approved in one step of several; or sent back."""
    step = getattr(request, STEP, None)
    if step is None:
        return
    decided = TaskState.objects.get(pk=step.pk).status
    now = Page.objects.get(pk=page.pk)
    if decided == TaskState.STATUS_REJECTED:
        words = _("Changes are asked for in “%(title)s”.")
    elif decided != TaskState.STATUS_APPROVED:
        return
    elif now.workflow_in_progress:  # an administrator's own, of several steps
        words = _("“%(title)s” is approved in this step. It waits for the next one.")
    elif now.scheduled_revision:
        words = _("“%(title)s” is approved. It goes live at the time that was set.")
    else:
        words = _("“%(title)s” is approved and published.")
    messages.success(request, words % {"title": now.get_admin_display_title()})
