"""The forms of the coding scheme."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.graphemes import TextRefused, clean
from submissions.contributions.staff.scheme.files import LONGEST_DEFINITION, LONGEST_NAME
from submissions.contributions.staff.scheme.services import SchemeRefused, Words
from submissions.contributions.staff.scheme.tree import codes_of, full_name
from submissions.models import Code, Consultation

LARGEST_FILE = 1024 * 1024
REFUSED = {
    "same": _("Choose another code of this scheme."),
    "too_deep": _(
        "There are two levels: a code with codes below it can’t stand below another itself."
    ),
    "name_taken": _("Another code bears this name."),
}


class CodeChoice(forms.ModelChoiceField):
    """One code, named with the one above it."""

    def label_from_instance(self, obj: Code) -> str:
        """In the reader's language."""
        return full_name(obj)


class CodeForm(forms.Form):
    """A code in each language, and what it stands below."""

    def __init__(self, consultation: Consultation, code: Code | None = None, data: Any = None):
        super().__init__(data)
        labels = {label.language: label for label in code.labels.all()} if code else {}
        for language, name in settings.LANGUAGES:
            label = labels.get(language)
            self.fields[f"name_{language}"] = forms.CharField(
                label=pgettext_lazy("coding scheme", "Name"),
                max_length=LONGEST_NAME,
                initial=label.name if label else "",
                error_messages={"required": _("Name the code in every language.")},
                widget=forms.TextInput(attrs={"lang": language, "dir": "auto"}),
            )
            self.fields[f"definition_{language}"] = forms.CharField(
                label=pgettext_lazy("coding scheme", "When to use it"),
                max_length=LONGEST_DEFINITION,
                initial=label.definition if label else "",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language, "dir": "auto"}),
            )
            self.fields[f"name_{language}"].of_language = name  # type: ignore[attr-defined]
        above = codes_of(consultation).filter(parent=None, retired_at=None)
        self.fields["parent"] = CodeChoice(
            above.exclude(pk=code.pk) if code else above,
            label=pgettext_lazy("coding scheme", "Below"),
            required=False,
            initial=code.parent if code else None,
            empty_label=pgettext_lazy("coding scheme", "None: first level"),
        )

    def clean(self) -> dict[str, Any]:
        """Names fit to be stored: on one line."""
        data: dict[str, Any] = super().clean() or {}
        for language, _name in settings.LANGUAGES:
            for part in ("name", "definition"):
                words = data.get(f"{part}_{language}")
                if not words:
                    continue
                try:
                    data[f"{part}_{language}"] = clean(words, code_points=None)
                except TextRefused as refused:
                    self.add_error(f"{part}_{language}", str(refused))
        return data

    @property
    def labels(self) -> dict[str, Words]:
        """Its words, of a valid form."""
        said = self.cleaned_data
        return {
            language: Words(said[f"name_{language}"], said[f"definition_{language}"])
            for language, _name in settings.LANGUAGES
        }

    def refuse(self, refused: SchemeRefused) -> None:
        """Say why the scheme does not take it, at the field."""
        languages = [language for language, _name in settings.LANGUAGES]
        named = [f"name_{one}" for one in languages if self.labels[one].name == refused.name]
        self.add_error(named[0] if named else "parent", REFUSED[refused.code])

    def by_language(self) -> list[tuple[str, Any, Any]]:
        """For the page: the language, the field of the name, that of the definition."""
        return [
            (str(name), self[f"name_{language}"], self[f"definition_{language}"])
            for language, name in settings.LANGUAGES
        ]


class MergeForm(forms.Form):
    """Into which code another goes."""

    def __init__(self, code: Code, data: Any = None) -> None:
        super().__init__(data)
        self.fields["into"] = CodeChoice(
            codes_of(code.consultation_id).exclude(pk=code.pk),
            label=pgettext_lazy("coding scheme", "Merge into"),
            empty_label=pgettext_lazy("coding scheme", "Choose a code"),
            error_messages={
                "required": _("Choose the code that takes its place."),
                "invalid_choice": _("Choose another code of this scheme."),
            },
        )


class FileForm(forms.Form):
    """A scheme as a file."""

    file = forms.FileField(
        label=pgettext_lazy("coding scheme", "CSV file"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )

    def clean_file(self) -> bytes:
        """Its content, if it is not too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 1 MB: that is no coding scheme."))
        content: bytes = file.read()
        return content
