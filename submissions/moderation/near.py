"""What was proposed already, beside an idea that is decided on."""

from typing import Any

from submissions.models import Idea


def near_ideas(idea: Idea) -> list[Any]:
    """The published ideas nearest to ``idea``, in any language; never itself."""
    try:
        from submissions.debate.duplicates import near  # noqa: PLC0415
    except ImportError:
        return []
    original = idea.original
    if original is None:
        return []
    return [found for found in near(idea.debate, original.text) if found.idea.pk != idea.pk]
