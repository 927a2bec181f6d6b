"""The countries a contributor can name, in each language.

Codes are ISO 3166-1 alpha-2; names are the Unicode Consortium's (CLDR, through Babel), so that a
further language needs no list of ours.
"""

import unicodedata
from functools import cache

from babel import Locale

# What CLDR names besides ISO's list: exceptional reservations, groups of countries and test data.
# Kosovo's XK, a user-assigned code that European institutions use, stays.
NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
CODE_LENGTH = 2


@cache
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """``(code, name)`` in alphabetical order, accents aside: Égypte stands among the E."""
    names = [
        (code, name)
        for code, name in Locale.parse(language, sep="-").territories.items()
        if len(code) == CODE_LENGTH and code not in NOT_COUNTRIES
    ]
    return tuple(sorted(names, key=lambda country: without_accents(country[1])))


def country_name(code: str, language: str) -> str:
    """The country's name in ``language``; the code itself if it has none."""
    return dict(country_choices(language)).get(code, code)


def without_accents(name: str) -> str:
    """A name as lists of names are put in order and searched: É is an E, œ is oe."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
