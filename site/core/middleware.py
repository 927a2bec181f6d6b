"""Language and content policy of every response, and words for every error."""

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from core.handlers import method_not_allowed
from core.shown_languages import languages_shown

Responder = Callable[[HttpRequest], HttpResponseBase]


class LanguageMiddleware:
    """The language of a public address is its prefix, and nothing else decides it.

    Only addresses without a prefix (the admin, ``/``) follow the browser. Django's own middleware
    would redirect those that are not found, and here every one of them looks like a page's; they
    are answered at once, in both languages.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language of the address."""
        from_path = translation.get_language_from_path(request.path_info)
        language = from_path or translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            if not from_path:
                patch_vary_headers(response, ("Accept-Language",))
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """A language that the public doesn't read is nowhere; editors look at it in previews."""
        language = translation.get_language_from_path(request.path_info)
        looked_at_by_staff = getattr(request, "is_dummy", False)  # set by Wagtail's previews alone
        if language and not looked_at_by_staff and language not in languages_shown(request):
            raise Http404


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; under the admin's address, what Wagtail needs besides."""

    def process_response(self, request, response):  # type: ignore[no-untyped-def] # csp has no types
        """Add the header, relaxed under the admin's own address only.

        A preview is a public page in a frame of the page editor, and strict in all else.
        """
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        elif getattr(request, "is_dummy", False):  # set by Wagtail's previews alone
            response._csp_replace = {"frame-ancestors": [SELF]}
        return super().process_response(request, response)


class SpokenErrorMiddleware:
    """A method that an address doesn't take is refused in words, and not with an empty page."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put the page where the response has none; its ``Allow`` stays."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.streaming:
            return method_not_allowed(request, response.headers.get("Allow", ""))
        return response
