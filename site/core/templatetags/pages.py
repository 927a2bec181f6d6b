"""What templates ask of pages: ``{% load pages %}``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import pgettext
from wagtail.models import Page

from core.alternates import local_home
from core.breadcrumbs import Crumb

register = template.Library()

HOME_DEPTH = 2  # the root of the tree stands at 1


@dataclass(frozen=True)
class Link:
    """A page's title and where to read it."""

    title: str
    url: str


@register.filter
def get_item(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """``{{ form_rows|get_item:child.id }}``: None for what isn't there."""
    return mapping.get(key) if mapping else None


@register.simple_tag(takes_context=True)
def crumbs_to(context: template.Context, page: Page) -> list[Crumb]:
    """``{% crumbs_to page as crumbs %}``: from the home page to ``page``, itself included.

    A page that isn't published is left out: its address leads nowhere.
    """
    request = context.get("request")
    above = page.get_ancestors().filter(depth__gte=HOME_DEPTH).live()
    crumbs = [Crumb(step.title, step.get_url(request) or "") for step in above]
    if crumbs:
        crumbs[0] = Crumb(pgettext("breadcrumb", "Home"), crumbs[0].url)
    return [*crumbs, Crumb(page.title)]


@register.simple_tag(takes_context=True)
def local_page(context: template.Context, page: Page | None) -> Link | None:
    """``{% local_page door.page as target %}``: the page that an editor chose, in this language.

    A page not translated yet is read where it stands; none for one that isn’t published.
    """
    if not page:
        return None
    request = context.get("request")
    home = local_home(request) if request else None
    if home is not None and page.locale_id != home.locale_id:
        translations = page.get_translations().filter(locale=home.locale_id, alias_of=None)
        page = translations.live().defer_streamfields().first() or page
    url = page.get_url(request) if page.live else None
    return Link(page.title, url) if url else None
