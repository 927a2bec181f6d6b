"""The language of the admin, chosen before signing in. Afterwards the account's own one rules."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
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


class StaffLanguageMiddleware:
    """Whoever is signed in reads the admin in the account's own language: refusals, too.

    Wagtail chooses it around a view; what it says when a view refuses stands outside of that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The language of the request is put back where it was chosen."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Outside of the admin nobody is asked who they are."""
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return
        profile = getattr(request.user, "wagtail_userprofile", None)
        if profile is not None:
            translation.activate(profile.get_preferred_language())
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
