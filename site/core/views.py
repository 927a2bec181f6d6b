"""Addresses that belong to no page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from core.alternates import home_url, own_name, site_origin


def preferred_language(request: HttpRequest) -> str | None:
    """The first of the browser's languages that the site speaks, or None."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return None


def choose_language(request: HttpRequest) -> HttpResponse:
    """``/``: lead to the browser's language; offer all of them when it names none of ours."""
    language = preferred_language(request)
    if language:
        response: HttpResponse = redirect(home_url(language))
    else:
        languages = [
            {"code": code, "name": own_name(code), "url": home_url(code)}
            for code, _name in settings.LANGUAGES
        ]
        response = render(request, "choose_language.html", {"languages": languages})
    patch_vary_headers(response, ("Accept-Language",))
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, in both languages: who comes by a wrong address may read either."""
    return render(request, "404.html", status=404)


def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: everything public may be read, and where the sitemap is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {site_origin(request)}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
