"""Numbers as people write them in either language, and the field of a question that asks for one.

"1 234,5" and "1,234.5" are one number whatever the language of the page. Only "1,234" depends on
it: with three figures after a comma, English means a thousand, French a decimal.
"""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.numbers import number
from submissions.contributions.kinds.answering import ANSWER_THIS, Answering

WHOLE_FIGURES, DECIMAL_FIGURES = 14, 6  # of the column behind
LONGEST = 60  # characters: nobody writes a number of more
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_SIGNED = re.compile(r"(?P<sign>[+\-\u2212\u2013]?) ?(?P<rest>.+)", re.DOTALL)
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:(?P<group>[ ,.'’])[0-9]{3})(?:(?P=group)[0-9]{3})*")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")


class NotANumberError(ValueError):
    """The text is no number that can be read in one way."""


def read_amount(text: str, language: str, unit: str = "") -> Decimal:
    """The number that ``text`` writes; ``unit`` may stand before or after it.

    Raises ``NotANumberError``.
    """
    if len(text) > LONGEST:
        raise NotANumberError
    plain = _without_unit(_SPACES.sub(" ", _in_our_figures(text)).strip(), unit)
    signed = _SIGNED.fullmatch(plain)
    if signed is None:
        raise NotANumberError
    rest = signed["rest"]
    mark = _decimal_mark(rest, language)
    whole, _mark, decimals = rest.rpartition(mark) if mark else (rest, "", "")
    grouped = _WHOLE.fullmatch(whole) if whole else None
    if (whole and grouped is None) or not (whole or decimals):
        raise NotANumberError
    if decimals and re.fullmatch("[0-9]+", decimals) is None:
        raise NotANumberError
    if grouped and grouped["group"] == mark:
        raise NotANumberError
    figures = re.sub("[^0-9]", "", whole) or "0"
    amount = Decimal(f"{figures}.{decimals}" if decimals else figures)
    return -amount if signed["sign"] in {"-", "\u2212", "\u2013"} and amount else amount


def _in_our_figures(text: str) -> str:
    """Figures of other scripts and widths as 0 to 9."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


def _without_unit(text: str, unit: str) -> str:
    unit = _SPACES.sub(" ", unit).strip().casefold()
    if unit and text.casefold().endswith(unit):
        return text[: -len(unit)].rstrip()
    if unit and text.casefold().startswith(unit):
        return text[len(unit) :].lstrip()
    return text


def _decimal_mark(text: str, language: str) -> str:
    """The sign before the decimals; empty where there is none."""
    marks = [sign for sign in text if sign in ",."]
    if not marks or (len(set(marks)) == 1 and len(marks) > 1):
        return ""
    if marks == [","] and not language.startswith("fr") and _THOUSANDS.fullmatch(text):
        return ""
    return marks[-1]


class AmountInput(forms.TextInput):
    """One line for a number, with its unit behind it.

    What was kept in another language is shown as this one writes it: ``name_language`` says which.
    """

    template_name = "submissions/contributions/fields/amount.html"
    unit = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the unit, which describes the control."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["unit"] = self.unit
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The text, in the writing of the active language."""
        text = super().value_from_datadict(data, files, name)
        written_in, active = data.get(f"{name}_language"), get_language() or "en"
        if not text or written_in in {None, "", active}:
            return text
        try:
            return number(read_amount(text, written_in, self.unit), active)
        except NotANumberError:
            return text


class AmountField(Answering, forms.CharField):
    """A number between two bounds, either of which may be missing."""

    widget: type[forms.Widget] = AmountInput

    def __init__(
        self,
        *,
        unit: str = "",
        lowest: Decimal | None = None,
        highest: Decimal | None = None,
        **options: Any,
    ) -> None:
        super().__init__(error_messages={"required": ANSWER_THIS}, **options)
        self.unit, self.lowest, self.highest = unit, lowest, highest
        self.widget.unit = unit  # type: ignore[attr-defined]
        self.widget.attrs |= {
            "class": "width-short",
            "inputmode": "decimal" if lowest is not None and lowest >= 0 else "text",
            "autocomplete": "off",
            "dir": "ltr",
        }

    def to_python(self, value: Any) -> Any:
        """A ``Decimal``; None for nothing."""
        text = (value or "").strip()
        if not text:
            return None
        language = get_language() or "en"
        try:
            amount = read_amount(text, language, self.unit)
        except NotANumberError:
            raise ValidationError(_not_a_number(language), code="invalid") from None
        self._check_size(amount, language)
        return amount

    def _check_size(self, amount: Decimal, language: str) -> None:
        told = {
            "whole": WHOLE_FIGURES,
            "decimals": DECIMAL_FIGURES,
            "lowest": None if self.lowest is None else number(_plain(self.lowest), language),
            "highest": None if self.highest is None else number(_plain(self.highest), language),
        }
        exponent = _plain(amount).as_tuple().exponent
        if abs(amount) >= 10**WHOLE_FIGURES or -int(exponent) > DECIMAL_FIGURES:
            message = _(
                "Write a number of at most %(whole)s figures, with at most %(decimals)s decimals."
            )
        elif self.lowest is not None and amount < self.lowest:
            message = (
                _("Enter a number from %(lowest)s to %(highest)s.")
                if self.highest is not None
                else _("Enter %(lowest)s or a greater number.")
            )
        elif self.highest is not None and amount > self.highest:
            message = (
                _("Enter a number from %(lowest)s to %(highest)s.")
                if self.lowest is not None
                else _("Enter %(highest)s or a smaller number.")
            )
        else:
            return
        raise ValidationError(message % told, code="out_of_range")

    def given(self, value: Any) -> dict[str, Any]:
        """The amount."""
        return {} if value is None else {"amount": value}

    def typed(self, posted: QueryDict, name: str) -> dict[str, list[str]]:
        """With the language in which it was written, for "1,234" means two things."""
        kept = super().typed(posted, name)
        if kept:
            written_in = posted.get(f"{name}_language") or get_language() or "en"
            kept[f"{name}_language"] = [written_in]
        return kept


def _not_a_number(language: str) -> str:
    example = number(Decimal("1234.5"), language)
    return _("Enter a number in figures, such as %(example)s.") % {"example": example}


def _plain(amount: Decimal) -> Decimal:
    """Without zeros that the column adds: 2.5, not 2.500000."""
    return Decimal(f"{amount.normalize():f}")


def range_in_words(lowest: Decimal | None, highest: Decimal | None, language: str) -> str:
    """What a number may be, for the hint; nothing when it may be anything."""
    told = {
        "lowest": lowest is not None and number(_plain(lowest), language),
        "highest": highest is not None and number(_plain(highest), language),
    }
    if lowest is not None and highest is not None:
        return _("From %(lowest)s to %(highest)s.") % told
    if lowest is not None:
        return _("%(lowest)s or more.") % told
    if highest is not None:
        return _("%(highest)s at most.") % told
    return ""
