"""Who decides in the editor is told what became of the page: Wagtail says that it was updated."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page


@hooks.register("after_edit_page")
def tell_what_was_decided(request: HttpRequest, page: Page) -> None:
    """Approved, now or for a time that was set; approved in one step of several; or sent back."""
    if not request.POST.get("action-workflow-action"):
        return
    deed = request.POST.get("workflow-action-name")
    if deed not in ("approve", "reject"):
        return
    now = Page.objects.get(pk=page.pk)
    if deed == "reject":
        words = _("Changes are asked for in “%(title)s”.")
    elif now.workflow_in_progress:  # an administrator's own, of several steps
        words = _("“%(title)s” is approved in this step. It waits for the next one.")
    elif now.scheduled_revision:
        words = _("“%(title)s” is approved. It goes live at the time that was set.")
    else:
        words = _("“%(title)s” is approved and published.")
    messages.success(request, words % {"title": now.get_admin_display_title()})
