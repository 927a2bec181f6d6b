"""Synthetic contributions, received as real ones are; all say what they are."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from core.clock import database_now
from home.bilingual import Entry
from home.demonstration.content import identity, load, load_all
from submissions.contributions.sent import GivenAnswer, Sent, Tick
from submissions.contributions.services import receive
from submissions.models import MADE_OF_CHOICES, Contribution, Question, QuestionKind

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
    found = Question.objects.select_related("questionnaire__consultation").prefetch_related(
        "choices"
    )
    return {question.block_id: question for question in found}


def _send(entry: Entry, questions: dict[UUID, Question], received: Any) -> None:
    answers = []
    for theme, given in entry["answers"].items():
        for key, value in given.items():
            question = questions[block_id(theme, key)]
            answers.append(_answer(question, value))
    first = next(q for q in questions.values() if q.pk == answers[0].question)
    contribution = receive(
        first.questionnaire.consultation,
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
    """What stands in the file, as the kind of the question stores it.

    A table says more than the answer: ``other`` is what stands beside "Other, say which", and
    ``may_publish`` false keeps this answer to those who read it.
    """
    told = value if isinstance(value, dict) else {"answer": value}
    said = told["answer"]
    plain = GivenAnswer(question.pk, question.version, may_publish=told.get("may_publish", True))
    match question.kind:
        case QuestionKind.SCALE:
            return replace(plain, number=said)
        case QuestionKind.NUMBER:
            return replace(plain, amount=Decimal(said))
        case QuestionKind.DATE:
            return replace(plain, day=said)
        case kind if kind in MADE_OF_CHOICES:
            return replace(plain, ticks=_ticks(question, said), text=told.get("other", ""))
    return replace(plain, text=said.strip())


def _ticks(question: Question, said: Any) -> frozenset[Tick]:
    """Choices by their place in the list; of a matrix, the column of each line, -1 for none."""
    lines = [one.pk for one in question.choices.all() if not one.is_column]
    columns = [one.pk for one in question.choices.all() if one.is_column]
    if question.kind == QuestionKind.MATRIX:
        return frozenset(
            Tick(line, column=columns[column])
            for line, column in zip(lines, said, strict=True)
            if column >= 0
        )
    if question.kind == QuestionKind.RANKING:
        return frozenset(Tick(lines[one], place=place) for place, one in enumerate(said, start=1))
    return frozenset(Tick(lines[one]) for one in (said if isinstance(said, list) else [said]))


@cache
def _positions() -> dict[str, int]:
    """Where the questionnaire stands in the body of each theme."""
    return {
        theme["key"]: next(
            place for place, block in enumerate(theme["body"]) if block["kind"] == "questionnaire"
        )
        for theme in load_all("themes")
    }


def block_id(theme: str, key: str) -> UUID:
    """The id that the page's body gave to this question."""
    return identity(theme, f"{_positions()[theme]}/{key}")
