"""A form with one field of each kind that the site uses, and what it looks like."""

from typing import Any

from bs4 import BeautifulSoup
from django import forms
from django.template import engines


class EveryKind(forms.Form):
    """One field of each kind that the site uses."""

    idea = forms.CharField(
        label="Your idea",
        help_text="One idea & no more.",
        widget=forms.Textarea(attrs={"data-count-limit": "140", "data-count-unit": "graphemes"}),
    )
    name = forms.CharField(label="Name", required=False)
    email = forms.EmailField(label="E-mail", help_text="To confirm.")
    address = forms.URLField(label="Web site", required=False, assume_scheme="https")
    year = forms.IntegerField(label="Year", required=False)
    day = forms.DateField(label="Day", required=False)
    country = forms.ChoiceField(label="Country", choices=[("", "Choose"), ("fr", "France")])
    kind = forms.ChoiceField(
        label="Who are you?",
        help_text="One answer.",
        widget=forms.RadioSelect,
        choices=[("c", "A citizen"), ("o", "An organisation")],
    )
    scale = forms.ChoiceField(
        label="How much?",
        required=False,
        widget=forms.RadioSelect(attrs={"class": "scale"}),
        choices=[("1", "Little"), ("2", "Much")],
    )
    themes = forms.MultipleChoiceField(
        label="Themes",
        widget=forms.CheckboxSelectMultiple,
        choices=[("w", "Work"), ("Trust", [("s", "Safety"), ("p", "Privacy")])],
    )
    period = forms.SplitDateTimeField(label="When", required=False)
    document = forms.FileField(label="Document", required=False)
    consent = forms.BooleanField(label="I agree", help_text="You can take it back.")
    token = forms.CharField(widget=forms.HiddenInput)


GOOD = {
    "idea": "We should read every idea.",
    "email": "someone@example.org",
    "country": "fr",
    "kind": "o",
    "themes": ["s"],
    "consent": "on",
    "token": "1",
}
BAD = {"idea": "", "email": "nobody", "kind": "x", "token": ""}


def soup(html: str) -> Any:
    """Untyped: what is looked for and not found fails the test anyway."""
    return BeautifulSoup(html, "html.parser")


def source(form: forms.Form) -> str:
    template = engines["django"].from_string("{% load crispy_forms_tags %}{{ form|crispy }}")
    return template.render({"form": form})


def rendered(form: forms.Form) -> Any:
    return soup(source(form))
