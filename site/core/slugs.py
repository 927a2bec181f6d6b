"""Addresses made of titles: "L’eau à l’été" is ``l-eau-a-l-ete``, wherever the title is typed.

Django drops apostrophes ("leau") and "œ" ("cur" for "cœur"). The same rule reaches the admin's
forms and the translation editor through ``core.slug_fields``.
"""

import re

from django.utils.text import slugify as django_slugify
from wagtail.coreutils import string_to_ascii

LONGEST = 240  # a SlugField holds 255: leaves room for the "-2" of a sibling with the same title

# What stands between two words without a space: apostrophes, hyphens and dashes, the slash.
BETWEEN_WORDS = re.compile(r"['’\u02bc\u2010-\u2014/]")


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; empty if ``text`` has no letter or figure.

    Other scripts and ligatures are spelt in Latin letters ("cœur" is ``coeur``).
    """
    spelt = string_to_ascii(BETWEEN_WORDS.sub("-", text))
    words = re.sub(r"-{2,}", "-", django_slugify(spelt))
    return words[:LONGEST].strip("-_")
