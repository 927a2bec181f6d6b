"""Moments, days and ages in the reader's language, in the site's time zone, which is always named.

Never "midnight", which half the readers take for the wrong day: a closing time of 00:00 is shown
as 23:59 of the day before.
"""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone, translation
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

from core.numbers import number

NO_BREAK = "\u00a0"
HOURS_SHOWN = 48  # an age is told in hours up to there: moderators promise an answer in 48 hours


def moment(dt: datetime, language: str) -> str:
    """A day, an hour and whose hour: "1er décembre 2026 à 17 h 05 (heure de Paris)".

    ``dt`` is aware. No-break spaces hold the day to its month and the hour to its minutes.
    """
    local = timezone.localtime(dt, timezone.get_default_timezone())
    with translation.override(language):
        return pgettext("moment", "%(day)s, %(time)s (%(zone)s)") % {
            "day": day(local.date(), language),
            "time": _clock(local, language),
            "zone": zone_name(),
        }


def deadline(dt: datetime, language: str) -> str:
    """A closing time: as ``moment``, of the last minute that is still in time."""
    return moment(last_minute(dt), language)


def day(d: date | datetime, language: str) -> str:
    """Such as "1 December 2026"; an aware datetime gives its day in the site's zone."""
    if isinstance(d, datetime):
        d = timezone.localtime(d, timezone.get_default_timezone()).date()
    with translation.override(language):
        match _base(language):
            case "fr":
                ordinal = "1er" if d.day == 1 else str(d.day)
                return f"{ordinal}{NO_BREAK}{MONTHS[d.month]} {d.year}"
            case "en":
                return f"{d.day}{NO_BREAK}{MONTHS[d.month]} {d.year}"
            case _:
                return date_format(d, "DATE_FORMAT")


def last_minute(dt: datetime) -> datetime:
    """``dt``, or the minute before it when the site's clocks then show 00:00."""
    local = timezone.localtime(dt, timezone.get_default_timezone())
    if (local.hour, local.minute) != (0, 0):
        return local
    before = local.replace(second=0, microsecond=0).astimezone(UTC) - timedelta(minutes=1)
    return before.astimezone(local.tzinfo)


def since(dt: datetime, now: datetime, language: str) -> str:
    """How long ago ``dt`` was: "3 hours ago", "il y a 3 heures"; whole units, rounded down.

    Minutes up to one hour, hours up to 48, then days. Anything under a minute, and a ``dt`` that
    two clocks put in the future, is "just now".
    """
    minutes = (now - dt) // timedelta(minutes=1)
    hours = minutes // 60
    days = hours // 24
    with translation.override(language):
        if minutes < 1:
            return pgettext("age", "just now")
        if hours < 1:
            return ngettext("%(minutes)s minute ago", "%(minutes)s minutes ago", minutes) % {
                "minutes": number(minutes, language)
            }
        if hours < HOURS_SHOWN:
            return ngettext("%(hours)s hour ago", "%(hours)s hours ago", hours) % {
                "hours": number(hours, language)
            }
        return ngettext("%(days)s day ago", "%(days)s days ago", days) % {
            "days": number(days, language)
        }


def clock(dt: datetime, language: str) -> str:
    """The hour alone, as the site's clocks show it, of what happened a moment ago."""
    return _clock(timezone.localtime(dt, timezone.get_default_timezone()), language)


def _clock(local: datetime, language: str) -> str:
    """The hour on the site's clocks: "17:05", "17 h 05" ("17 h" sharp)."""
    match _base(language):
        case "fr":
            minutes = f"{NO_BREAK}{local.minute:02}" if local.minute else ""
            return f"{local.hour}{NO_BREAK}h{minutes}"
        case "en":
            return f"{local.hour:02}:{local.minute:02}"
        case _:
            return date_format(local, "TIME_FORMAT")


def zone_name() -> str:
    """The site's zone as people say it, in the active language: after the city that it bears."""
    key = timezone.get_default_timezone_name()
    if "/" not in key or key.startswith("Etc/"):
        return key.removeprefix("Etc/")
    city = key.rpartition("/")[2].replace("_", " ")
    return pgettext("time zone", "%(city)s time") % {"city": city}


def _base(language: str) -> str:
    return language.lower().partition("-")[0]
