"""What other sites are told: ``{% load sharing %}``."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def open_graph_locale(language: str) -> str:
    """``{% open_graph_locale LANGUAGE_CODE as locale %}``: ``fr_FR``; empty for one not named."""
    locales: dict[str, str] = settings.OPEN_GRAPH_LOCALES
    return locales.get(language, "")
