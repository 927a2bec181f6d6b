"""Form fields of a questionnaire: one for each kind of question, and what they refuse."""

from collections.abc import Callable
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext

from core.graphemes import TextRefused, clean, graphemes, words
from core.numbers import number
from core.typography import typeset
from submissions.contributions.questions import AskedQuestion
from submissions.models import QuestionKind

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


_ANSWER_THIS = gettext_lazy("Answer this question.")
_CHOOSE_ONE = gettext_lazy("Choose one answer.")
_CHOOSE_SOME = gettext_lazy("Choose at least one answer.")
_CHOOSE_LISTED = gettext_lazy("Choose among the answers that are listed.")


def _short_text(asked: AskedQuestion, options: dict[str, Any]) -> forms.Field:
    return WrittenText(
        limit=SHORT_TEXT_GRAPHEMES,
        unit="graphemes",
        one_line=True,
        error_messages={"required": _ANSWER_THIS},
        **options,
    )


def _long_text(asked: AskedQuestion, options: dict[str, Any]) -> forms.Field:
    return WrittenText(
        limit=asked.question.word_limit,
        unit="words",
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _ANSWER_THIS},
        **options,
    )


def _choices(asked: AskedQuestion) -> list[tuple[str, str]]:
    return [(str(choice.pk), label) for choice, label in asked.choices]


def _one_choice(asked: AskedQuestion, options: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(
        choices=_choices(asked),
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE_ONE, "invalid_choice": _CHOOSE_LISTED},
        **options,
    )


def _several_choices(asked: AskedQuestion, options: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=_choices(asked),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _CHOOSE_SOME, "invalid_choice": _CHOOSE_LISTED},
        **options,
    )


def _scale(asked: AskedQuestion, options: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(
        choices=scale_choices(asked),
        widget=forms.RadioSelect(attrs={"class": "scale"}),
        error_messages={"required": _CHOOSE_ONE, "invalid_choice": _CHOOSE_LISTED},
        **options,
    )


def scale_choices(asked: AskedQuestion) -> list[tuple[str, str]]:
    """The points of a scale, the two ends with their labels."""
    points = asked.question.scale_points
    ends = {1: asked.wording.low_label, points: asked.wording.high_label}
    choices = []
    for point in range(1, points + 1):
        label = str(point)
        if ends.get(point):
            end = typeset(ends[point], asked.wording.language)
            label = pgettext("scale", "%(point)s – %(label)s") % {"point": point, "label": end}
        choices.append((str(point), label))
    return choices


_BY_KIND: dict[str, Callable[[AskedQuestion, dict[str, Any]], forms.Field]] = {
    QuestionKind.SHORT_TEXT: _short_text,
    QuestionKind.LONG_TEXT: _long_text,
    QuestionKind.ONE_CHOICE: _one_choice,
    QuestionKind.SEVERAL_CHOICES: _several_choices,
    QuestionKind.SCALE: _scale,
}


def field_for(asked: AskedQuestion) -> forms.Field:
    """The form field of a question, in the words and at the version that are on screen."""
    options = {
        "label": asked.label,
        "help_text": typeset(asked.wording.help_text, asked.wording.language),
        "required": asked.question.required,
    }
    return _BY_KIND[asked.question.kind](asked, options)
