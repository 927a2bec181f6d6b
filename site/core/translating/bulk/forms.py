"""Into which languages a tree is sent, and how."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.alternates import own_name


class TreeForm(forms.Form):
    """One or more languages."""

    drafts = forms.BooleanField(required=False)
    proposals = forms.BooleanField(required=False)

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = forms.MultipleChoiceField(
            choices=[(code, own_name(code)) for code in codes],
            error_messages={"required": _("Choose a language.")},
        )
