"""What every public template can count on."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from core.alternates import (
    UNTRANSLATED,
    alternates,
    home_url,
    local_home,
    site_origin,
    urls_of,
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Addresses of this page in each language, and of what stands on every page.

    Nothing is computed for a template that asks for none of it (the admin's).
    """
    if request.path.startswith(reverse("wagtailadmin_home")):
        return {}
    language = translation.get_language() or settings.LANGUAGE_CODE

    @cache
    def urls() -> dict[str, str]:
        return urls_of(request, getattr(request, "served_page", None))

    def canonical() -> str:
        return site_origin(request) + urls().get(language, request.path)

    return {
        "alternates": SimpleLazyObject(lambda: alternates(request, urls())),
        "canonical_url": SimpleLazyObject(canonical),
        "site_origin": SimpleLazyObject(lambda: site_origin(request)),
        "x_default_url": SimpleLazyObject(lambda: site_origin(request) + "/"),
        "home_url": home_url(language),
        "site_name": SimpleLazyObject(lambda: site_name(request)),
        "untranslated_notice": UNTRANSLATED in request.GET,
        # Asking for the user opens the session, which makes a page private: only for who has one.
        "has_session": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }


def site_name(request: HttpRequest) -> str:
    """The name of the site that answers, in the reader's language (its home page's title)."""
    home = local_home(request)
    return home.title if home else settings.WAGTAIL_SITE_NAME
