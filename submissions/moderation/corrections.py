"""Mending the spelling of an idea: nothing else changes, and the author's words are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import regex
from django.contrib.auth.models import User
from django.db import transaction

from submissions.models import Decision, DecisionKind, Idea, IdeaStatus, IdeaText
from submissions.moderation.services import AlreadyDecided, last_decision, lock, record

CORRECTABLE = (IdeaStatus.AWAITING, IdeaStatus.PUBLISHED)
# Shares of characters that two texts have in common (difflib's ratio): of the whole idea, and of
# each run of words that differs. "droits" for "doigts" is spelling, "for" for "against" is not.
ALIKE_AS_A_WHOLE = 0.8
ALIKE_IN_EACH_PLACE = 0.5

_WORDS = regex.compile(r"\s+|[\p{L}\p{M}\p{N}]+|.")


class MoreThanSpelling(Exception):
    """The text would say something else than its author's."""


@dataclass(frozen=True)
class Piece:
    """A run of words of a comparison."""

    kind: str  # same, taken, put
    text: str


def difference(before: str, after: str) -> Iterator[Piece]:
    """How ``after`` comes out of ``before``, word by word."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[start:end]))
            continue
        if end > start:
            yield Piece("taken", "".join(old[start:end]))
        if new_end > new_start:
            yield Piece("put", "".join(new[new_start:new_end]))


def only_spelling(before: str, after: str) -> bool:
    """Whether ``after`` may pass for ``before`` with its letters, accents and signs put right."""
    if SequenceMatcher(None, before, after, autojunk=False).ratio() < ALIKE_AS_A_WHOLE:
        return False
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        taken = _letters("".join(old[start:end]))
        put = _letters("".join(new[new_start:new_end]))
        if tag == "equal" or taken == put:
            continue
        if SequenceMatcher(None, taken, put, autojunk=False).ratio() < ALIKE_IN_EACH_PLACE:
            return False
    return True


def _letters(text: str) -> str:
    """What is left when signs, spaces and capitals count for nothing."""
    return "".join(regex.findall(r"[\p{L}\p{M}\p{N}]", text)).casefold()


@transaction.atomic
def correct(idea: Idea, moderator: User, text: str, *, seen: str) -> Decision | None:
    """Give the idea's own text its right spelling; ``text`` has passed the form's rules.

    The author's words are kept the first time, and compared with each time. ``seen`` is what the
    moderator saw: raises ``AlreadyDecided`` when it is no more what stands. Raises
    ``MoreThanSpelling``. Nothing happens when nothing changes.
    """
    lock(idea)
    stands = IdeaText.objects.get(idea=idea, language=idea.language)
    if idea.status not in CORRECTABLE or stands.text != seen:
        raise AlreadyDecided(last_decision(idea))
    if text == stands.text:
        return None
    own = stands.as_written or stands.text
    if not only_spelling(own, text):
        raise MoreThanSpelling
    stands.as_written = "" if text == own else own
    stands.text = text
    stands.save(update_fields=["text", "as_written"])
    return record(idea, DecisionKind.CORRECT, moderator)
