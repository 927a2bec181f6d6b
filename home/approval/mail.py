"""Wagtail's mail about moderation, sent once what it tells of is kept; no mail server undoes it.

The words are the templates of ``wagtailadmin/notifications``, in the language of who reads; the
links lead to the admin of the site on which the page stands.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from wagtail.admin import signal_handlers as wagtails
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

Send = Callable[..., bool]


class Approved(WorkflowStateApprovalEmailNotifier):
    """With what was said with the approval."""

    def get_context(self, instance: WorkflowState, **kwargs: Any) -> dict[str, Any]:
        """The comment of the last step."""
        last = instance.current_task_state
        said = last.specific.get_comment() if last else ""
        context: dict[str, Any] = super().get_context(instance, **kwargs)
        return context | {"comment": said}


def connect() -> None:
    """Take the places of Wagtail's own receivers: of two with one name, the first stays."""
    places: list[tuple[Signal, type, Send, str]] = [
        (
            task_submitted,
            TaskState,
            GroupApprovalTaskStateSubmissionEmailNotifier(),
            "group_approval_task_submitted_email_notification",
        ),
        (
            workflow_submitted,
            WorkflowState,
            wagtails.workflow_submission_email_notifier,
            "workflow_state_submitted_email_notification",
        ),
        (
            workflow_rejected,
            WorkflowState,
            WorkflowStateRejectionEmailNotifier(),
            "workflow_state_rejected_email_notification",
        ),
        (
            workflow_approved,
            WorkflowState,
            Approved(),
            "workflow_state_approved_email_notification",
        ),
    ]
    for signal, sender, notifier, name in places:
        signal.connect(partial(_afterwards, notifier), sender=sender, dispatch_uid=name, weak=False)


def _afterwards(notifier: Send, instance: Any, **kwargs: Any) -> None:
    """A fault of the mail server is logged: the page waits for review all the same."""
    user = kwargs.get("user")
    transaction.on_commit(partial(notifier, instance=instance, user=user), robust=True)
