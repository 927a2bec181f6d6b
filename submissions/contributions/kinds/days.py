"""A date in three fields, day, month and year: what people remember, without a calendar to open."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.contributions.kinds.answering import Answering, typed_under

PARTS = ("day", "month", "year")
LABELS: dict[str, Promise | str] = {
    "day": pgettext_lazy("date", "Day"),
    "month": pgettext_lazy("date", "Month"),
    "year": pgettext_lazy("date", "Year"),
}
MISSING: dict[str, Promise | str] = {
    "day": _("Add the day to the date."),
    "month": _("Add the month to the date."),
    "year": _("Add the year to the date."),
}
WRONG: dict[str, Promise | str] = {
    "day": _("Write the day in figures, from 1 to 31."),
    "month": _("Write the month in figures, from 1 to 12, or by its name."),
    "year": _("Write the year in four figures, such as 2026."),
}
FEWEST_LETTERS = 3  # of the name of a month
DAYS, MONTHS_OF_A_YEAR = 31, 12


class NotADayError(ValueError):
    """``wrong`` parts, with what to do about each."""

    def __init__(self, wrong: Mapping[str, Promise | str]) -> None:
        super().__init__()
        self.wrong = wrong


def read_day(written: Mapping[str, str]) -> date | None:
    """The date that three texts write; None for three empty ones. Raises ``NotADayError``."""
    parts = {part: (written.get(part) or "").strip() for part in PARTS}
    if not any(parts.values()):
        return None
    missing = {part: MISSING[part] for part, text in parts.items() if not text}
    read = {part: _READ[part](text) for part, text in parts.items() if text}
    wrong = {part: WRONG[part] for part, found in read.items() if found is None}
    if missing or wrong:
        raise NotADayError(
            {part: (missing | wrong)[part] for part in PARTS if part in missing | wrong}
        )
    try:
        return date(read["year"] or 0, read["month"] or 0, read["day"] or 0)
    except ValueError:
        told = _("This day is not in the calendar. Check the day and the month.")
        raise NotADayError({"day": told}) from None


def _figures(text: str, fewest: int, most: int) -> int | None:
    """The number that ``fewest`` to ``most`` figures write, of whatever script."""
    written = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    return int(written) if re.fullmatch(f"[0-9]{{{fewest},{most}}}", written) else None


def _day(text: str) -> int | None:
    day = _figures(text.removesuffix("er"), 1, 2)  # 1er mai
    return day if day and day <= DAYS else None


def _month(text: str) -> int | None:
    month = _figures(text, 1, 2)
    if month is not None:
        return month if 1 <= month <= MONTHS_OF_A_YEAR else None
    name = _folded(text).rstrip(".")
    found = {number for known, number in _month_names() if known.startswith(name)}
    return found.pop() if len(name) >= FEWEST_LETTERS and len(found) == 1 else None


def _year(text: str) -> int | None:
    year = _figures(text, 4, 4)
    return year or None


_READ = {"day": _day, "month": _month, "year": _year}


@cache
def _month_names() -> tuple[tuple[str, int], ...]:
    """The names of the months in every language of the site."""
    names = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names += [(_folded(str(n)), month) for month, n in MONTHS.items()]
    return tuple(names)


def _folded(text: str) -> str:
    """In small letters, without accents: FÉV and fevrier are février."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class DayInput(forms.Widget):
    """Three short lines."""

    template_name = "submissions/contributions/fields/day.html"
    use_fieldset = True

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.wrong: frozenset[str] = frozenset()  # the parts to mend

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The parts, each with its label."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id", "")
        context["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{id_}_{part}",
                "label": LABELS[part],
                "value": (value or {}).get(part, ""),
                "long": part == "year",
                "wrong": part in self.wrong,
            }
            for part in PARTS
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Three texts."""
        return {part: data.get(f"{name}_{part}", "") for part in PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether none of the three was sent."""
        return not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        """The part to mend first, else the day."""
        part = next((part for part in PARTS if part in self.wrong), PARTS[0])
        return f"{id_}_{part}" if id_ else ""


class DayField(Answering, forms.Field):
    """A day in the calendar."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"required": _("Enter a date.")}, **options)

    def to_python(self, value: Any) -> date | None:
        """A ``date``; None for nothing."""
        self.widget.wrong = frozenset()
        try:
            return read_day(value or {})
        except NotADayError as error:
            self.widget.wrong = frozenset(error.wrong)
            messages = [ValidationError(str(told), code="invalid") for told in error.wrong.values()]
            raise ValidationError(messages) from None

    def given(self, value: Any) -> dict[str, Any]:
        """The day."""
        return {"day": value} if value else {}

    def typed(self, posted: QueryDict, name: str) -> dict[str, list[str]]:
        """The three texts."""
        return typed_under(posted, name, "|".join(PARTS))
