"""What citizens write: an idea, in one transaction. Votes are in ``debate/ballots.py``."""

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from submissions.debate.participants import take_part
from submissions.models import Debate, Idea, IdeaText, Participant, TextOrigin


class DebateClosed(Exception):
    """By the database's clock, the debate takes nothing: not yet, no more, or not this language."""


@dataclass(frozen=True)
class Received:
    """An idea that was kept, and who is to be remembered as its author in this browser."""

    idea: Idea
    author: Participant | None  # None: it came twice, and this visitor is not known as its author


def submit_idea(
    debate: Debate,
    participant: Participant | None,
    *,
    text: str,
    language: str,
    page_language: str,
    form_key: uuid.UUID,
) -> Received:
    """Keep an idea for a moderator to read; without a participant, make one.

    ``text`` has passed the form's rules. What one form sends twice is one idea: the second time
    gives the first one back. Raises ``DebateClosed`` by the database's clock.
    """
    # A page in a shared cache gives the same key to many: the words make the difference.
    key = uuid.uuid5(form_key, f"{debate.pk} {language} {text}")
    try:
        with transaction.atomic():
            is_open = Debate.objects.open_at().readable_in(page_language)
            if not is_open.filter(pk=debate.pk).exists():
                raise DebateClosed
            author = take_part(debate.consultation, participant, page_language)
            idea = Idea.objects.create(
                debate=debate, author=author, language=language, form_key=key
            )
            IdeaText.objects.create(
                idea=idea, language=language, text=text, origin=TextOrigin.AUTHOR
            )
            return Received(idea, author)
    except IntegrityError:
        first = Idea.objects.filter(form_key=key).first()
        if first is None:
            raise
        is_own = participant is not None and first.author_id == participant.pk
        return Received(first, participant if is_own else None)
