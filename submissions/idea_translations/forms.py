"""The forms of translators and of readers who report."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from core.graphemes import TextRefused, clean, graphemes
from core.numbers import number
from submissions.idea_translations.services import limit_of, mark_of
from submissions.models import Idea, IdeaText
from submissions.models.translation import LONGEST_COMMENT

CODE_POINTS_PER_CHARACTER = 4


class TranslationForm(forms.Form):
    """An idea's words in another language: one line, counted as a reader counts."""

    seen = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(strip=False)

    def __init__(
        self, idea: Idea, text: IdeaText | None, into: str, shown_in: str, data: Any = None
    ) -> None:
        stands = text.text if text is not None else ""
        super().__init__(data, initial={"text": stands, "seen": mark_of(idea, text)})
        self.limit, self.shown_in = limit_of(idea), shown_in
        field = self.fields["text"]
        field.label = _("The idea in %(language)s") % {"language": _name_of(into)}
        field.error_messages["required"] = _("Write the translation.")
        field.validators = []  # Django's, against NUL, says less than core.graphemes does

    def clean_text(self) -> str:
        """Fit to be stored and shown; what is too long says how long it is."""
        raw: str = self.cleaned_data["text"]
        try:
            words = clean(raw, one_line=True, code_points=None)
        except TextRefused as refused:
            raise ValidationError(str(refused), refused.code) from refused
        length = graphemes(words)
        if length > self.limit:
            message = ngettext(
                "A translation must be %(limit)s character or fewer. This has %(length)s.",
                "A translation must be %(limit)s characters or fewer. This has %(length)s.",
                self.limit,
            )
            figures = {
                "limit": number(self.limit, self.shown_in),
                "length": number(length, self.shown_in),
            }
            raise ValidationError(message % figures, "too_long")
        most = CODE_POINTS_PER_CHARACTER * self.limit
        if len(words) > most:
            too_many = TextRefused("too_many_code_points", most)
            raise ValidationError(str(too_many), too_many.code)
        return words


class ReportForm(forms.Form):
    """What a reader finds wrong with a translation: they need not say."""

    comment = forms.CharField(
        label=pgettext_lazy("report of a translation", "What is wrong"),
        help_text=gettext_lazy("Translators read it. Don’t write who you are."),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "dir": "auto",
                "data-count-limit": str(LONGEST_COMMENT),
                "data-count-unit": "graphemes",
            }
        ),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, shown_in: str, seen: str, data: Any = None) -> None:
        super().__init__(data, initial={"form_key": uuid.uuid4(), "seen": seen})
        self.shown_in = shown_in
        self.fields["comment"].validators = []

    def clean_comment(self) -> str:
        """Fit to be stored; what is too long says how long it is."""
        raw: str = self.cleaned_data["comment"]
        if not raw.strip():
            return ""
        try:
            comment = clean(raw, code_points=None)
        except TextRefused as refused:
            raise ValidationError(str(refused), refused.code) from refused
        # Code points: as many as the column holds; never fewer than the characters a reader counts.
        if len(comment) > LONGEST_COMMENT:
            message = ngettext(
                "Write %(limit)s character or fewer: this has %(length)s.",
                "Write %(limit)s characters or fewer: this has %(length)s.",
                LONGEST_COMMENT,
            )
            figures = {
                "limit": number(LONGEST_COMMENT, self.shown_in),
                "length": number(len(comment), self.shown_in),
            }
            raise ValidationError(message % figures, "too_long")
        return comment

    def clean_form_key(self) -> uuid.UUID:
        """A key that is missing or no key at all is a new one."""
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()


def _name_of(code: str) -> str:
    name: str = get_language_info(code)["name_translated"]
    return name
