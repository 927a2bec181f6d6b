"""The kinds of question: for each, a form field and what it refuses."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.typography import typeset
from submissions.contributions.fields import SHORT_TEXT_GRAPHEMES, WrittenText
from submissions.contributions.kinds.amounts import AmountField
from submissions.contributions.kinds.answering import ANSWER_THIS, Answering
from submissions.contributions.kinds.choosing import (
    OneChoiceField,
    ScaleField,
    SeveralChoicesField,
    choices_of,
    scale_choices,
)
from submissions.contributions.kinds.days import DayField
from submissions.contributions.kinds.hints import hint_of
from submissions.contributions.kinds.links import LinkField
from submissions.contributions.kinds.matrices import MatrixField
from submissions.contributions.kinds.rankings import RankingField
from submissions.contributions.questions import AskedQuestion
from submissions.models import QuestionKind


class TextAnswerField(Answering, WrittenText):
    """An answer in words."""

    def given(self, value: Any) -> dict[str, Any]:
        """The words."""
        return {"text": value} if value else {}


class AttachedField(Answering, forms.Field):
    """A file: its control and its row are elsewhere (``contributions.files``). ``attached``: there
    is one."""

    widget = forms.FileInput
    attached = False

    def clean(self, value: Any) -> None:
        """A required one has to be there."""
        if self.required and not self.attached:
            raise ValidationError(_("Add a file."), code="required")

    def given(self, value: Any) -> dict[str, Any]:
        """Nothing: the file stands for it."""
        return {}

    def typed(self, posted: QueryDict, name: str) -> dict[str, list[str]]:
        """Nothing."""
        return {}


def _short_text(asked: AskedQuestion, options: dict[str, Any]) -> forms.Field:
    return TextAnswerField(
        limit=SHORT_TEXT_GRAPHEMES,
        unit="graphemes",
        one_line=True,
        error_messages={"required": ANSWER_THIS},
        **options,
    )


def _long_text(asked: AskedQuestion, options: dict[str, Any]) -> forms.Field:
    attrs = {"rows": 10, "aria-describedby": f"id_{asked.field_name}_formatting"}
    return TextAnswerField(
        limit=asked.question.word_limit,
        unit="words",
        widget=forms.Textarea(attrs=attrs),
        error_messages={"required": ANSWER_THIS},
        **options,
    )


def _scale(asked: AskedQuestion, options: dict[str, Any]) -> forms.Field:
    field = ScaleField(choices=scale_choices(asked), **options)
    field.widget.attrs["class"] = "scale"
    return field


def _amount(asked: AskedQuestion, options: dict[str, Any]) -> forms.Field:
    question = asked.question
    unit = typeset(asked.wording.unit, asked.wording.language)
    field = AmountField(unit=unit, lowest=question.lowest, highest=question.highest, **options)
    if unit:
        field.widget.attrs["aria-describedby"] = f"id_{asked.field_name}_unit"
    return field


_BY_KIND: dict[str, Callable[[AskedQuestion, dict[str, Any]], forms.Field]] = {
    QuestionKind.SHORT_TEXT: _short_text,
    QuestionKind.LONG_TEXT: _long_text,
    QuestionKind.ONE_CHOICE: lambda asked, options: OneChoiceField(
        choices=choices_of(asked), **options
    ),
    QuestionKind.SEVERAL_CHOICES: lambda asked, options: SeveralChoicesField(
        choices=choices_of(asked), most=asked.question.most_choices, **options
    ),
    QuestionKind.RANKING: lambda asked, options: RankingField(asked, **options),
    QuestionKind.SCALE: _scale,
    QuestionKind.MATRIX: lambda asked, options: MatrixField(asked, **options),
    QuestionKind.NUMBER: _amount,
    QuestionKind.DATE: lambda asked, options: DayField(**options),
    QuestionKind.LINK: lambda asked, options: LinkField(**options),
    QuestionKind.FILE: lambda asked, options: AttachedField(**options),
}


def field_for(
    asked: AskedQuestion, *, required: bool | None = None, condition: str = ""
) -> forms.Field | None:
    """The form field of a question, in the words and at the version that are on screen.

    None for what is read only. ``condition`` says when a follow-up is asked.
    """
    make = _BY_KIND.get(asked.question.kind)
    if make is None:
        return None
    options = {
        "label": asked.label,
        "help_text": hint_of(asked, condition),
        "required": asked.question.required if required is None else required,
    }
    return make(asked, options)
