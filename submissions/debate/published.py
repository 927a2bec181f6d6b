"""How many ideas of a debate are published: remembered, for pages must not count rows."""

from django.core.cache import cache

from submissions.models import Debate, Idea

SECONDS = 30


def published_count(debate: Debate) -> int:
    """How many ideas are published, at most half a minute old."""
    count = cache.get_or_set(
        _key(debate.pk),
        lambda: Idea.objects.published().filter(debate=debate).count(),
        SECONDS,
    )
    return count or 0


def forget_count(debate_id: int) -> None:
    """An idea was published or withdrawn: count again where this cache is read."""
    cache.delete(_key(debate_id))


def _key(debate_id: int) -> str:
    return f"debate:{debate_id}:published"
