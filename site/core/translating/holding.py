"""What keeps a translation from being published now: moderation, a lock, a time that was set.

Wagtail asks this of its own editor alone; the desk of translations asks here.
"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.locks import BasicLock
from wagtail.models import Page, TaskState

from core.scheduled import goes_live


def held(page: Page, source: Page, user: Any) -> list[str]:
    """One sentence for each thing that has to be seen to before ``user`` changes ``page``.

    What waits for moderation is what its reviewers read: nothing else may become its latest
    version, and an original that was never published isn't read first in another language. What
    waits for its time would take the place of what is published before.
    """
    said = []
    if page.workflow_in_progress:
        said.append(_("This page waits for moderation: it is approved, or changed, first."))
    if source.workflow_in_progress and not source.live:
        said.append(_("The original waits for moderation, and was never published."))
    if page.locked and BasicLock(page).for_user(user):
        who = get_user_display_name(page.locked_by) if page.locked_by else ""
        said.append(
            _("%(who)s has locked this page.") % {"who": who} if who else _("This page is locked.")
        )
    if page.scheduled_revision:
        said.append(goes_live(page.scheduled_revision.approved_go_live_at))
    return said


def to_decide(page: Page, user: Any) -> TaskState | None:
    """The step of moderation that ``user`` may take on ``page``, if it waits for one."""
    state: TaskState | None = page.current_workflow_task_state
    if state is None or not page.workflow_in_progress:
        return None
    offered = {name for name, _label, _asks in state.task.specific.get_actions(page, user)}
    return state if "approve" in offered else None
