"""Which text search configuration reads which language."""

from django.conf import settings

# Ignores accents and knows no stems: for a language that PostgreSQL has no stemmer for.
WITHOUT_STEMS = "other_site"


def configuration(language: str) -> str:
    """The configuration for ``language``: its own, its parent's (pt for pt-br), or one without stems."""
    known: dict[str, str] = settings.SEARCH_CONFIGURATIONS
    return known.get(language) or known.get(language.partition("-")[0]) or WITHOUT_STEMS
