"""What answers when something is wrong: the statuses and their pages (core.troubles).

Who comes by a wrong address may read any language, so each page speaks all of them.
"""

import sys
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.context import site_name
from core.outages import is_outage
from core.troubles import trouble_page, words_sent

MINUTE = 60  # seconds


def bad_request(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """400: it can't be read; 413 when there is too much of it."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return trouble_page(request, "413.html", status=413)
    return trouble_page(request, "400.html", status=400, words=words_sent(request))


def forbidden(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """403: for people with an account."""
    return trouble_page(
        request,
        "403.html",
        status=403,
        words=words_sent(request),
        sign_in=reverse("wagtailadmin_login"),
        site_name=_known_name(request),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form stood on no page of ours, or for too long; its words are given back."""
    return trouble_page(
        request,
        "403_csrf.html",
        status=403,
        words=words_sent(request),
        site_name=_known_name(request),
    )


def not_found(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """404: no such page, or not any more."""
    return trouble_page(
        request, "404.html", status=404, words=words_sent(request), site_name=_known_name(request)
    )


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address of a form or a button was opened as a page, or the other way round."""
    response = trouble_page(
        request, "405.html", status=405, words=words_sent(request), site_name=_known_name(request)
    )
    response["Allow"] = allowed
    return response


def locked_out(
    request: HttpRequest, _response: HttpResponse | None = None, _credentials: Any = None
) -> HttpResponse:
    """429: too many wrong passwords. Each attempt starts the time again, so it is the whole."""
    cool_off = get_cool_off(request)
    seconds = int(cool_off.total_seconds()) if cool_off else MINUTE
    return trouble_page(
        request,
        "429.html",
        status=429,
        retry_after=seconds,
        minutes=seconds // MINUTE,
        new_password=reverse("wagtailadmin_password_reset"),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when it is the database that can't be reached, which heals by itself."""
    words = words_sent(request)
    if is_outage(sys.exc_info()[1]):
        return trouble_page(request, "503.html", status=503, retry_after=MINUTE, words=words)
    return trouble_page(request, "500.html", status=500, words=words)


def _known_name(request: HttpRequest) -> str:
    """The site's name where the database tells it; the software's where it is not there."""
    try:
        return site_name(request)
    except Error:
        return settings.WAGTAIL_SITE_NAME
