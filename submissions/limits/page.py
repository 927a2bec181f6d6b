"""The page of a limit that was reached: when to try again, and the words that were sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.breadcrumbs import crumbs_of_view
from submissions.limits.refusal import TooMany

MINUTE = 60


def too_many(request: HttpRequest, refused: TooMany, *, text: str = "") -> HttpResponse:
    """429, with when to try again (``Retry-After``); ``text`` is given back, to be copied."""
    title = _("Wait a little")
    context = {
        "title": title,
        "crumbs": crumbs_of_view(title),
        "wait": _wait_in_words(refused.retry_after),
        "text": text,
    }
    response = render(request, "submissions/too_many.html", context, status=429)
    response["Retry-After"] = str(refused.retry_after)
    response["Cache-Control"] = "no-store"
    return response


def _wait_in_words(seconds: int) -> str:
    if seconds < 2 * MINUTE:
        words = ngettext(
            "You can try again in %(count)d second.",
            "You can try again in %(count)d seconds.",
            seconds,
        )
        return words % {"count": seconds}
    minutes = -(-seconds // MINUTE)
    words = ngettext(
        "You can try again in %(count)d minute.", "You can try again in %(count)d minutes.", minutes
    )
    return words % {"count": minutes}
