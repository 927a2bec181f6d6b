"""Which file is wanted, and in which language."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy

from core.alternates import own_name
from submissions.contributions.exports.formats import Format


class ExportForm(forms.Form):
    """The formats that one may have; the language is that of headings and choices."""

    format = forms.ChoiceField(label=pgettext_lazy("export", "File"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=pgettext_lazy("export", "Language of headings and choices"))

    def __init__(self, *args: Any, formats: list[Format], **options: Any) -> None:
        super().__init__(*args, **options)
        self.formats = formats
        kinds, languages = self.fields["format"], self.fields["language"]
        assert isinstance(kinds, forms.ChoiceField)  # noqa: S101 (for the types)
        assert isinstance(languages, forms.ChoiceField)  # noqa: S101
        kinds.choices = [(each.code, each.label) for each in formats]
        kinds.initial = formats[0].code
        languages.choices = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        languages.initial = get_language()

    @property
    def chosen(self) -> str:
        """The format whose button is set."""
        return str(self["format"].value())
