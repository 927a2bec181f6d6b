"""What a page tells to machines in schema.org's words (JSON-LD).

A block of data, which browsers never run: the content policy has nothing to allow.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# No sign can end the block, begin a comment or an element in it (case 51).
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def json_ld(data: Mapping[str, Any]) -> SafeString:
    """The element that holds ``data``, in the vocabulary of schema.org, for a page's head."""
    said = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    inert = mark_safe(said.translate(ESCAPED))  # noqa: S308 - nothing is left to be read as HTML
    return format_html('<script type="application/ld+json">{}</script>', inert)
