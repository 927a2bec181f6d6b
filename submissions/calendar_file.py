"""The consultation's dates as a file for calendars (iCalendar, RFC 5545), in one language."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.alternates import home_url, site_origin
from core.context import site_name
from core.dates import deadline, last_minute, moment
from core.typography import typeset
from submissions.models import Consultation

LONGEST_LINE = 75  # octets, the line's end not counted
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """When the consultation opens and closes; 404 while neither is known."""
    consultation = Consultation.of(request)
    if consultation is None or not (consultation.opens_at or consultation.closes_at):
        raise Http404
    language: str = request.LANGUAGE_CODE
    name = typeset(site_name(request), language)
    origin = site_origin(request)
    host = origin.partition("://")[2]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Polyphony//Consultation//EN"]
    if consultation.opens_at:
        when = moment(consultation.opens_at, language)
        lines += _event(
            f"opening-{consultation.pk}@{host}",
            now=consultation.now,
            at=consultation.opens_at,
            title=_("%(site)s: the consultation opens") % {"site": name},
            words=_("The consultation opens on %(when)s.") % {"when": when},
            url=origin + home_url(language),
        )
    if consultation.closes_at:
        when = deadline(consultation.closes_at, language)
        lines += _event(
            f"closing-{consultation.pk}@{host}",
            now=consultation.now,
            at=last_minute(consultation.closes_at),
            title=_("%(site)s: last moment to take part") % {"site": name},
            words=_("The consultation is open until %(when)s.") % {"when": when},
            url=origin + home_url(language),
        )
    lines.append("END:VCALENDAR")
    body = "".join(f"{folded(line)}\r\n" for line in lines)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="consultation.ics"'
    return response


def _event(uid: str, *, now: datetime, at: datetime, title: str, words: str, url: str) -> list[str]:
    """A moment, not a stretch of time: it ends as it begins, and keeps nobody busy.

    In UTC, so that no calendar needs to know the site's zone; its name stands in the words.
    """
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{utc(now)}",
        f"DTSTART:{utc(at)}",
        f"SUMMARY:{escaped(title)}",
        f"DESCRIPTION:{escaped(words)}\\n{escaped(url)}",
        f"URL:{url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def utc(dt: datetime) -> str:
    """``20261231T225900Z``"""
    return dt.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """``text`` as a value: separators and line breaks escaped (RFC 5545, 3.3.11)."""
    return text.translate(ESCAPED)


def folded(line: str) -> str:
    """``line`` in pieces of 75 octets at most, no character cut (RFC 5545, 3.1)."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += sign
    return "\r\n".join([*pieces, piece])
