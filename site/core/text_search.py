"""Which text search configuration reads which language. They are made by search's migrations."""

import re

from django.conf import settings
from django.contrib.postgres.search import SearchQuery

# Ignores accents and knows no stems: for a language that PostgreSQL has no stemmer for.
WITHOUT_STEMS = "other_site"

# What joins words for PostgreSQL's parser, which sees hosts, addresses and tags: "planète.Il" would
# be one word, "<b" none, and "porte-parole" another than "porte parole". They are read as spaces.
GLUE = r"./\@_:<>&-"
# In a query a hyphen before a word means "without", and only there: PostgreSQL refuses long runs.
_GLUE_IN_QUERY = re.compile(r"[./\\@_:<>&]|(?<=\S)-|-(?![\w\"])")


def configuration(language: str) -> str:
    """The configuration for ``language``: its own, its parent's (pt for pt-br), or no stems."""
    known: dict[str, str] = settings.SEARCH_CONFIGURATIONS
    return known.get(language) or known.get(language.partition("-")[0]) or WITHOUT_STEMS


def asked(typed: str, language: str) -> SearchQuery:
    """What a reader typed, as web search engines read it: "a phrase", or, -without."""
    words = _GLUE_IN_QUERY.sub(" ", typed)
    return SearchQuery(words, config=configuration(language), search_type="websearch")
