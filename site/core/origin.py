"""Forms without a token: for pages that a shared cache may keep.

A POST that stands on a cached page can carry no CSRF token. It is taken only from our own pages,
as the browser says by ``Sec-Fetch-Site`` or ``Origin``, which a page of another site can't forge.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from core.handlers import csrf_failure

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def from_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this request.

    Every browser that is still supported sends one of the two headers with a POST. Without both,
    a ``Referer`` of our own is asked for; without that too, the answer is no.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site in {"same-origin", "none"}
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(source).netloc == request.get_host()
    except ValueError:  # no browser wrote that
        return False


def from_link_page(request: HttpRequest) -> bool:
    """The same, for a page without a referrer, as those that a mailed link opens.

    Such a page sends ``Origin: null``: a browser from before ``Sec-Fetch-Site`` says nothing
    better, and its reader is not locked out. The link's key is needed too, which that page holds.
    """
    older = "Sec-Fetch-Site" not in request.headers
    return (older and request.headers.get("Origin") == "null") or from_own_page(request)


def token_free(view: View[P]) -> View[P]:
    """A POST to this view needs no CSRF token, and must come from our own pages.

    Another is told what a missing token is: that nothing was sent, and how to keep the words.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and not from_own_page(request):
            return csrf_failure(request)
        return view(request, *args, **kwargs)

    return guarded
