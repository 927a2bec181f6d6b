"""The colour of a theme, chosen by its name and by what it looks like."""

from typing import Any

from django import forms

from core.accents import ACCENTS


class AccentChoice(forms.RadioSelect):
    """One radio button a colour, each with its name and the colour itself."""

    template_name = "themes/admin/accent_choice.html"
    option_template_name = "themes/admin/accent_option.html"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the colours that its template shows."""
        option = super().create_option(name, value, *args, **kwargs)
        option["accent"] = ACCENTS.get(str(value))
        return option
