"""Addresses that belong to no page."""

import posixpath
from collections.abc import Container

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.static import serve
from wagtail.models import Site

from core.alternates import home_url, homes_of, site_origin


def preferred_language(request: HttpRequest, offered: Container[str]) -> str | None:
    """The first of the browser's languages that is among ``offered``, or None."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            language = get_supported_language_variant(code)
        except LookupError:
            continue
        if language in offered:
            return language
    return None


def choose_language(request: HttpRequest) -> HttpResponse:
    """``/``: lead to the browser's language; offer all of them when it names none of ours.

    A language counts once its home page is published.
    """
    site = Site.find_for_request(request)
    homes = homes_of(site, request) if site else []
    language = preferred_language(request, {home.language_code for home in homes})
    if language:
        response: HttpResponse = redirect(home_url(language))
    elif homes:
        response = render(request, "choose_language.html", {"homes": homes})
    else:
        raise Http404
    patch_vary_headers(response, ("Accept-Language",))
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: everything public may be read, and where the sitemap is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {site_origin(request)}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def pictures(request: HttpRequest, path: str) -> HttpResponseBase:
    """What lies under ``MEDIA_ROOT``, documents apart: their own address asks who may read them."""
    if posixpath.normpath(path).lstrip("/").startswith("documents"):
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)
