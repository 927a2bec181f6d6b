"""Fields that no form of the site asks for yet, so that they are ready when one does."""

from typing import Any

from django import forms

from home.bilingual import Entry


class OtherFields(forms.Form):
    """One field of each kind that a questionnaire has not."""

    def __init__(self, words: Entry, **options: Any) -> None:
        super().__init__(**options)
        self.fields |= {
            "site": forms.URLField(
                label=words["site"], help_text=words["site_help"], assume_scheme="https"
            ),
            "year": forms.IntegerField(label=words["year"], required=False),
            "day": forms.DateField(
                label=words["day"],
                required=False,
                widget=forms.DateInput(attrs={"type": "date", "class": "width-medium"}),
            ),
            "postcode": forms.CharField(
                label=words["postcode"],
                required=False,
                widget=forms.TextInput(
                    attrs={"class": "width-short", "autocomplete": "postal-code"}
                ),
            ),
            "document": forms.FileField(
                label=words["document"], help_text=words["document_help"], required=False
            ),
            "language": forms.ChoiceField(
                label=words["language"],
                choices=[("en", "English"), ("fr", "Français")],
                widget=forms.RadioSelect(attrs={"class": "inline"}),
            ),
            "subjects": forms.MultipleChoiceField(
                label=words["subjects"],
                choices=[
                    (words["work"], [("skills", words["skills"]), ("wages", words["wages"])]),
                    (words["trust"], [("safety", words["safety"])]),
                ],
                widget=forms.CheckboxSelectMultiple,
            ),
        }
