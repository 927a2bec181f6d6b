"""Choices to tick, one or several, with "Other, say which"; points of a scale."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from core.numbers import number
from core.typography import typeset
from submissions.contributions.kinds.answering import (
    CHOOSE_LISTED,
    CHOOSE_ONE,
    CHOOSE_SOME,
    Answering,
)
from submissions.contributions.questions import AskedQuestion
from submissions.contributions.sent import Tick

OTHER = "other"


class Revealing:
    """A list of choices, some of which show a follow-up: ``reveals`` says which, by value."""

    reveals: dict[str, str] = {}  # each widget is given its own

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> Any:
        """With the numbers of what it shows, for the stylesheet."""
        option = super().create_option(name, value, *args, **options)  # type: ignore[misc]
        if shown := self.reveals.get(str(value)):
            option["attrs"]["data-reveals"] = shown
        return option


class OneOfThem(Revealing, forms.RadioSelect):
    """Radio buttons."""


class SomeOfThem(Revealing, forms.CheckboxSelectMultiple):
    """Boxes to tick."""


def choices_of(asked: AskedQuestion) -> list[tuple[str, str]]:
    """What can be ticked, by value."""
    choices = [(str(choice.pk), label) for choice, label in asked.choices]
    if asked.question.other:
        choices.append((OTHER, _("Other, say which")))
    return choices


class OneChoiceField(Answering, forms.ChoiceField):
    """One of the choices."""

    widget = OneOfThem

    def __init__(self, **options: Any) -> None:
        messages = {"required": CHOOSE_ONE, "invalid_choice": CHOOSE_LISTED}
        super().__init__(error_messages=messages, **options)

    def offer_no_answer(self) -> None:
        """Let who chose something choose nothing again: a radio button can't be unticked."""
        listed: Any = self.choices
        self.choices = [*listed, ("", _("No answer"))]

    def given(self, value: Any) -> dict[str, Any]:
        """The choice, unless it is "Other", whose words stand for it."""
        return {"ticks": frozenset([Tick(int(value))])} if value and value != OTHER else {}


class SeveralChoicesField(Answering, forms.MultipleChoiceField):
    """Some of the choices, ``most`` of them at most."""

    widget = SomeOfThem

    def __init__(self, *, most: int | None = None, **options: Any) -> None:
        messages = {"required": CHOOSE_SOME, "invalid_choice": CHOOSE_LISTED}
        super().__init__(error_messages=messages, **options)
        self.most = most

    def to_python(self, value: Any) -> list[str]:
        """The values; an empty one is none."""
        return [one for one in super().to_python(value) if one]

    def validate(self, value: Any) -> None:
        """No more than may be ticked."""
        super().validate(value)
        if self.most and len(set(value)) > self.most:
            language = get_language() or "en"
            message = ngettext(
                "Tick %(most)s answer at most. You ticked %(count)s.",
                "Tick %(most)s answers at most. You ticked %(count)s.",
                self.most,
            )
            told = {
                "most": number(self.most, language),
                "count": number(len(set(value)), language),
            }
            raise ValidationError(message % told, code="too_many")

    def given(self, value: Any) -> dict[str, Any]:
        """The choices, but for "Other", whose words stand for it."""
        ticks = frozenset(Tick(int(one)) for one in value if one != OTHER)
        return {"ticks": ticks} if ticks else {}


class ScaleField(OneChoiceField):
    """A point between two ends."""

    def given(self, value: Any) -> dict[str, Any]:
        """The point."""
        return {"number": int(value)} if value else {}


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
