"""What publishers write with a decision. Wagtail lets them ask for changes and not say which."""

from django import forms
from django.utils.translation import pgettext_lazy
from wagtail.forms import TaskStateCommentForm
from wagtail.models import GroupApprovalTask


class AskForm(TaskStateCommentForm):
    """The author reads it above the page, and in the mail."""

    comment = forms.CharField(
        label=pgettext_lazy("moderation of pages", "What has to be changed"),
        widget=forms.Textarea({"rows": 3}),
    )


class ApproveForm(TaskStateCommentForm):
    """In the language of who reads it: Wagtail names the field once, in that of the server."""

    comment = forms.CharField(
        label=pgettext_lazy("moderation of pages", "Comment"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


def form_for(_task: GroupApprovalTask, action: str) -> type[TaskStateCommentForm]:
    """By what the publisher does."""
    return AskForm if action == "reject" else ApproveForm


def use_our_forms() -> None:
    """A task of our own would be one more table, and every workflow's to change."""
    GroupApprovalTask.get_form_for_action = form_for
