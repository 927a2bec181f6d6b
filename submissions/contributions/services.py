"""Receiving a contribution: once, whole, and in time by the database's clock."""

import logging
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import psycopg
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now

from submissions.contributions.consents_given import Agreement, agreed_now, record
from submissions.contributions.files.services import promote
from submissions.contributions.publishing.redacting import keep_out, taken_out_of
from submissions.contributions.publishing.services import consent_changed
from submissions.contributions.sent import Sent
from submissions.contributions.staff.passages import follow
from submissions.contributions.storing import store_answers
from submissions.contributions.versions import content_of, sha256_of
from submissions.models import (
    Consultation,
    ContactDetails,
    Contribution,
    ContributionVersion,
    Draft,
    Passage,
    Question,
    Questionnaire,
    Reading,
    ReadingState,
    Redaction,
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
    consultation: Consultation,
    sent: Sent,
    *,
    language: str,
    form_key: UUID,
    contribution: Contribution | None = None,
    draft: Draft | None = None,
    languages: Mapping[int, str] | None = None,
    agreed: Collection[Agreement] | None = None,
) -> Contribution:
    """Store what was sent, all of it or nothing: a new contribution, or the next version of one.

    Answers to a questionnaire that takes none at this moment are left out; what a contribution
    said to it before stands. ``languages`` says in which language each question was read (default:
    ``language``), ``agreed`` what was agreed to (default: what ``sent`` says, just now), ``draft``
    whose files come along. ``form_key`` is the form's own: of two that are sent in parallel, one is
    stored. Raises ``AlreadyReceivedError`` for the other, and ``QuestionnaireClosedError`` if none
    of the questionnaires is open by the database's clock, or readable in ``language``.
    """
    if agreed is None:
        agreed = list(agreed_now(sent.publication, language))
    try:
        with transaction.atomic():
            asked = _asked_now(sent, language, contribution, draft)
            if contribution is None:
                contribution = _create(consultation, sent, language, form_key)
            else:
                contribution = _next_version(contribution, sent, language)
            _write(contribution, sent, draft)
            _answer(contribution, sent, asked, languages or {})
            record(contribution, agreed)
            if contribution.version > 1:
                consent_changed(contribution)  # on the whole, or of an answer
            _close_version(contribution, form_key)
    except IntegrityError:
        first = ContributionVersion.objects.filter(form_key=form_key).first()
        if first is not None:
            raise AlreadyReceivedError(first.contribution) from None
        raise
    logger.info(
        "contribution %s received: version=%s language=%s answers=%s",
        contribution.pk,
        contribution.version,
        language,
        len(sent.answers),
    )
    return contribution


def _asked_now(
    sent: Sent, language: str, contribution: Contribution | None, draft: Draft | None
) -> set[int]:
    """The questions that take an answer at this moment, of the questionnaires in question.

    Those are a draft's, or those that were answered; and what the contribution answered before: an
    answer, or a whole theme, that was taken out is taken out. Raises ``QuestionnaireClosedError``.
    """
    answered = [one.question for one in sent.answers]
    ours = Q(drafts=draft) if draft is not None else Q(questions__in=answered)
    if contribution is not None:
        ours |= Q(questions__answers__contribution=contribution)
    open_now = Questionnaire.objects.open_at().readable_in(language).filter(ours).values("pk")
    asked = set(
        Question.objects.asked()
        .filter(questionnaire__in=open_now)
        .order_by()
        .values_list("pk", flat=True)
    )
    if not asked:
        raise QuestionnaireClosedError
    return asked


def _create(consultation: Consultation, sent: Sent, language: str, form_key: UUID) -> Contribution:
    """A new row under a reference that nobody has."""
    for _draw in range(DRAWS_OF_A_REFERENCE):
        try:
            with transaction.atomic():
                return Contribution.objects.create(
                    consultation=consultation,
                    form_key=form_key,
                    language=language,
                    **sent.identity,
                )
        except IntegrityError as refused:
            if not _reference_was_taken(refused):
                raise
    raise RuntimeError("no reference is free")


def _reference_was_taken(refused: IntegrityError) -> bool:
    """Whether chance drew a reference that somebody has: another is drawn."""
    cause = refused.__cause__
    return isinstance(cause, psycopg.Error) and "reference" in (cause.diag.constraint_name or "")


def _next_version(contribution: Contribution, sent: Sent, language: str) -> Contribution:
    """The same row, held until the transaction ends, with who sends it now."""
    held = Contribution.objects.standing().select_for_update().get(pk=contribution.pk)
    facts: dict[str, Any] = {**sent.identity, "language": language, "version": held.version + 1}
    for name, value in facts.items():
        setattr(held, name, value)
    Contribution.objects.filter(pk=held.pk).update(**facts, changed_at=Now())
    return held


def _write(contribution: Contribution, sent: Sent, draft: Draft | None) -> None:
    """The address and the files."""
    ContactDetails.objects.bulk_create(
        [ContactDetails(contribution=contribution, email=sent.email)],
        update_conflicts=True,
        unique_fields=["contribution"],
        update_fields=["email"],
    )
    if draft is not None:
        promote(draft, contribution)


def _answer(
    contribution: Contribution, sent: Sent, asked: Collection[int], languages: Mapping[int, str]
) -> None:
    """The answers to what is asked; what staff marked in them follows its words."""
    given = [one for one in sent.answers if one.question in asked]
    taken_out = taken_out_of(contribution)
    stored = store_answers(contribution, given, languages, asked=asked)
    changed = [answer.pk for answer, _before in stored.before]
    if changed:
        passages = Passage.objects.filter(answer__in=changed).values_list("answer")
        marked = set(
            passages.union(Redaction.objects.filter(answer__in=changed).values_list("answer"))
        )
        for answer, before in stored.before:
            if (answer.pk,) in marked:
                follow(answer, before)
    if taken_out and stored.changed:
        keep_out(contribution, taken_out)


def _close_version(contribution: Contribution, form_key: UUID) -> None:
    """The record of what it says now; somebody has to read it (again)."""
    content = content_of(contribution)
    ContributionVersion.objects.create(
        contribution=contribution,
        number=contribution.version,
        form_key=form_key,
        language=contribution.language,
        content=content,
        sha256=sha256_of(content),
    )
    Reading.objects.bulk_create(
        [Reading(contribution=contribution, state=ReadingState.TO_READ)],
        update_conflicts=True,
        unique_fields=["contribution"],
        update_fields=["state"],
    )
