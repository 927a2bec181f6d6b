"""What a contributor sent, once it is in order and before it is stored."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from submissions.consents import PUBLICATION
from submissions.models import Contribution

IDENTITY = ("respondent_type", "name", "organisation", "role", "country")


def publication_of(contribution: Contribution) -> str | None:
    """The purpose of publication that was agreed to and not taken back; None: not published."""
    agreed = {
        consent.purpose for consent in contribution.consents.all() if consent.withdrawn_at is None
    }
    return next((wording.purpose for wording in PUBLICATION if wording.purpose in agreed), None)


@dataclass(frozen=True)
class Tick:
    """A choice that was ticked: its place in a ranking, or what a matrix says of that line."""

    choice: int
    place: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class GivenAnswer:
    """The answer to one question, by its kind: a text, a number, a day or choices.

    ``text`` of a question with choices is what "Other, say which" says.
    """

    question: int
    version: int  # of the words that were on screen
    text: str = ""
    number: int | None = None  # scale
    amount: Decimal | None = None  # number
    day: date | None = None
    ticks: frozenset[Tick] = frozenset()
    may_publish: bool = True


@dataclass(frozen=True)
class Sent:
    """Who answers, what, and what may be done with it. ``publication`` None: not published."""

    identity: dict[str, str]
    email: str
    publication: str | None
    answers: tuple[GivenAnswer, ...]
