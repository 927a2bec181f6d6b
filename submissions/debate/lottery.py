"""The lottery of a debate: drawing ideas by weight, at a cost that their number does not change.

Every process remembers for a few seconds what there is to draw: ids, weights, numbers of votes. An
idea is drawn evenly and taken with a chance that follows its weight; drawing again what can't be
taken is the lottery without replacement. The draws of a participant come from a hash, so that a
card stays the same when it is loaded again, and a weight that moves a little moves few of them.
"""

from __future__ import annotations

import math
import random
import threading
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

from submissions.models import Debate, Idea

SECONDS = 8.0  # what is new is drawn within ten
GRACE = 1.5  # so long may one thread read while the others draw from the old pool
KEPT = 256  # (debate, languages) a process remembers
FEW = 64  # so many ideas at most are put in order, one by one
TENTH = 10  # the ideas with the fewest votes: the tenth that has the fewest, and who has as few
BATCHES = ((8, 4_000), (64, 16_000))  # ideas to look up at once, and draws to find them
WHOLE = 1 << 32  # the chance of an idea that is always taken


class Entry(NamedTuple):
    """An idea in the lottery."""

    id: int
    weight: float
    votes: int


@dataclass(frozen=True)
class Pool:
    """What can be drawn in a debate by who reads some languages, as of a few seconds ago."""

    ids: array[int]
    weights: array[float]
    votes: array[int]
    chances: array[int]  # out of WHOLE; the heaviest idea's lies between a half and the whole
    few_votes: int  # at most so many: it is among the ideas with the fewest

    @classmethod
    def of(cls, entries: list[Entry]) -> Pool:
        """The pool of ``entries``."""
        heaviest = max((entry.weight for entry in entries), default=1.0)
        # A power of two: it stays what it is while weights move a little.
        bound = 2.0 ** math.ceil(math.log2(heaviest))
        by_votes = sorted(entry.votes for entry in entries)
        return cls(
            array("q", (entry.id for entry in entries)),
            array("d", (entry.weight for entry in entries)),
            array("q", (entry.votes for entry in entries)),
            array("q", (int(entry.weight / bound * WHOLE) for entry in entries)),
            by_votes[(len(entries) - 1) // TENTH] if entries else 0,
        )

    def __len__(self) -> int:
        return len(self.ids)

    def batches(self, lot: str, *, fewest: bool) -> Iterator[list[int]]:
        """Ids in the order of ``lot``'s draw, a few at a time: look for one that can be shown.

        ``fewest``: drawn evenly among the ideas with the fewest votes, instead of by weight. In a
        large pool the batches end before the ideas do.
        """
        if len(self) <= FEW:
            if self.ids:
                yield self._in_order(lot, fewest=fewest)
            return
        dice = random.Random(_number(lot))  # noqa: S311 (a draw to be repeated, no secret)
        drawn: set[int] = set()
        for size, draws in BATCHES:
            batch = list(islice(self._drawn(dice, draws, drawn, fewest=fewest), size))
            if batch:
                yield batch

    def _drawn(
        self, dice: random.Random, draws: int, drawn: set[int], *, fewest: bool
    ) -> Iterator[int]:
        """Draw evenly, take by chance, what was not ``drawn`` yet."""
        mask = (1 << (len(self) - 1).bit_length()) - 1
        ids, votes, chances, few_votes = self.ids, self.votes, self.chances, self.few_votes
        for _draw in range(draws):
            number = dice.getrandbits(64)
            place = number & mask
            if place >= len(ids):
                continue
            taken = votes[place] <= few_votes if fewest else number >> 32 < chances[place]
            if taken and place not in drawn:
                drawn.add(place)
                yield ids[place]

    def _in_order(self, lot: str, *, fewest: bool) -> list[int]:
        """All of them: the smallest ``-ln(number) / weight`` first (Efraimidis, Spirakis, 2006)."""

        def order(place: int) -> tuple[bool, float]:
            number = (_number(f"{lot}:{self.ids[place]}") + 1) / (WHOLE * WHOLE)
            if fewest and self.votes[place] <= self.few_votes:
                return False, -math.log(number)
            return fewest, -math.log(number) / self.weights[place]

        return [self.ids[place] for place in sorted(range(len(self)), key=order)]


def _number(text: str) -> int:
    """64 bits that look drawn, always the same for ``text``."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def priority(seen: Any, agree: Any, neutral: Any, extremity: Any) -> Any:
    """The weight of an idea, by its counted votes and its extremity on the opinion map.

    Polis' published formula (``math/src/polismath``, ``server/src/nextComment.ts``), whose last
    factor lifts new ideas.
    """
    agreed = (agree + 1) / (seen + 2)
    passed = (neutral + 1) / (seen + 2)
    return ((1 - passed) * (extremity + 1) * agreed * (1 + 8 * 2 ** (-seen / 5))) ** 2


def entries_of(debate: Debate, languages: tuple[str, ...]) -> list[Entry]:
    """The published ideas of ``debate`` that who reads ``languages`` can read: one query."""
    ideas = Idea.objects.published().filter(debate=debate).readable_in(*languages)
    tallied = ("tally__agree", "tally__disagree", "tally__neutral", "tally__votes")
    entries = []
    for key, extremity, *figures in ideas.order_by("pk").values_list("pk", "extremity", *tallied):
        agree, disagree, neutral, votes = (figure or 0 for figure in figures)
        weight = priority(agree + disagree + neutral, agree, neutral, extremity)
        entries.append(Entry(key, weight, votes))
    return entries


class Remembered:
    """Pools by debate and languages, each read again once it is ``SECONDS`` old.

    One thread reads while the others go on with the old one.
    """

    def __init__(self) -> None:
        self._pools: dict[tuple[int, tuple[str, ...]], tuple[float, Pool]] = {}
        self._reading = threading.Lock()

    def pool(self, debate: Debate, languages: tuple[str, ...]) -> Pool:
        """What can be drawn now, a few seconds old at most."""
        key = (debate.pk, languages)
        pool, age = self._known(key)
        if pool is not None and age < SECONDS:
            return pool
        patient = pool is None or age > SECONDS + GRACE
        if not self._reading.acquire(blocking=patient) and pool is not None:
            return pool
        try:
            pool, age = self._known(key)
            if pool is not None and age < SECONDS:  # who was waited for has read it
                return pool
            begun = time.monotonic()
            pool = Pool.of(entries_of(debate, languages))
            if len(self._pools) >= KEPT:
                self._pools.clear()
            self._pools[key] = begun, pool
        finally:
            self._reading.release()
        return pool

    def _known(self, key: tuple[int, tuple[str, ...]]) -> tuple[Pool | None, float]:
        """The pool, and its age in seconds."""
        read_at, pool = self._pools.get(key, (-math.inf, None))
        return pool, time.monotonic() - read_at

    def forget(self, debate_id: int | None = None) -> None:
        """Read again at once, in this process: everything, or what is of one debate."""
        for key in list(self._pools):
            if debate_id in {None, key[0]}:
                self._pools.pop(key, None)


pools = Remembered()
