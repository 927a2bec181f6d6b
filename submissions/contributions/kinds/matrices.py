"""The same answers for several things: a table of radio buttons, one question a line."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from submissions.contributions.kinds.answering import CHOOSE_LISTED, Answering, typed_under
from submissions.contributions.questions import AskedQuestion
from submissions.contributions.sent import Tick


class MatrixInput(forms.Widget):
    """A radio button where a line meets a column."""

    template_name = "submissions/contributions/fields/matrix.html"
    use_fieldset = True

    def __init__(
        self, lines: Sequence[tuple[str, str]] = (), columns: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__()
        self.lines = lines
        self.columns = columns
        self.offers_none = True  # to those who answered a line: a radio button can't be unticked
        self.wrong: frozenset[str] = frozenset()  # the lines to mend

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Line by line, each column with whether it is chosen."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id", "")
        value = value or {}
        columns = [*self.columns]
        if self.offers_none and any(value.values()):
            columns.append(("", _("No answer")))
        context["columns"] = [
            {"id": f"{id_}_column_{place}", "label": label}
            for place, (_key, label) in enumerate(columns)
        ]
        context["lines"] = [
            {
                "id": f"{id_}_{key}",
                "label": label,
                "name": f"{name}_{key}",
                "wrong": key in self.wrong,
                "cells": [
                    {
                        "id": f"{id_}_{key}_{place}",
                        "column": f"{id_}_column_{place}",
                        "label": words,
                        "value": column,
                        "checked": bool(column) and value.get(key) == column,
                    }
                    for place, (column, words) in enumerate(columns)
                ],
            }
            for key, label in self.lines
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """The columns by line."""
        ticked = {key: data.get(f"{name}_{key}", "") for key, _label in self.lines}
        return {key: column for key, column in ticked.items() if column}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether no line was sent."""
        return not any(f"{name}_{key}" in data for key, _label in self.lines)

    def id_for_label(self, id_: str) -> str:
        """The first button of the line to mend first."""
        keys = [key for key, _label in self.lines]
        first = next((key for key in keys if key in self.wrong), keys[0] if keys else "")
        return f"{id_}_{first}_0" if id_ else ""


class MatrixField(Answering, forms.Field):
    """A column for each line. Required: for every line."""

    def __init__(self, asked: AskedQuestion, **options: Any) -> None:
        self.labels = {str(choice.pk): label for choice, label in asked.choices}
        self.columns = {str(choice.pk): label for choice, label in asked.columns}
        widget = MatrixInput(list(self.labels.items()), list(self.columns.items()))
        super().__init__(widget=widget, **options)
        self._input.offers_none = not self.required

    @property
    def _input(self) -> MatrixInput:
        widget = self.widget
        assert isinstance(widget, MatrixInput)  # noqa: S101 # made above
        return widget

    def to_python(self, value: Mapping[str, str] | None) -> dict[int, int]:
        """Columns by line."""
        self._input.wrong = frozenset()
        value = value or {}
        wrong = {key for key, column in value.items() if column not in self.columns}
        if wrong:
            self._input.wrong = frozenset(wrong)
            raise ValidationError(CHOOSE_LISTED, code="invalid_choice")
        return {int(key): int(column) for key, column in value.items()}

    def validate(self, value: Mapping[int, int]) -> None:
        """A required one has no empty line."""
        left = [key for key in self.labels if int(key) not in value]
        if not (self.required and left):
            return
        self._input.wrong = frozenset(left)
        if len(left) == len(self.labels):
            raise ValidationError(_("Choose an answer on each line."), code="required")
        quoted = [pgettext("quotation", "“%(words)s”") % {"words": self.labels[k]} for k in left]
        message = ngettext(
            "Choose an answer on each line. This one has none: %(lines)s.",
            "Choose an answer on each line. These have none: %(lines)s.",
            len(left),
        )
        raise ValidationError(message % {"lines": ", ".join(quoted)}, code="required")

    def given(self, value: Any) -> dict[str, Any]:
        """The lines with their columns."""
        ticks = frozenset(Tick(line, column=column) for line, column in value.items())
        return {"ticks": ticks} if ticks else {}

    def typed(self, posted: QueryDict, name: str) -> dict[str, list[str]]:
        """The column of each line."""
        return typed_under(posted, name, "[0-9]{1,18}")
