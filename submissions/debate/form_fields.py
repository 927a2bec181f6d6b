"""What is asked of somebody who writes an idea, field by field."""

from typing import Any

import regex
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext

from core.graphemes import CODE_POINT_CAP, TextRefused, clean, graphemes
from core.numbers import number
from submissions.models import SpeaksFor

LONGEST_NAME = 100  # of an organisation, in characters as a reader counts them
NAME_CODE_POINTS = 200  # what the database holds
# Embeddings, overrides and isolates: they could turn what stands around the name.
_TURNS_WORDS = regex.compile("[\u202a-\u202e\u2066-\u2069]")


class OneLineField(forms.CharField):
    """One line of words, in NFC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.validators = []  # Django's, against NUL, says less than core.graphemes does

    def to_python(self, value: Any) -> str:
        """The text as it is stored."""
        raw = super().to_python(value) or ""
        if not raw.strip():
            return ""
        try:
            # Without the cap here: a long text is told first that it is long.
            return clean(raw.replace("\t", " "), one_line=True, code_points=None)
        except TextRefused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused


class IdeaTextField(OneLineField):
    """An idea, counted in characters as a reader counts them."""

    def __init__(self, *, shortest: int, longest: int, language: str, **options: Any) -> None:
        super().__init__(**options)
        self.shortest, self.longest, self.language = shortest, longest, language

    def validate(self, value: str) -> None:
        """Neither too short nor too long; the message says how long it is."""
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


class OrganisationField(OneLineField):
    """The name of an organisation, as it is shown in public. It may be left empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> str:
        """Without the marks that turn the order of words."""
        return super().to_python(_TURNS_WORDS.sub("", str(value or "")))

    def validate(self, value: str) -> None:
        """Not longer than a name is."""
        length = graphemes(value)
        if length > LONGEST_NAME:
            message = ngettext(
                "The name must be %(limit)s character or fewer. It has %(length)s.",
                "The name must be %(limit)s characters or fewer. It has %(length)s.",
                LONGEST_NAME,
            )
            language = get_language() or settings.LANGUAGE_CODE
            figures = {"limit": LONGEST_NAME, "length": number(length, language)}
            raise ValidationError(message % figures, "too_long")
        if len(value) > NAME_CODE_POINTS:
            refused = TextRefused("too_many_code_points", NAME_CODE_POINTS)
            raise ValidationError(str(refused), refused.code)


class SpeaksForField(forms.ChoiceField):
    """As a citizen, or for an organisation. A form that does not ask comes from a citizen."""

    def to_python(self, value: Any) -> str:
        """The choice, which always is one."""
        return super().to_python(value) or SpeaksFor.CITIZEN.value
