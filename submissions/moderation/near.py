"""What was proposed already, beside an idea that is decided on."""

from typing import Any

from django.utils.module_loading import import_string

from submissions.models import Idea


def near_ideas(idea: Idea) -> list[Any]:
    """The published ideas nearest to ``idea``, in any language; never itself."""
    original = idea.original
    if original is None:
        return []
    try:
        near = import_string("submissions.debate.duplicates.near")
    except ImportError:  # the search for near ideas is not there yet
        return []
    return [found for found in near(idea.debate, original.text) if found.idea.pk != idea.pk]
