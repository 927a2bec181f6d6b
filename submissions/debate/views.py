"""The citizen's door."""

from django.http import HttpRequest, HttpResponse


def _todo(request: HttpRequest, **_kwargs: int) -> HttpResponse:
    return HttpResponse("")


ideas = write = written = start = vote = idea = cast = undo = _todo
