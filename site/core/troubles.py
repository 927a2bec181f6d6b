"""The pages for trouble: in every language of the site side by side, the reader's first.

They ask nothing of the database, the session, a context processor or the list of hashed files: a
page that says what went wrong must answer when nothing else does. What a person was sending
stands on it, to be copied.
"""

import logging
import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.http import escape_leading_slashes

from core.alternates import home_url, own_name
from core.shown_languages import remembered

log = logging.getLogger(__name__)

SECRET = re.compile(r"csrf|token|passw|mail|key", re.IGNORECASE)
# Codes, numbers, what we signed, an address.
MACHINE = re.compile(r"[a-z0-9_:.,=-]*|[0-9a-f-]{36}|[\w.-]+:\w+:[\w-]{43}|\S+@\S+|.{0,2}")

LAST_RESORT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Something went wrong / Une erreur est survenue</title></head>
<body><p>Something went wrong on our side. Go back, and try again in a few minutes.</p>
<p lang="fr">Une erreur est survenue de notre côté. Revenez en arrière, puis réessayez dans
quelques minutes.</p></body></html>
"""


@dataclass(frozen=True)
class Spoken:
    """One language of the page."""

    code: str
    name: str
    home_url: str


def trouble_page(
    request: HttpRequest,
    name: str,
    *,
    status: int,
    retry_after: int | None = None,
    words: str = "",
    site_name: str = "",
    **context: object,
) -> HttpResponse:
    """The page ``name`` (a template such as ``404.html``) with ``status``; it never raises.

    ``words`` are given back to be copied; ``retry_after`` is told in seconds.
    """
    try:
        html = get_template(name).render(
            {
                "languages": languages_for(request),
                "site_name": site_name or settings.WAGTAIL_SITE_NAME,
                "words": words,
                "again": again(request),
                **context,
            }
        )
    except Exception:  # whatever is broken, the reader is told something
        log.exception("The page %s could not be made", name)
        html = LAST_RESORT
    response = HttpResponse(html, status=status)
    response["X-Robots-Tag"] = "noindex"
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def languages_for(request: HttpRequest) -> list[Spoken]:
    """Every language that the public reads: that of the address first, else the browser's."""
    first = translation.get_language_from_path(request.path_info)
    first = first or translation.get_language_from_request(request)
    codes = sorted(remembered(request), key=lambda code: code != first)
    return [Spoken(code, own_name(code), home_url(code)) for code in codes]


def again(request: HttpRequest) -> str:
    """The address to try again: of a page that was being read, none of a form that was sent."""
    return escape_leading_slashes(request.get_full_path()) if request.method == "GET" else ""


def words_sent(request: HttpRequest) -> str:
    """What a person wrote in the form that ``request`` brings, to be given back.

    Neither its token, nor a password, nor an e-mail address; nor what the form says for itself: a
    value of one or two signs, of small letters and digits without a space, or signed, is taken for
    that. Nothing of the admin's, whose forms hold far more than words.
    """
    try:
        if request.method != "POST" or request.path.startswith(reverse("wagtailadmin_home")):
            return ""
        fields = request.POST.lists()
    except (
        BadRequest,
        SuspiciousOperation,
        MultiPartParserError,
        RawPostDataException,
        OSError,
        NoReverseMatch,
    ):
        return ""
    told = [value for name, values in fields if not SECRET.search(name) for value in values]
    return "\n\n".join(value.strip() for value in told if not MACHINE.fullmatch(value.strip()))
