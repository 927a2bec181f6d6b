"""What became of an idea, as everybody may know it.

Only what its page shows anyway: neither who decided, nor a refusal that was taken back. By the day:
the minute in which somebody wrote is theirs.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.alternates import name_in_a_sentence
from submissions.models import DecisionKind, Idea, TextOrigin


@dataclass(frozen=True)
class Event:
    """One thing that happened to an idea, and when."""

    at: datetime
    what: str


def life_of(idea: Idea) -> list[Event]:
    """From its reception on; at most one query, for an idea whose spelling was mended.

    An idea that was imported was received elsewhere, at a time that is not known.
    """
    events = []
    if not idea.source:
        events.append(Event(idea.created_at, pgettext("life of an idea", "Received")))
    if idea.original and idea.original.as_written:
        mended = idea.decisions.filter(kind=DecisionKind.CORRECT).order_by("pk").last()
        if mended is not None:
            events.append(Event(mended.decided_at, _("Spelling mended by a moderator")))
    if idea.published_at:
        events.append(Event(idea.published_at, pgettext("life of an idea", "Published")))
    for text in idea.texts.all():
        if text.origin != TextOrigin.AUTHOR and text.approved_at:
            events.append(Event(text.approved_at, _translated(text.origin, text.language)))
    return sorted(events, key=lambda event: event.at)


def _translated(origin: str, language: str) -> str:
    words = _("Translated into %(language)s")
    if origin == TextOrigin.MACHINE:
        words = _("Translated into %(language)s by a machine, and read over by a person")
    return words % {"language": name_in_a_sentence(language)}
