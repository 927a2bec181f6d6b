"""Pictures of pages, at an address that changes with their words. Open to all, without a cookie."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from core.context import site_name
from core.models import BasePage
from core.share_pictures.drawing import SharePicture
from core.share_pictures.keeping import Place

A_YEAR, A_DAY, SOON = 365 * 24 * 3600, 24 * 3600, 5 * 60


@require_safe
def page(request: HttpRequest, page_id: int, version: str) -> HttpResponseBase:
    """The picture of a page that is published under the language of the address, for everybody."""
    found = Page.objects.live().public().filter(pk=page_id).first()
    specific = found.specific if found else None
    site = Site.find_for_request(request)
    if not isinstance(specific, BasePage) or specific.in_another_language(request):
        raise Http404
    parts = specific.get_url_parts(request)
    if site is None or parts is None or parts[0] != site.pk:
        raise Http404
    picture = specific.share_picture(site_name(request))
    if version != picture.version:
        return moved(specific.share_picture_url(picture))
    return shown(Place("page", specific.pk), picture, f"public, max-age={A_YEAR}, immutable")


def moved(address: str) -> HttpResponseBase:
    """The words have changed since that address was read: here is the picture of today's."""
    response = redirect(address)
    response["Cache-Control"] = f"public, max-age={SOON}"
    return response


def shown(place: Place, picture: SharePicture, cache_control: str) -> HttpResponse:
    """The picture, for shared caches to keep."""
    content = place.picture(picture, get_language() or "")
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = cache_control
    return response
