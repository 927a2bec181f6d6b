"""A contribution as staff read it: each question beside its answer, and what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from submissions.consents import words_agreed_to
from submissions.contributions.answers import said
from submissions.contributions.questions import wording_at
from submissions.contributions.staff.places import Run, runs
from submissions.models import (
    NOT_ANSWERED,
    Answer,
    Attachment,
    Code,
    Consent,
    Contribution,
    Passage,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionWording,
    Redaction,
)

# Answered by words alone: they are shown as they were written, with what is marked in them.
WRITTEN = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.LINK)


@dataclass(frozen=True)
class ReadAnswer:
    """An answer under the words of its question, at the version and in the language it answers.

    ``lines`` say what was ticked, in the reader's language; ``runs`` are the words as they were
    written, cut where passages begin and end.
    """

    question: Question
    wording: QuestionWording
    answer: Answer | None = None
    lines: Sequence[str] = ()
    runs: Sequence[Run] = ()
    passages: Sequence[Passage] = ()
    lost: Sequence[Passage] = ()
    redactions: Sequence[Redaction] = ()
    files: Sequence[Attachment] = ()

    @property
    def older(self) -> bool:
        """Whether the question has newer words than those that were answered."""
        return self.answer is not None and self.answer.version != self.question.version


@dataclass(frozen=True)
class ReadSection:
    """The answers below one heading of the form; the first may have none."""

    title: QuestionWording | None
    answers: list[ReadAnswer] = field(default_factory=list)


@dataclass(frozen=True)
class ReadPart:
    """The answers to one questionnaire, under the title of its page, and its open questions."""

    title: str
    sections: list[ReadSection]
    unanswered: list[QuestionWording]


@dataclass(frozen=True)
class ReadConsent:
    """What was agreed to, in the reader's language, and the record of it."""

    text: str | Promise
    record: Consent


@dataclass(frozen=True)
class Document:
    """All of it."""

    parts: list[ReadPart]
    files: list[Attachment]  # of the whole
    consents: list[ReadConsent]

    def answers(self) -> list[ReadAnswer]:
        """Every answer, in the order of the page."""
        return [one for part in self.parts for section in part.sections for one in section.answers]

    def passages(self) -> list[Passage]:
        """Every passage that is found in its answer, in the order of the page."""
        return [passage for answer in self.answers() for passage in answer.passages]


def document_of(contribution: Contribution) -> Document:
    """As it stands now: a constant number of queries, however long it is."""
    answers = {answer.question_id: answer for answer in _answers(contribution)}
    attachments: list[Any] = list(contribution.attachments.filter(removed_at__isnull=True))
    by_question: dict[int | None, list[Attachment]] = {}
    for attachment in attachments:
        attachment.address = _address(attachment)
        by_question.setdefault(attachment.question_id, []).append(attachment)
    asked = _questions(contribution, {*answers, *(pk for pk in by_question if pk)})
    ticked = {tick.choice_id for answer in answers.values() for tick in answer.ticks.all()}
    parts = [
        _part(questionnaire, list(questions), answers, by_question, ticked)
        for questionnaire, questions in groupby(asked, lambda question: question.questionnaire)
    ]
    return Document(parts, by_question.get(None, []), consents_of(contribution))


def consents_of(contribution: Contribution) -> list[ReadConsent]:
    """What the contributor agreed to."""
    return [
        ReadConsent(words_agreed_to(consent.purpose, consent.version), consent)
        for consent in contribution.consents.order_by("pk")
    ]


def _address(attachment: Attachment) -> str:
    """Where staff download a file; nothing where it can't be."""
    try:
        return reverse("contribution_file", args=[attachment.pk])
    except NoReverseMatch:
        return ""


def _answers(contribution: Contribution) -> list[Answer]:
    coded = Passage.objects.select_related("by").prefetch_related(
        Prefetch("codes", Code.objects.select_related("parent")),
        "codes__labels",
        "codes__parent__labels",
    )
    return list(
        contribution.answers.prefetch_related(
            "ticks__choice__labels",
            "ticks__column__labels",
            Prefetch("passages", coded),
            "redactions",
        )
    )


def _questions(contribution: Contribution, answered: set[int]) -> list[Question]:
    """What the questionnaires ask now, and what was answered of them, in their order."""
    own = Questionnaire.objects.filter(questions__in=answered).values("pk")
    asked = Q(retired_at__isnull=True) | Q(pk__in=answered)
    return list(
        Question.objects.filter(asked, questionnaire__in=own)
        .select_related("questionnaire")
        .with_words()
        .prefetch_related("follows", "questionnaire__labels")
        .order_by("questionnaire_id", "position", "pk")
    )


def _part(
    questionnaire: Questionnaire,
    questions: list[Question],
    answers: dict[int, Answer],
    files: dict[int | None, list[Attachment]],
    ticked: set[int],
) -> ReadPart:
    sections = [ReadSection(None)]
    unanswered = []
    for question in questions:
        if question.kind == QuestionKind.SECTION:
            sections.append(ReadSection(question.wording_in()))
        elif question.pk in answers:
            sections[-1].answers.append(_read(question, answers[question.pk], files))
        elif files.get(question.pk):
            wording = wording_at(question, get_language() or "en", None)
            sections[-1].answers.append(ReadAnswer(question, wording, files=files[question.pk]))
        elif question.kind not in NOT_ANSWERED and _was_asked(question, ticked):
            unanswered.append(question.wording_in())
    return ReadPart(
        questionnaire.page_title_in(),
        [section for section in sections if section.answers],
        [wording for wording in unanswered if wording is not None],
    )


def _was_asked(question: Question, ticked: set[int]) -> bool:
    """A follow-up is asked of whoever ticked what it follows."""
    follows = [choice.pk for choice in question.follows.all()]
    return not follows or not ticked.isdisjoint(follows)


def _read(
    question: Question, answer: Answer, files: dict[int | None, list[Attachment]]
) -> ReadAnswer:
    passages = list(answer.passages.all())
    found = [passage for passage in passages if not passage.lost]
    return ReadAnswer(
        question=question,
        wording=wording_at(question, answer.language, answer.version),
        answer=answer,
        lines=_lines(question, answer),
        runs=runs(answer.text, found),
        passages=found,
        lost=[passage for passage in passages if passage.lost],
        redactions=list(answer.redactions.all()),
        files=files.get(question.pk, ()),
    )


def _lines(question: Question, answer: Answer) -> list[str]:
    """What it says besides the words that were written: what was ticked, a number, a day."""
    if question.kind in WRITTEN:
        return []
    return [line for line in said(question, answer, get_language() or "en").lines if line]
