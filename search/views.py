"""One box on every page."""

from django.http import HttpRequest, HttpResponse


def search(request: HttpRequest) -> HttpResponse:
    """Search."""
    return HttpResponse("")
