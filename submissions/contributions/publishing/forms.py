"""What staff fill in to redact and to publish."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models import RedactionReason

LONGEST_WHY = 1000


class RedactForm(forms.Form):
    """Which words, and why they are not published."""

    words = forms.CharField(
        label=pgettext_lazy("redaction", "Words to take out"),
        help_text=_("Select them in the text above, or paste them. All places that say them go."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        strip=True,
        error_messages={"required": _("Say which words are to be taken out.")},
    )
    reason = forms.ChoiceField(
        label=pgettext_lazy("redaction", "reason"),
        choices=RedactionReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason. Everybody reads it in their place.")},
    )


class ReasonForm(forms.Form):
    """Why a file is not published."""

    reason = forms.ChoiceField(choices=RedactionReason.choices)


class WhyForm(forms.Form):
    """Why something is done that its author did not ask for; kept in the audit log."""

    why = forms.CharField(max_length=LONGEST_WHY, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, said: Any, hint: Any, missing: Any, **options: Any) -> None:
        """``said``: the question; ``missing``: what to say when it isn't answered."""
        super().__init__(*args, **options)
        self.fields["why"].label, self.fields["why"].help_text = said, hint
        self.fields["why"].error_messages["required"] = missing
