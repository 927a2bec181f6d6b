"""Synthetic contributions, received as real ones are; all say what they are."""

import random
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from core.clock import database_now
from home.bilingual import Entry
from home.demonstration.content import identity, load, load_all
from submissions.contributions.sent import GivenAnswer, Sent
from submissions.contributions.services import receive
from submissions.models import WITH_CHOICES, Contribution, Question, QuestionKind

IDENTITY = ("respondent_type", "organisation", "name", "role", "country")
PURPOSES = {
    "with_name": "publication_with_name",
    "without_name": "publication_without_name",
    "none": None,
}


def make_contributions() -> int:
    """Send the contributions that are missing, and return how many they were."""
    keys = {entry["key"]: entry for entry in load("contributions.toml")["contributions"]}
    there = set(Contribution.objects.filter(synthetic=True).values_list("form_key", flat=True))
    missing = [entry for key, entry in keys.items() if identity("contribution", key) not in there]
    questions = _questions()
    chance = random.Random(202)  # noqa: S311 (synthetic)
    for entry in missing:
        received = database_now() - timedelta(minutes=chance.randint(60, 20 * 24 * 60))
        _send(entry, questions, received)
    return len(missing)


def _questions() -> dict[UUID, Question]:
    """The demonstration's questions by block id, with their choices."""
    found = Question.objects.select_related("questionnaire").prefetch_related("choices")
    return {question.block_id: question for question in found}


def _send(entry: Entry, questions: dict[UUID, Question], received: Any) -> None:
    answers = []
    for theme, given in entry["answers"].items():
        for key, value in given.items():
            question = questions[_block_id(theme, key)]
            answers.append(_answer(question, value))
    first = next(q for q in questions.values() if q.pk == answers[0].question)
    contribution = receive(
        first.questionnaire,
        Sent(
            identity={name: entry[name] for name in IDENTITY},
            email=entry["email"],
            publication=PURPOSES[entry["publication"]],
            answers=tuple(answers),
        ),
        language=entry["language"],
        form_key=identity("contribution", entry["key"]),
    )
    Contribution.objects.filter(pk=contribution.pk).update(synthetic=True, submitted_at=received)


def _answer(question: Question, value: Any) -> GivenAnswer:
    """A text; a point of a scale; or choices, by their place in the list."""
    if question.kind == QuestionKind.SCALE:
        return GivenAnswer(question.pk, question.version, number=value)
    if question.kind in WITH_CHOICES:
        choices = list(question.choices.all())
        places = value if isinstance(value, list) else [value]
        ticked = frozenset(choices[place].pk for place in places)
        return GivenAnswer(question.pk, question.version, choices=ticked)
    return GivenAnswer(question.pk, question.version, text=value.strip())


@cache
def _positions() -> dict[str, int]:
    """Where the questionnaire stands in the body of each theme."""
    return {
        theme["key"]: next(
            place for place, block in enumerate(theme["body"]) if block["kind"] == "questionnaire"
        )
        for theme in load_all("themes")
    }


def _block_id(theme: str, key: str) -> UUID:
    """The id that the page's body gave to this question."""
    return identity(theme, f"{_positions()[theme]}/{key}")
