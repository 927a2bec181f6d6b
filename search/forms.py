"""The search box."""

import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

LONGEST_QUERY = 200

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class SearchForm(forms.Form):
    """What a reader looks for. Bound when there is something to look for."""

    q = forms.CharField(
        label=_("Search this site"),
        help_text=_("Pages, ideas and contributions in this language. Accents don’t matter."),
        max_length=LONGEST_QUERY,
        error_messages={
            "max_length": ngettext_lazy(
                "Use at most %(limit_value)d character: you wrote %(show_value)d.",
                "Use at most %(limit_value)d characters: you wrote %(show_value)d.",
                "limit_value",
            )
        },
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )

    def __init__(self, typed: str) -> None:
        """``typed`` as it came in the address; what nobody can type becomes a space."""
        words = _CONTROL.sub(" ", unicodedata.normalize("NFC", typed)).strip()
        super().__init__({"q": words} if words else None, auto_id="search-%s")
