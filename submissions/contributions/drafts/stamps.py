"""What a page of a draft had on screen: signed, in its form, so that its words are judged by it.

For each question: the version of its words, the revision of the answer, and a digest of what the
answer said. A stamp that is missing, altered or another page's stands for a page that had nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from uuid import UUID, uuid4

from django.core import signing

from submissions.contributions.questions import AskedQuestion
from submissions.models import DraftAnswer

SALT = "submissions.drafts.screen"
RawData = Mapping[str, list[str]]
NOTHING = ""  # the digest of no answer


@dataclass(frozen=True)
class OnScreen:
    """One question as it was shown: words at ``version``, the answer at ``revision``.

    ``aside``: digests of the words that stood beside it.
    """

    version: int
    revision: int = 0
    digest: str = NOTHING
    aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Screen:
    """A page as it was loaded once."""

    questions: Mapping[int, OnScreen] = field(default_factory=dict)
    key: UUID = field(default_factory=uuid4)

    @classmethod
    def of(cls, asked: Iterable[AskedQuestion], answers: Mapping[int, DraftAnswer]) -> Self:
        """A page that is being loaded: questions in their words, with the answers there are."""
        shown = {one.question.pk: OnScreen(one.wording.version) for one in asked}
        return cls(shown).with_answers(answers)

    @property
    def versions(self) -> dict[int, int]:
        """Question: version of its words."""
        return {question: one.version for question, one in self.questions.items()}

    def with_answers(self, answers: Mapping[int, DraftAnswer]) -> Self:
        """The same page, now that ``answers`` are what it knows."""
        questions = dict(self.questions)
        for question, one in questions.items():
            row = answers.get(question)
            if row is not None:
                questions[question] = replace(
                    one, revision=row.revision, digest=digest_of(row.data)
                )
        return replace(self, questions=questions)

    def beside(self, digests: Mapping[int, Sequence[str]]) -> Self:
        """The same page, with the words that stand beside some questions."""
        questions = {
            pk: replace(one, aside=tuple(digests.get(pk, ()))) for pk, one in self.questions.items()
        }
        return replace(self, questions=questions)

    def sign(self, draft: UUID) -> str:
        """As it stands in the form."""
        said = {
            str(question): [one.version, one.revision, one.digest, *one.aside]
            for question, one in self.questions.items()
        }
        return signing.dumps([self.key.hex, said], salt=f"{SALT}.{draft.hex}", compress=True)


def read(signed: str, draft: UUID) -> Screen:
    """The page that ``signed`` speaks of."""
    try:
        key, said = signing.loads(signed, salt=f"{SALT}.{draft.hex}")
    except signing.BadSignature:
        return Screen()
    questions = {
        int(question): OnScreen(version, revision, digest, tuple(aside))
        for question, (version, revision, digest, *aside) in said.items()
    }
    return Screen(questions, UUID(key))


def tidy(data: RawData) -> dict[str, list[str]]:
    """What was typed, as it is kept: nothing for what was left empty, lines as they are stored.

    Without NUL, which PostgreSQL does not take; every other character stays until the form is
    judged.
    """
    tidied = {
        name: [value.replace("\r\n", "\n").replace("\x00", "") for value in values]
        for name, values in data.items()
    }
    return {name: values for name, values in tidied.items() if any(values)}


def digest_of(data: RawData) -> str:
    """Short, and the same for what says the same."""
    if not data:
        return NOTHING
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:20]
