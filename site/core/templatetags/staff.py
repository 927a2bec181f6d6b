"""What the admin's own pages ask for: ``{% load staff %}``."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from core.alternates import own_name

register = template.Library()


@dataclass(frozen=True)
class StaffLanguage:
    """A language of the admin, and the address that changes to it and comes back."""

    code: str
    name: str
    url: str
    current: bool


@register.simple_tag
def staff_site_name() -> str:
    """The name that the admin bears."""
    name: str = settings.WAGTAIL_SITE_NAME
    return name


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
