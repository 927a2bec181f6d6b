"""What contributors write: the form field of every text, long or short."""

from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext

from core.graphemes import TextRefused, clean, graphemes, words
from core.numbers import number

SHORT_TEXT_GRAPHEMES = 250
CODE_POINTS_PER_GRAPHEME = 4
# For texts whose words are not parted by spaces, and for what is no text at all.
CHARACTERS_PER_WORD = 30

Unit = Literal["graphemes", "words"]


class WrittenText(forms.CharField):
    """What a person writes: cleaned, counted as people count, refused with what to do.

    ``code_points`` is the cap of what is stored; by default none beyond what ``limit`` implies.
    ``counter`` False: a limit that nobody meets, such as a name's, is not shown.
    """

    def __init__(
        self,
        *,
        limit: int,
        unit: Unit,
        one_line: bool = False,
        code_points: int | None = None,
        counter: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.limit = limit
        self.unit = unit
        self.one_line = one_line
        self.code_points = code_points or limit * CODE_POINTS_PER_GRAPHEME
        if counter:
            self.widget.attrs |= {"data-count-limit": str(limit), "data-count-unit": unit}
        self.widget.attrs.setdefault("dir", "auto")

    def to_python(self, value: Any) -> str:
        """The cleaned text; empty for none. Refuses what can't be stored and what is too long."""
        text = super().to_python(value) or ""
        if not text:
            return ""
        try:
            text = clean(text, one_line=self.one_line, code_points=None)
            if self.unit == "words":
                self._check_words(text)
            else:
                _check_characters(text, self.limit)
                clean(text, code_points=self.code_points)
        except TextRefused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused
        return text

    def _check_words(self, text: str) -> None:
        count = words(text)
        if count > self.limit:
            message = ngettext(
                "Your answer must be %(limit)s word or fewer. It has %(count)s.",
                "Your answer must be %(limit)s words or fewer. It has %(count)s.",
                self.limit,
            )
            raise ValidationError(_with_numbers(message, self.limit, count), code="too_long")
        _check_characters(text, self.limit * CHARACTERS_PER_WORD)


def _check_characters(text: str, limit: int) -> None:
    count = graphemes(text)
    if count > limit:
        message = ngettext(
            "Your answer must be %(limit)s character or fewer. It has %(count)s.",
            "Your answer must be %(limit)s characters or fewer. It has %(count)s.",
            limit,
        )
        raise ValidationError(_with_numbers(message, limit, count), code="too_long")


def _with_numbers(message: str, limit: int, count: int) -> str:
    language = get_language() or "en"
    return message % {"limit": number(limit, language), "count": number(count, language)}
