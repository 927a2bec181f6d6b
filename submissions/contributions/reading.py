"""A contribution as staff read it: each question beside its answer."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import pgettext

from submissions.consents import ANALYSIS, PUBLICATION
from submissions.contributions.questions import wording_at
from submissions.models import (
    Answer,
    Consent,
    Contribution,
    QuestionKind,
    Questionnaire,
    QuestionWording,
)


@dataclass(frozen=True)
class ReadAnswer:
    """An answer under the words of its question, at the version and in the language it answers.

    ``choices`` are in the reader's language: they are rows, and have words in each.
    """

    wording: QuestionWording
    answer: Answer
    choices: list[str]
    point: str  # of a scale, with what its ends mean
    newest_version: int


@dataclass(frozen=True)
class ReadPart:
    """The answers to one questionnaire, under the title of its page."""

    title: str
    answers: list[ReadAnswer]


@dataclass(frozen=True)
class ReadConsent:
    """What was agreed to, in the reader's language, and the record of it."""

    text: str | Promise
    record: Consent


def page_title(questionnaire: Questionnaire) -> str:
    """The title of the page it stands on, else its own. Reads the prefetched ``labels``."""
    label = questionnaire.label_in()
    return (label and label.page_title) or str(questionnaire)


def parts_of(contribution: Contribution) -> list[ReadPart]:
    """Every answer, by questionnaire and in the order of its questions: eight queries at most."""
    answers = (
        contribution.answers.select_related("question__questionnaire")
        .prefetch_related(
            "question__wordings", "question__questionnaire__labels", "choices__labels"
        )
        .order_by("question__questionnaire_id", "question__position", "question_id")
    )
    return [
        ReadPart(page_title(questionnaire), [_read(answer) for answer in group])
        for questionnaire, group in groupby(answers, lambda a: a.question.questionnaire)
    ]


def consents_of(contribution: Contribution) -> list[ReadConsent]:
    """What the contributor agreed to."""
    texts = {wording.purpose: wording.text for wording in (ANALYSIS, *PUBLICATION)}
    return [
        ReadConsent(texts.get(consent.purpose, consent.purpose), consent)
        for consent in contribution.consents.order_by("pk")
    ]


def _read(answer: Answer) -> ReadAnswer:
    wording = wording_at(answer.question, answer.language, answer.version)
    return ReadAnswer(
        wording=wording,
        answer=answer,
        choices=[choice.label_in() for choice in answer.choices.all()],
        point=_point(answer, wording),
        newest_version=answer.question.version,
    )


def _point(answer: Answer, wording: QuestionWording) -> str:
    if answer.question.kind != QuestionKind.SCALE:
        return ""
    return pgettext("scale", "%(point)s, where 1 is “%(low)s” and %(points)s is “%(high)s”") % {
        "point": answer.number,
        "points": answer.question.scale_points,
        "low": wording.low_label,
        "high": wording.high_label,
    }
