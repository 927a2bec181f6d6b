"""Mending the spelling of an idea: nothing else changes, and the author's words are kept."""

import unicodedata
from difflib import SequenceMatcher

import regex
from django.contrib.auth.models import User
from django.db import transaction

from submissions.models import Decision, DecisionKind, Idea, IdeaStatus, IdeaText
from submissions.moderation.services import AlreadyDecided, last_decision, lock, record

CORRECTABLE = (IdeaStatus.AWAITING, IdeaStatus.PUBLISHED)
# Shares of letters in common (difflib's ratio) below which a text is another one: of the whole, of
# a word and the word in its place, of a run whose number of words changes. They stop rewriting;
# that a single word means the same is for the moderator to see, before whom the difference stands.
ALIKE_AS_A_WHOLE = 0.8
ALIKE_IN_A_WORD = 0.5
ALIKE_WHEN_PARTED = 0.9


class MoreThanSpelling(Exception):
    """The text would say something else than its author's."""


def only_spelling(before: str, after: str) -> bool:
    """Whether ``after`` may pass for ``before`` with its letters, accents and signs put right."""
    old, new = _words(before), _words(after)
    if not _alike("".join(old), "".join(new), ALIKE_AS_A_WHOLE):
        return False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _tag, start, end, new_start, new_end in matcher.get_opcodes():
        taken, put = old[start:end], new[new_start:new_end]
        if len(taken) == len(put):
            pairs = zip(taken, put, strict=True)
            if not all(_alike(one, other, ALIKE_IN_A_WORD) for one, other in pairs):
                return False
        elif not _alike("".join(taken), "".join(put), ALIKE_WHEN_PARTED):
            return False
    return True


def _alike(one: str, other: str, share: float) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= share


def _words(text: str) -> list[str]:
    """Words without accents and capitals: signs and spaces count for nothing."""
    plain = regex.sub(r"\p{M}", "", unicodedata.normalize("NFKD", text)).casefold()
    return regex.findall(r"[\p{L}\p{N}]+", plain)


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
