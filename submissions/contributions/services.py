"""Receiving a contribution: once, whole, and in time by the database's clock."""

import logging
from collections.abc import Iterable
from uuid import UUID

import psycopg
from django.db import IntegrityError, transaction

from submissions.consents import ANALYSIS, PUBLICATION
from submissions.contributions.sent import Sent
from submissions.models import (
    Answer,
    AnswerChoice,
    Consent,
    ContactDetails,
    Contribution,
    Questionnaire,
)

logger = logging.getLogger(__name__)

DRAWS_OF_A_REFERENCE = 5  # of 23^12: two collisions in a row do not happen


class QuestionnaireClosedError(Exception):
    """The questionnaire takes no contributions now, or not in that language."""


class AlreadyReceivedError(Exception):
    """The form was received before: ``contribution`` is what it gave."""

    def __init__(self, contribution: Contribution) -> None:
        super().__init__(contribution.pk)
        self.contribution = contribution


def receive(
    questionnaire: Questionnaire, sent: Sent, *, language: str, form_key: UUID
) -> Contribution:
    """Store what was sent through the page of ``language``, all of it or nothing.

    ``form_key`` is the form's own: of two that are sent in parallel, one is stored. Raises
    ``AlreadyReceivedError`` for the other, and ``QuestionnaireClosedError`` if the database's clock
    or the state of the page says that it is too late.
    """
    for _draw in range(DRAWS_OF_A_REFERENCE):
        try:
            with transaction.atomic():
                contribution = _store(questionnaire, sent, language, form_key)
        except IntegrityError as refused:
            first = Contribution.objects.filter(form_key=form_key).first()
            if first is not None:
                raise AlreadyReceivedError(first) from None
            if not _reference_was_taken(refused):
                raise
        else:
            logger.info(
                "contribution %s received: questionnaire=%s language=%s answers=%s",
                contribution.pk,
                questionnaire.pk,
                language,
                len(sent.answers),
            )
            return contribution
    raise RuntimeError("no reference is free")


def _reference_was_taken(refused: IntegrityError) -> bool:
    """Whether chance drew a reference that somebody has: another is drawn."""
    cause = refused.__cause__
    return isinstance(cause, psycopg.Error) and "reference" in (cause.diag.constraint_name or "")


def _store(questionnaire: Questionnaire, sent: Sent, language: str, form_key: UUID) -> Contribution:
    open_now = Questionnaire.objects.open_at().readable_in(language)
    if not open_now.filter(pk=questionnaire.pk).exists():
        raise QuestionnaireClosedError
    contribution = Contribution.objects.create(
        consultation_id=questionnaire.consultation_id,
        form_key=form_key,
        language=language,
        **sent.identity,
    )
    ContactDetails.objects.create(contribution=contribution, email=sent.email)
    answers = Answer.objects.bulk_create(
        Answer(
            contribution=contribution,
            question_id=given.question,
            version=given.version,
            language=language,
            text=given.text,
            number=given.number,
        )
        for given in sent.answers
    )
    AnswerChoice.objects.bulk_create(
        AnswerChoice(answer=answer, choice_id=choice)
        for answer, given in zip(answers, sent.answers, strict=True)
        for choice in sorted(given.choices)
    )
    Consent.objects.bulk_create(_consents(contribution, sent, language))
    return contribution


def _consents(contribution: Contribution, sent: Sent, language: str) -> Iterable[Consent]:
    """What was agreed to, in the version and language that were read."""
    published = [wording for wording in PUBLICATION if wording.purpose == sent.publication]
    for wording in [ANALYSIS, *published]:
        yield Consent(
            contribution=contribution,
            purpose=wording.purpose,
            version=wording.version,
            language=language,
        )
