"""Which idea comes next, and where a participant stands in a sequence.

By the lottery (``debate/lottery.py``); a share of each sequence goes to the ideas with the fewest
votes, so that none starves, and no two ideas of a sequence are by one author. What the lottery
draws is looked up before it is shown: it may be withdrawn since, or voted on already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Ln

from submissions.debate.lottery import pools, priority
from submissions.models import Debate, Idea, Participant, Vote
from submissions.models.idea import IdeaQuerySet


@dataclass(frozen=True)
class Standing:
    """What a participant has done in a debate so far."""

    cast: int  # ideas voted on
    authors: frozenset[UUID]  # of the ideas in the sequence that is under way
    last: int | None  # the idea voted on last
    last_at: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """Where a participant stands in the sequence of a debate."""

    number: int  # of the card on screen, from 1
    length: int  # how many the sequence has: fewer when there are no more ideas


def languages_read(participant: Participant, language: str) -> tuple[str, ...]:
    """What the participant said they read; until asked, what the page is written in."""
    return tuple(sorted(set(participant.reads))) or (language,)


def standing(debate: Debate, participant: Participant) -> Standing:
    """One query over the participant's own votes."""
    votes = Vote.objects.filter(participant=participant, idea__debate=debate)
    lately = list(
        votes.annotate(cast=Window(Count("*")))
        .order_by("-cast_at", "-pk")
        .values_list("cast", "idea_id", "idea__author_id", "cast_at")[: debate.sequence_length]
    )
    if not lately:
        return Standing(0, frozenset(), None)
    cast, last, _author, last_at = lately[0]
    of_sequence = lately[: cast % debate.sequence_length]
    authors = frozenset(author for _cast, _idea, author, _at in of_sequence if author is not None)
    return Standing(cast, authors, last, last_at)


def unseen(
    debate: Debate, participant: Participant, languages: Iterable[str], authors: Iterable[UUID] = ()
) -> IdeaQuerySet:
    """What ``participant`` can read in ``languages`` and still vote on, not by ``authors``."""
    ideas = Idea.objects.published().filter(debate=debate).readable_in(*languages)
    return _not_voted_on(ideas, participant, authors)


def _not_voted_on(
    ideas: IdeaQuerySet, participant: Participant, authors: Iterable[UUID]
) -> IdeaQuerySet:
    others = ideas.exclude(author__in=list(authors)) if authors else ideas
    return others.exclude(votes__participant=participant)


def next_idea(
    debate: Debate, participant: Participant, language: str, so_far: Standing
) -> Idea | None:
    """The next card for who reads a page in ``language``; None when none is left.

    A few queries, whatever the number of ideas and of votes. Only for somebody who has voted on
    nearly everything does one go through all ideas: the lottery then finds nothing new.
    """
    languages = languages_read(participant, language)
    fewest = is_for_the_fewest(debate, so_far.cast)
    lot = f"{participant.pk}:{debate.pk}:{so_far.cast}"
    for batch in pools.pool(debate, languages).batches(lot, fewest=fewest):
        # What others drew from may be some seconds old: a translation taken back is not read since.
        drawn = Idea.objects.published().filter(pk__in=batch).readable_in(*languages)
        order = Func(
            Value(batch, output_field=ArrayField(BigIntegerField())),
            F("pk"),
            function="array_position",
        )
        offered = _not_voted_on(drawn, participant, so_far.authors)
        found = offered.for_display().order_by(order).first()
        if found is not None:
            return found
    left = unseen(debate, participant, languages, so_far.authors).for_display()
    return left.order_by(*_order(participant, fewest=fewest)).first()


def is_for_the_fewest(debate: Debate, cast: int) -> bool:
    """Whether the card after ``cast`` votes is of the ideas with the fewest votes.

    Spread evenly over a sequence: a third of twelve is the 2nd, 5th, 8th and 11th.
    """
    before = cast % debate.sequence_length
    share = debate.fewest_votes_share / 100
    return round((before + 1) * share) > round(before * share)


def invites(debate: Debate, participant: Participant, so_far: Standing) -> bool:
    """Whether it is time to ask for an idea of their own; not of somebody who has just sent one."""
    if not so_far.cast or not debate.invitation_every or so_far.cast % debate.invitation_every:
        return False
    ideas = Idea.objects.filter(author=participant, debate=debate)
    return not ideas.filter(created_at__gt=so_far.last_at).exists()


def progress(debate: Debate, left: int, *, cast: int, voted: bool) -> Progress:
    """The place of the card on screen. ``left``: how many more there are, up to a sequence.

    ``voted``: the card shows an idea that is among the ``cast`` ones.
    """
    number = (cast - voted) % debate.sequence_length + 1
    after = left if voted else max(left - 1, 0)
    return Progress(number, min(debate.sequence_length, number + after))


def ideas_left(debate: Debate, participant: Participant, language: str, so_far: Standing) -> int:
    """How many cards are left, counted up to the length of a sequence and no further.

    Ideas by one author are one card.
    """
    languages = languages_read(participant, language)
    if len(pools.pool(debate, languages)) - so_far.cast >= 2 * debate.sequence_length:
        return debate.sequence_length
    ideas = unseen(debate, participant, languages, so_far.authors)
    one_an_author = Coalesce(Cast("author_id", TextField()), Cast("pk", TextField()))
    cards = ideas.order_by().values_list(one_an_author).distinct()
    return cards[: debate.sequence_length].count()


def _order(participant: Participant, *, fewest: bool) -> tuple[Any, ...]:
    """The lottery over all ideas, in the query itself: the smallest ``-ln(lot) / weight`` first."""
    lot = _lot(participant)
    if fewest:
        return Coalesce("tally__votes", 0), lot, "pk"
    return -Ln(lot) / _weight(), "pk"


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
