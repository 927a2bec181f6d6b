"""What a contributor sent, once it is in order and before it is stored."""

from dataclasses import dataclass

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
class GivenAnswer:
    """The answer to one question: a text, a number or choices, by the question's kind."""

    question: int
    version: int  # of the words that were on screen
    text: str = ""
    number: int | None = None
    choices: frozenset[int] = frozenset()

    @property
    def substance(self) -> tuple[int, str, int | None, frozenset[int]]:
        """What it says, whatever the words it was asked in."""
        return (self.question, self.text, self.number, self.choices)


@dataclass(frozen=True)
class Sent:
    """Who answers, what, and what may be done with it. ``publication`` None: not published."""

    identity: dict[str, str]
    email: str
    publication: str | None
    answers: tuple[GivenAnswer, ...]

    @classmethod
    def of(cls, contribution: Contribution) -> "Sent":
        """What ``contribution`` stores, for comparing."""
        return cls(
            identity={name: getattr(contribution, name) for name in IDENTITY},
            email=contribution.contact.email,
            publication=publication_of(contribution),
            answers=tuple(
                GivenAnswer(
                    answer.question_id,
                    answer.version,
                    answer.text,
                    answer.number,
                    frozenset(choice.pk for choice in answer.choices.all()),
                )
                for answer in contribution.answers.prefetch_related("choices")
            ),
        )

    def says_the_same_as(self, other: "Sent") -> bool:
        """Whether nothing would be lost by keeping only one of the two."""
        return (self.identity, self.email, self.publication) == (
            other.identity,
            other.email,
            other.publication,
        ) and {answer.substance for answer in self.answers} == {
            answer.substance for answer in other.answers
        }
