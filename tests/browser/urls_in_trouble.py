"""The site's addresses, and under each language some at which things go wrong as they really do."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path

from config.urls import *  # noqa: F403 (the handlers too)
from config.urls import urlpatterns as addresses
from core import handlers

LANGUAGES = ("en", "fr")


def raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    """A view that fails with ``error``."""

    def fail(request: HttpRequest) -> HttpResponse:
        raise error

    return fail


TROUBLES: dict[int, Callable[[HttpRequest], HttpResponse]] = {
    400: raising(SuspiciousOperation("a request that can't be read")),
    403: raising(PermissionDenied("for others")),
    405: lambda request: HttpResponseNotAllowed(["POST"]),
    413: raising(RequestDataTooBig("too much")),
    429: handlers.locked_out,
    500: raising(RuntimeError("a fault of ours")),
    503: raising(OperationalError("the database is down")),
}
urlpatterns = [
    *(
        path(f"{language}/trouble/{status}/", view)
        for language in LANGUAGES
        for status, view in TROUBLES.items()
    ),
    *(path(f"{language}/trouble/csrf/", handlers.csrf_failure) for language in LANGUAGES),
    *addresses,
]
