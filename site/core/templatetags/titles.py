"""Words of people in the title of a page: ``{% load titles %}``."""

import regex
from django import template

register = template.Library()

LONGEST = 70  # signs: what tabs, bookmarks and lists of results still show


@register.filter
def shortened(text: str) -> str:
    """On one line, cut after a whole word; a single long word is cut between two signs."""
    line = " ".join(text.split())
    signs = regex.findall(r"\X", line)
    if len(signs) <= LONGEST:
        return line
    kept = "".join(signs[:LONGEST])
    before = kept if signs[LONGEST].isspace() else kept.rpartition(" ")[0]
    return f"{(before or kept).rstrip(' ,;:.')}…"
