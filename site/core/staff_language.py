"""The language of the admin, chosen before signing in. Afterwards the account's own one rules."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Visible ASCII that no browser reads as another site's address; no backslash, no climbing up.
PLAIN = re.compile(r"[!-\[\]-~]*")


@never_cache
@require_safe
def staff_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep ``code`` for the admin's pages, in a cookie of theirs, and go back to ``next``."""
    if code not in dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES):
        raise Http404
    response = redirect(way_back(request.GET.get("next", "")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def way_back(said: str) -> str:
    """``said`` if it is an address of the admin, and nothing else; its first page otherwise."""
    admin = reverse("wagtailadmin_home")
    path = said.partition("?")[0]
    stays = said.startswith(admin) and PLAIN.fullmatch(said) and ".." not in path
    return said if stays else reverse("wagtailadmin_login")
