"""Numbers as each language writes them: 1,000,000 and 84% / 1 000 000 and 84 %."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import numberformat, translation
from django.utils.formats import get_format
from django.utils.translation import pgettext

# Thin and no-break, as the typographers and CLDR have it; Django has a word space.
_THOUSANDS = {"fr": "\u202f"}


def number(n: int | float | Decimal, language: str, digits: int | None = None) -> str:
    """``n`` with its thousands grouped and ``language``'s decimal sign.

    ``digits`` is how many decimals are shown; by default, those that the number has.
    """
    if digits is not None:
        n = _rounded(n, digits)
    elif isinstance(n, float):
        n = Decimal(repr(n))
    return numberformat.format(
        n,
        decimal_sep=get_format("DECIMAL_SEPARATOR", language, use_l10n=True),
        decimal_pos=digits,
        grouping=get_format("NUMBER_GROUPING", language, use_l10n=True) or 3,
        thousand_sep=_THOUSANDS.get(
            language.lower().partition("-")[0],
            get_format("THOUSAND_SEPARATOR", language, use_l10n=True),
        ),
        force_grouping=True,
        use_l10n=True,
    )


def percent(share: float | Decimal, language: str, digits: int = 0) -> str:
    """A share of 1 as a percentage: 0.84 is "84%", in French "84 %" (U+00A0: core.typography).

    Rounded half up on the decimal that is read, so that 0.125 is 13 % and 0.845 is 84.5 %.
    """
    shown = number(_decimal(share) * 100, language, digits)
    with translation.override(language):
        return pgettext("percentage", "%(number)s%%") % {"number": shown}


def _decimal(n: int | float | Decimal) -> Decimal:
    """The number a person reads (0.1), not the nearest binary fraction (0.1000000000000000055…)."""
    return Decimal(repr(n)) if isinstance(n, float) else Decimal(n)


def _rounded(n: int | float | Decimal, digits: int) -> Decimal:
    rounded = _decimal(n).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return rounded + 0  # -0 is written 0
