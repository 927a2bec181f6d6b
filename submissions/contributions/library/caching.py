"""Whoever keeps a page of the library asks before each use: what is taken back is gone at once."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag


def asked_each_time(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``response``, or that it has not changed since it was fetched.

    Who is signed in finds staff's own bar on the page: that copy is for nobody else.
    """
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    if signed_in:
        patch_cache_control(response, private=True, no_cache=True)
        return response
    patch_cache_control(response, public=True, no_cache=True)
    if response.status_code != 200:  # noqa: PLR2004
        return response
    etag = quote_etag(sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response
