"""What was proposed already, beside an idea that is decided on."""

from submissions.debate.duplicates import NearIdea, near
from submissions.models import Idea


def near_ideas(idea: Idea) -> list[NearIdea]:
    """The published ideas nearest to ``idea``, in any language; never itself."""
    original = idea.original
    return near(idea.debate, original.text, besides=idea) if original else []
