"""The form of a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models import DecisionKind, Idea, RefusalReason
from submissions.moderation.services import possible


class DecisionForm(forms.Form):
    """What is decided (the button that was pressed), and why."""

    kind = forms.ChoiceField(choices=DecisionKind.choices, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=pgettext_lazy("decision", "Reason"),
        choices=RefusalReason.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose a reason of the list.")},
    )

    def __init__(self, idea: Idea, data: Any = None) -> None:
        super().__init__(data)
        self.idea = idea

    def clean(self) -> dict[str, Any]:
        """Publishing needs no reason; anything else does."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "kind" not in cleaned:
            return cleaned
        kind = DecisionKind(cleaned["kind"])
        reason = cleaned.get("reason")
        if kind is DecisionKind.PUBLISH:
            cleaned["reason"] = None
        elif reason:
            cleaned["reason"] = RefusalReason(reason)
        elif "reason" not in self.errors:
            self.add_error("reason", _("Choose a reason."))
        cleaned["kind"] = kind
        return cleaned

    @property
    def may_publish(self) -> bool:
        """Whether the idea awaits a decision."""
        return DecisionKind.PUBLISH in possible(self.idea)

    @property
    def may_withdraw(self) -> bool:
        """Whether the idea is published."""
        return DecisionKind.WITHDRAW in possible(self.idea)
