"""The form in which an idea is written."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from core.graphemes import CODE_POINT_CAP, TextRefused, clean, graphemes
from core.numbers import number
from submissions.models import Debate


class IdeaTextField(forms.CharField):
    """One line of words, in NFC, counted in characters as a reader counts them."""

    def __init__(self, *, shortest: int, longest: int, language: str, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.shortest, self.longest, self.language = shortest, longest, language
        self.validators = []  # Django's, against NUL, says less than core.graphemes does

    def to_python(self, value: Any) -> str:
        """The text as it is stored."""
        raw = super().to_python(value) or ""
        if not raw.strip():
            return ""
        try:
            return clean(raw, one_line=True, code_points=None)  # see validate: length first
        except TextRefused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused

    def validate(self, value: str) -> None:
        """Neither too short nor too long; the message says how long it is.

        The cap on what one character may hold comes after: a long text is told that it is long.
        """
        super().validate(value)
        length = graphemes(value)
        if length > self.longest:
            message = ngettext(
                "Your idea must be %(limit)s character or fewer. It has %(length)s.",
                "Your idea must be %(limit)s characters or fewer. It has %(length)s.",
                self.longest,
            )
            raise ValidationError(message % self._figures(self.longest, length), "too_long")
        if len(value) > CODE_POINT_CAP:
            refused = TextRefused("too_many_code_points", CODE_POINT_CAP)
            raise ValidationError(str(refused), refused.code)
        if length < self.shortest:
            message = ngettext(
                "Your idea must be at least %(limit)s character long. It has %(length)s.",
                "Your idea must be at least %(limit)s characters long. It has %(length)s.",
                self.shortest,
            )
            raise ValidationError(message % self._figures(self.shortest, length), "too_short")

    def _figures(self, limit: int, length: int) -> dict[str, str]:
        return {
            "limit": number(limit, self.language),
            "length": number(length, self.language),
        }


class IdeaForm(forms.Form):
    """An idea in one sentence, and the language it is written in.

    ``form_key`` is drawn anew for each form: what one form sends twice is one idea.
    """

    language = forms.ChoiceField(
        label=gettext_lazy("Language of your idea"),
        widget=forms.RadioSelect(attrs={"class": "inline"}),
        error_messages={
            "required": gettext_lazy("Choose the language of your idea."),
            "invalid_choice": gettext_lazy("Choose one of the languages of the consultation."),
        },
    )
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = ("text", "language", "form_key")
    messages_name = ("text", "language")

    def __init__(self, debate: Debate, language: str, data: Any = None) -> None:
        super().__init__(
            data,
            auto_id=f"id_debate{debate.pk}_%s",  # a page may hold several debates
            initial={"language": language, "form_key": uuid.uuid4()},
        )
        self.fields["text"] = IdeaTextField(
            label=pgettext_lazy("form", "Your idea"),
            help_text=_("In one sentence. Begin with “%(opening)s…”, for instance.")
            % {"opening": pgettext("opening of an idea", "We should")},
            shortest=debate.shortest_idea,
            longest=debate.longest_idea,
            language=language,
            widget=forms.Textarea(
                attrs={
                    "rows": 3,
                    "dir": "auto",
                    "data-count-limit": str(debate.longest_idea),
                    "data-count-unit": "graphemes",
                }
            ),
            error_messages={"required": gettext_lazy("Write your idea.")},
        )
        names = dict(settings.LANGUAGES)
        offered = [
            (code, capfirst(names[code])) for code in debate.consultation.languages if code in names
        ]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def clean_form_key(self) -> uuid.UUID:
        """A key that is missing or no key at all is a new one."""
        try:
            return uuid.UUID(self.cleaned_data["form_key"])
        except ValueError:
            return uuid.uuid4()
