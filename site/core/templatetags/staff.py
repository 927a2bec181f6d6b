"""What the admin's own pages ask for: ``{% load staff %}``."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy

from core import scheduled
from core.alternates import own_name
from core.checks.findings import findings

register = template.Library()

USUAL_PORTS = (80, 443)


@dataclass(frozen=True)
class StaffLanguage:
    """A language of the admin, and the address that changes to it and comes back."""

    code: str
    name: str
    url: str
    current: bool


register.filter("goes_live", scheduled.goes_live)
register.filter("comes_down", scheduled.comes_down)


@register.simple_tag
def staff_site_name() -> str:
    """The name that the admin bears."""
    name: str = settings.WAGTAIL_SITE_NAME
    return name


@register.simple_tag(takes_context=True)
def works_on_pages(context: template.Context) -> bool:
    """Whether the explorer and the search of pages are the reader's."""
    return bool(page_permission_policy.explorable_instances(context["request"].user).exists())


@register.simple_tag
def staff_origin(host: str) -> str:
    """``https://host`` of the site whose admin was asked; of the default one for another host."""
    name, _colon, port = host.partition(":")
    ports = [int(port)] if port.isdecimal() else USUAL_PORTS
    if not Site.objects.filter(hostname=name, port__in=ports).exists():
        default: str = settings.WAGTAILADMIN_BASE_URL
        return default
    return f"{settings.PUBLIC_SCHEME}://{host}"


@register.simple_tag
def admin_origin(page: Page | None) -> str:
    """``https://host`` of the site on which ``page`` stands; the default one's where there is none.

    Wagtail's own templates of mail know it as ``base_url``.
    """
    site = page.get_site() if page else None
    if site is None:
        default: str = settings.WAGTAILADMIN_BASE_URL
        return default
    port = "" if site.port in USUAL_PORTS else f":{site.port}"
    return f"{settings.PUBLIC_SCHEME}://{site.hostname}{port}"


@register.inclusion_tag("core/checks/findings.html")
def page_checks(page: Page) -> dict[str, Any]:
    """What could be better on ``page`` (specific) as it stands."""
    return {"findings": findings(page)}


@register.simple_tag(takes_context=True)
def withheld_in_bulk(context: template.Context) -> str:
    """Classes for the bar of what is done to ticked pages: which of it is refused everywhere."""
    user = context["request"].user
    refused = (("add", "takes-none-away"), ("publish", "publishes-none"))
    return " ".join(
        name
        for right, name in refused
        if not page_permission_policy.user_has_permission(user, right)
    )


@register.simple_tag(takes_context=True)
def staff_languages(context: template.Context) -> list[StaffLanguage]:
    """``{% staff_languages as languages %}``: for pages that are read before anybody signs in.

    Where a form was sent, ``next`` stands in the form and goes along.
    """
    request = context["request"]
    here = request.get_full_path()
    if request.method == "POST" and context.get("next"):
        here = f"{request.path}?{urlencode({'next': context['next']})}"
    return [
        StaffLanguage(
            code=code,
            name=own_name(code),
            url=f"{reverse('staff_language', args=[code])}?{urlencode({'next': here})}",
            current=code == get_language(),
        )
        for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES
    ]
