"""The key of a card: proof that we showed this idea to this participant, there, on that day.

A vote without it, or with one that was forged or belongs to another card, is answered as any other
and stored with ``key_valid`` false: it does not count in results, and who forges learns nothing.
"""

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

DAYS = 2  # the day of the card and the next: a card may stay open over midnight


class Place(StrEnum):
    """Where a card stood. It also says where to go back to after the vote."""

    SEQUENCE = "sequence"
    IDEA = "idea"
    OWN_VOTES = "own_votes"  # a list, from which a vote is undone


def card_key(participant: UUID, idea: int, place: Place, day: date) -> str:
    """The key of the card that ``participant`` saw on ``day`` (in UTC)."""
    card = f"{participant}:{idea}:{place.value}:{day.isoformat()}"
    return salted_hmac("submissions.card", card, algorithm="sha256").hexdigest()


def key_holds(key: str, participant: UUID, idea: int, place: Place, today: date) -> bool:
    """Whether ``key`` is that of a card shown today or the day before."""
    return any(
        constant_time_compare(key, card_key(participant, idea, place, today - timedelta(days=back)))
        for back in range(DAYS)
    )
