"""Moments, days and ages, in both languages and in a third one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation
from django.utils.translation import ngettext
from hypothesis import given
from hypothesis import strategies as st

from core.dates import day, deadline, last_minute, moment, since
from core.typography import typeset

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 12, 1, 16, 5, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_moment_in_each_language() -> None:
    assert plain(moment(NOW, "en")) == "1 December 2026, 17:05 (Paris time)"
    assert plain(moment(NOW, "fr")) == "1er décembre 2026 à 17 h 05 (heure de Paris)"


def test_a_moment_holds_its_parts_together() -> None:
    assert moment(NOW, "en") == "1\u00a0December 2026, 17:05 (Paris time)"
    assert moment(NOW, "fr") == ("1er\u00a0décembre 2026 à\u00a017\u00a0h\u00a005 (heure de Paris)")


def test_summer_time_is_paris_time() -> None:
    assert plain(moment(datetime(2026, 7, 2, 7, 0, tzinfo=UTC), "fr")) == (
        "2 juillet 2026 à 9 h (heure de Paris)"
    )
    assert plain(moment(datetime(2026, 7, 2, 7, 0, tzinfo=UTC), "en")) == (
        "2 July 2026, 09:00 (Paris time)"
    )


def test_the_language_asked_for_wins_over_the_active_one() -> None:
    with translation.override("fr"):
        assert plain(moment(NOW, "en")) == "1 December 2026, 17:05 (Paris time)"
        assert translation.get_language() == "fr"


def test_a_third_language_falls_back_on_djangos_formats() -> None:
    assert moment(NOW, "de") == "1. Dezember 2026, 17:05 (Paris time)"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/New_York", "1 December 2026, 11:05 (New York time)"),
        ("UTC", "1 December 2026, 16:05 (UTC)"),
    ],
)
def test_the_zone_named_is_the_sites(zone: str, expected: str) -> None:
    with override_settings(TIME_ZONE=zone):
        assert plain(moment(NOW, "en")) == expected


def test_a_day() -> None:
    assert plain(day(date(2026, 12, 1), "fr")) == "1er décembre 2026"
    assert plain(day(date(2026, 12, 2), "fr")) == "2 décembre 2026"
    assert plain(day(date(2026, 12, 2), "en")) == "2 December 2026"


def test_the_day_of_a_moment_is_the_day_in_paris() -> None:
    assert plain(day(datetime(2026, 12, 1, 23, 30, tzinfo=UTC), "en")) == "2 December 2026"


def test_a_closing_time_is_never_midnight() -> None:
    midnight = datetime(2026, 12, 1, 0, 0, tzinfo=PARIS)
    assert plain(deadline(midnight, "en")) == "30 November 2026, 23:59 (Paris time)"
    assert plain(deadline(midnight, "fr")) == "30 novembre 2026 à 23 h 59 (heure de Paris)"


def test_any_other_closing_time_is_itself() -> None:
    assert deadline(NOW, "fr") == moment(NOW, "fr")


@given(st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(PARIS)))
def test_the_last_minute_is_in_time_and_never_midnight(closes: datetime) -> None:
    shown = last_minute(closes)
    assert timedelta(0) <= closes.astimezone(UTC) - shown.astimezone(UTC) < timedelta(minutes=2)
    assert (shown.hour, shown.minute) != (0, 0)


@pytest.mark.parametrize(
    ("age", "english", "french"),
    [
        (timedelta(seconds=-30), "just now", "à l’instant"),
        (timedelta(seconds=59), "just now", "à l’instant"),
        (timedelta(minutes=1), "1 minute ago", "il y a 1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago", "il y a 59 minutes"),
        (timedelta(hours=1), "1 hour ago", "il y a 1 heure"),
        (timedelta(hours=3), "3 hours ago", "il y a 3 heures"),
        (timedelta(hours=47, minutes=59), "47 hours ago", "il y a 47 heures"),
        (timedelta(hours=48), "2 days ago", "il y a 2 jours"),
        (timedelta(days=1200), "1,200 days ago", "il y a 1 200 jours"),
    ],
)
def test_an_age(age: timedelta, english: str, french: str) -> None:
    assert plain(since(NOW - age, NOW, "en")) == english
    assert plain(since(NOW - age, NOW, "fr")).replace("\u202f", " ") == french


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "0 hours ago", "il y a 0 heure"),
        (1, "1 hour ago", "il y a 1 heure"),
        (2, "2 hours ago", "il y a 2 heures"),
        (1_000_000, "1000000 hours ago", "il y a 1000000 heures"),
    ],
)
def test_nought_is_singular_in_french(count: int, english: str, french: str) -> None:
    for language, expected in (("en", english), ("fr", french)):
        with translation.override(language):
            words = ngettext("%(hours)s hour ago", "%(hours)s hours ago", count)
        assert plain(words % {"hours": count}) == expected


@given(st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(PARIS)))
def test_french_moments_are_already_typeset(dt: datetime) -> None:
    assert typeset(moment(dt, "fr"), "fr") == moment(dt, "fr")


def test_the_site_keeps_paris_time() -> None:
    assert settings.TIME_ZONE == "Europe/Paris"
