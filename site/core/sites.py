"""Which site answers, remembered: to ask it of the database costs more than to write a vote."""

from django.core.cache import cache
from django.http import HttpRequest
from wagtail.models import Site

SECONDS = 10  # a host that is given to another site is known by then


def site_id_of(request: HttpRequest) -> int | None:
    """The id of the site that answers ``request``, a few seconds old at most; None without one."""
    key = f"site:{request.get_host()}"
    known: int | None = cache.get(key)
    if known is None:
        site = Site.find_for_request(request)
        if site is None:
            return None
        known = site.pk
        cache.set(key, known, SECONDS)
    return known
