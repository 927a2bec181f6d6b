"""The pages worth a link: ``{% load pagination %}``."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def nearby_pages(page: Page) -> Iterator[int | str]:
    """The numbers around a page, the first and the last; an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
