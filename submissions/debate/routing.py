"""Which idea comes next: a weighted lottery without replacement.

Polis' published formula (``math/src/polismath``, ``server/src/nextComment.ts``), whose last factor
lifts new ideas. The lot of each participant and idea is fixed (a hash of both, seen as a number
between 0 and 1): so a card stays the same when it is loaded again or read in the other language,
and drawing the smallest ``-ln(lot) / weight`` each time is the lottery without replacement
(Efraimidis and Spirakis, 2006).
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import ExpressionWrapper, F, FloatField, Func, Value
from django.db.models.functions import Cast, Coalesce, Greatest, Ln

from submissions.models import Debate, Idea, Participant, Vote
from submissions.models.idea import IdeaQuerySet

FEWEST_VOTES_EVERY = 3  # each third card is of the ideas with the fewest votes: none starves


def priority(seen: Any, agree: Any, neutral: Any, extremity: Any) -> Any:
    """The weight of an idea in the lottery, by its counted votes and its extremity.

    The arguments are numbers, or expressions of a query: one formula for both.
    """
    agreed = (agree + 1) / (seen + 2)
    passed = (neutral + 1) / (seen + 2)
    return ((1 - passed) * (extremity + 1) * agreed * (1 + 8 * 2 ** (-seen / 5))) ** 2


@dataclass(frozen=True)
class Progress:
    """Where a participant stands in the sequence of a debate."""

    number: int  # of the card on screen, from 1
    length: int  # how many the sequence has: fewer when there are no more ideas


def unseen(debate: Debate, participant: Participant, language: str) -> IdeaQuerySet:
    """What ``participant`` can still vote on while reading ``language``."""
    ideas = Idea.objects.published().filter(debate=debate).readable_in(language)
    return ideas.exclude(votes__participant=participant)


def votes_cast(debate: Debate, participant: Participant) -> int:
    """How many ideas of the debate the participant has voted on."""
    return Vote.objects.filter(participant=participant, idea__debate=debate).count()


def next_idea(debate: Debate, participant: Participant, language: str, *, cast: int) -> Idea | None:
    """The next card for somebody who has ``cast`` that many votes; None when none is left.

    One query, whatever the number of ideas, and one for the texts.
    """
    ideas = unseen(debate, participant, language).for_display()
    if cast % FEWEST_VOTES_EVERY == FEWEST_VOTES_EVERY - 1:
        order: tuple[Any, ...] = (Coalesce("tally__votes", 0), _lot(participant), "pk")
    else:
        order = (-Ln(_lot(participant)) / _weight(), "pk")
    return ideas.order_by(*order).first()


def progress(debate: Debate, left: int, *, cast: int, voted: bool) -> Progress:
    """The place of the card on screen. ``left``: how many more there are, up to a sequence.

    ``voted``: the card shows an idea that is among the ``cast`` ones.
    """
    number = (cast - voted) % debate.sequence_length + 1
    after = left if voted else max(left - 1, 0)
    return Progress(number, min(debate.sequence_length, number + after))


def ideas_left(debate: Debate, participant: Participant, language: str) -> int:
    """How many cards are left, counted up to the length of a sequence and no further."""
    return unseen(debate, participant, language)[: debate.sequence_length].count()


def _weight() -> Any:
    """``priority`` in SQL, from the tally that the worker keeps (none: no vote yet)."""

    def counted(field: str) -> Any:
        return Cast(Coalesce(f"tally__{field}", 0), FloatField())

    agree, neutral = counted("agree"), counted("neutral")
    seen = agree + counted("disagree") + neutral
    return ExpressionWrapper(priority(seen, agree, neutral, F("extremity")), FloatField())


def _lot(participant: Participant) -> Any:
    """A number between 0 and 1, even over ideas and over participants, always the same for both."""
    seed = int.from_bytes(participant.pk.bytes[:8], "big", signed=True)
    drawn: Any = Func(
        F("pk"),
        Value(seed),
        template="(hashint8extended(%(expressions)s::bigint)::float8 / 2 ^ 64::float8 + 0.5)",
        output_field=FloatField(),
    )
    return Greatest(drawn, Value(1e-18), output_field=FloatField())
