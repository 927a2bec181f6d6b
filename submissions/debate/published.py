"""How many ideas of a debate are published: remembered, for pages must not count rows."""

from django.conf import settings
from django.core.cache import cache

from submissions.models import Debate, Idea

SECONDS = 30


def published_count(debate: Debate, language: str = "") -> int:
    """How many ideas, written in ``language`` if one is named, are published: half a minute old."""

    def count() -> int:
        ideas = Idea.objects.published().filter(debate=debate)
        return (ideas.filter(language=language) if language else ideas).count()

    return cache.get_or_set(_key(debate.pk, language), count, SECONDS) or 0


def forget_count(debate_id: int) -> None:
    """An idea was published or withdrawn: count again where this cache is read."""
    languages = ["", *(code for code, _name in settings.LANGUAGES)]
    cache.delete_many([_key(debate_id, language) for language in languages])


def _key(debate_id: int, language: str) -> str:
    return f"debate:{debate_id}:published:{language}"
