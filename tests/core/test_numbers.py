"""Numbers and percentages as each language writes them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import number, percent
from core.typography import typeset


@pytest.mark.parametrize(
    ("n", "english", "french"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1,000", "1\u202f000"),
        (1_000_000, "1,000,000", "1\u202f000\u202f000"),
        (-18_690, "-18,690", "-18\u202f690"),
        (3.5, "3.5", "3,5"),
        (Decimal("1234.50"), "1,234.50", "1\u202f234,50"),
    ],
)
def test_thousands_and_decimals(n: int | float | Decimal, english: str, french: str) -> None:
    assert number(n, "en") == english
    assert number(n, "fr") == french


@pytest.mark.parametrize(
    ("share", "digits", "english", "french"),
    [
        (0.84, 0, "84%", "84\u00a0%"),
        (0.125, 0, "13%", "13\u00a0%"),
        (0.8455, 1, "84.6%", "84,6\u00a0%"),
        (1 / 3, 2, "33.33%", "33,33\u00a0%"),
        (0, 0, "0%", "0\u00a0%"),
        (1, 0, "100%", "100\u00a0%"),
        (-0.001, 0, "0%", "0\u00a0%"),
        (Decimal("12.345"), 0, "1,235%", "1\u202f235\u00a0%"),
    ],
)
def test_percentages(share: float | Decimal, digits: int, english: str, french: str) -> None:
    assert percent(share, "en", digits) == english
    assert percent(share, "fr", digits) == french


def test_a_language_without_rules_of_its_own_gets_djangos() -> None:
    assert number(1_234_567.5, "de") == "1.234.567,5"
    assert percent(0.5, "de") == "50%"


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_the_digits_of_a_number_are_all_there(n: int) -> None:
    assert int(number(n, "en").replace(",", "")) == n
    assert int(number(n, "fr").replace("\u202f", "")) == n


@given(st.decimals(min_value=0, max_value=1, places=6), st.integers(min_value=0, max_value=3))
def test_a_percentage_is_within_half_a_unit_of_its_last_digit(share: Decimal, digits: int) -> None:
    read = Decimal(percent(share, "en", digits).removesuffix("%"))
    assert abs(read - share * 100) <= Decimal(1).scaleb(-digits) / 2


@given(st.decimals(min_value=0, max_value=1, places=4))
def test_a_french_percentage_is_already_typeset(share: Decimal) -> None:
    assert typeset(percent(share, "fr", 1), "fr") == percent(share, "fr", 1)
