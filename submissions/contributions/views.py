"""The expert's door."""

from django.http import HttpRequest, HttpResponse


def _todo(request: HttpRequest, **_kwargs: int) -> HttpResponse:
    return HttpResponse("")


fill_in = received = _todo
