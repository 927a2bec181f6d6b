"""Numbers, days and addresses as people write them: what is read, and what is refused."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numbers import number
from submissions.contributions.kinds.amounts import AmountField, NotANumberError, read_amount
from submissions.contributions.kinds.days import DayField, NotADayError, read_day
from submissions.contributions.kinds.links import read_address

LANGUAGES = ["en", "fr"]
amounts = st.decimals(
    min_value=-(10**13), max_value=10**13, allow_nan=False, allow_infinity=False, places=6
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1\u00a0234.5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1’234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("12 345 678", "12345678"),
        ("0,5", "0.5"),
        (",5", "0.5"),
        ("-3", "-3"),
        ("\u22123,25", "-3.25"),
        ("+4", "4"),
        ("٣٤", "34"),
        ("\uff11\uff12", "12"),
        ("12 people", "12"),
        ("12people", "12"),
        ("-0", "0"),
    ],
)
def test_a_number_reads_the_same_in_both_languages(text: str, amount: str, language: str) -> None:
    assert read_amount(text, language, "people") == Decimal(amount)


def test_three_figures_after_a_comma_are_what_the_language_says() -> None:
    assert read_amount("1,234", "en") == 1234
    assert read_amount("1,234", "fr") == Decimal("1.234")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "many",
        "1 2",
        "12 34",
        "1,23,456",
        "1e5",
        "1..2",
        "1,2,3",
        "--5",
        "5-",
        "1 234.567,8",
        "½",
        "",
        " ",
        "-",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "12 €",
        "1 234 56",
        "\u200b",
        "²",
    ],
)
def test_what_could_be_read_in_two_ways_is_no_number(text: str, language: str) -> None:
    with pytest.raises(NotANumberError):
        read_amount(text, language, "people")


@given(amounts, st.sampled_from(LANGUAGES))
def test_what_the_site_writes_it_reads_again(amount: Decimal, language: str) -> None:
    plain = Decimal(f"{amount.normalize():f}")
    assert read_amount(number(plain, language), language) == plain


@given(st.text(max_size=40), st.sampled_from(LANGUAGES), st.text(max_size=5))
@settings(max_examples=400)
def test_any_text_is_a_number_or_none(text: str, language: str, unit: str) -> None:
    with suppress(NotANumberError):
        assert read_amount(text, language, unit).is_finite()


@given(st.text("0123456789 .,'’-+\u202f", max_size=25), st.sampled_from(LANGUAGES))
@settings(max_examples=400)
def test_figures_keep_their_order_whatever_stands_between_them(text: str, language: str) -> None:
    try:
        amount = read_amount(text, language)
    except NotANumberError:
        return
    figures = "".join(sign for sign in text if sign.isdecimal())
    assert f"{abs(amount):f}".replace(".", "").strip("0") == figures.strip("0")


@pytest.mark.parametrize(
    ("bounds", "text", "message"),
    [
        ((1, 100), "0", "Enter a number from 1 to 100."),
        ((1, 100), "100.5", "Enter a number from 1 to 100."),
        ((0, None), "-1", "Enter 0 or a greater number."),
        ((None, 2.5), "3", "Enter 2.5 or a smaller number."),
        ((None, None), "many", "Enter a number in figures, such as 1,234.5."),
        (
            (None, None),
            "1.1234567",
            "Write a number of at most 14 figures, with at most 6 decimals.",
        ),
        ((None, None), "9" * 15, "Write a number of at most 14 figures, with at most 6 decimals."),
        ((None, None), "9" * 500, "Enter a number in figures, such as 1,234.5."),
        ((None, None), f"5{' ' * 80}x", "Enter a number in figures, such as 1,234.5."),
    ],
)
def test_a_number_that_is_refused_says_which_one_is_taken(bounds, text, message) -> None:
    low, high = (None if bound is None else Decimal(str(bound)) for bound in bounds)
    field = AmountField(lowest=low, highest=high)
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        field.clean(text)
    assert refused.value.messages == [message]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (("27", "3", "2026"), date(2026, 3, 27)),
        (("01", "03", "2026"), date(2026, 3, 1)),
        (("1er", "mars", "2026"), date(2026, 3, 1)),
        (("1", "FÉVR.", "2024"), date(2024, 2, 1)),
        (("29", "fevrier", "2024"), date(2024, 2, 29)),
        (("5", "Sept", "1999"), date(1999, 9, 5)),
        (("5", "déc", "1999"), date(1999, 12, 5)),
        (("\u0665", "\u0661", "\u0662\u0660\u0662\u0666"), date(2026, 1, 5)),
        (("", " ", ""), None),
    ],
)
def test_a_day_by_figures_or_by_the_name_of_its_month(written, day) -> None:
    assert read_day(dict(zip(("day", "month", "year"), written, strict=True))) == day


@pytest.mark.parametrize(
    ("written", "wrong", "message"),
    [
        (("", "3", "2026"), {"day"}, "Add the day to the date."),
        (("27", "", ""), {"month", "year"}, "Add the month to the date."),
        (("32", "3", "2026"), {"day"}, "Write the day in figures, from 1 to 31."),
        (("0", "3", "2026"), {"day"}, "Write the day in figures, from 1 to 31."),
        (
            ("27", "13", "2026"),
            {"month"},
            "Write the month in figures, from 1 to 12, or by its name.",
        ),
        (
            ("27", "jui", "2026"),
            {"month"},
            "Write the month in figures, from 1 to 12, or by its name.",
        ),
        (("27", "3", "26"), {"year"}, "Write the year in four figures, such as 2026."),
        (("27", "3", "0000"), {"year"}, "Write the year in four figures, such as 2026."),
        (
            ("31", "2", "2025"),
            {"day"},
            "This day is not in the calendar. Check the day and the month.",
        ),
    ],
)
def test_a_day_that_is_refused_says_which_part_to_mend(written, wrong, message) -> None:
    field: Any = DayField()
    parts = dict(zip(("day", "month", "year"), written, strict=True))
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        field.clean(parts)
    assert refused.value.messages[0] == message
    assert len(refused.value.messages) == len(wrong)
    assert field.widget.wrong == wrong
    first = next(part for part in ("day", "month", "year") if part in wrong)
    assert field.widget.id_for_label("id_x") == f"id_x_{first}"


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_is_read(day: date) -> None:
    written = {"day": str(day.day), "month": str(day.month), "year": f"{day.year:04}"}
    assert read_day(written) == day


@given(st.fixed_dictionaries({part: st.text(max_size=12) for part in ("day", "month", "year")}))
@settings(max_examples=300)
def test_any_three_texts_are_a_day_or_say_what_is_wrong(written: dict[str, str]) -> None:
    try:
        read_day(written)
    except NotADayError as error:
        assert set(error.wrong) <= {"day", "month", "year"}
        assert error.wrong


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/report?a=1#b", None),
        ("http://example.org", None),
        ("HTTPS://EXAMPLE.org", None),
        ("example.org/report", "https://example.org/report"),
        ("www.example.org:8000/x", "https://www.example.org:8000/x"),
        ("https://réforme.example/à-lire", None),
        ("https://例え.テスト/", None),
        ("https://xn--rforme-bva.example/", None),
        ("https://example.org./", None),
    ],
)
def test_an_address_of_the_web_is_taken(text: str, address: str | None) -> None:
    assert read_address(text) == (address or text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "mailto:a@example.org",
        "ftp://example.org",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://localhost/x",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://user:secret@example.org/",
        "https://bank.example@evil.example/",
        "https://exa mple.org",
        "https://example.org/\u202egnp.exe",
        "https://example.org/\u200b",
        "https://example.org/<script>",
        'https://example.org/"onclick="x',
        "https://example.org\\@evil.example",
        "https://exa_mple.org/",
        "https://-example-.org",
        "https://example.org:99999/",
        "report",
        "//example.org",
        "\x00https://example.org",
        "https://example.org/" + "a" * 2_000,
    ],
)
def test_what_leads_to_no_page_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read_address(text)


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_an_address_that_is_taken_begins_as_the_web_does(text: str) -> None:
    try:
        address = read_address(text)
    except ValidationError:
        return
    assert address.lower().startswith(("https://", "http://"))
    assert not set(address) & set("<>\"'` \n") - {"'"}
