"""What a publisher asked for is told to whoever opens the page, not by its history alone."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page


@hooks.register("before_edit_page", order=10)
def tell_what_was_asked_for(request: HttpRequest, page: Page) -> None:
    """Until it is submitted again. After the hooks that lead elsewhere: they show no editor."""
    state = page.current_workflow_state
    if request.method != "GET" or state is None or state.status != state.STATUS_NEEDS_CHANGES:
        return
    task = state.current_task_state
    told = {
        "name": get_user_display_name(task.finished_by) if task.finished_by else _("A publisher"),
        "comment": task.comment,
    }
    if task.comment:
        words = _("%(name)s asks for changes: “%(comment)s” Submit the page again once it is done.")
    else:
        words = _("%(name)s asks for changes. Submit the page again once it is done.")
    messages.warning(request, words % told)
