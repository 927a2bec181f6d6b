"""Passages that readers mark and code: one transaction and one line of the audit log each."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from submissions.contributions.staff.audit import record
from submissions.contributions.staff.places import Place, moved, once, runs_on
from submissions.contributions.staff.readings import begun
from submissions.models import Answer, Code, Contribution, MarkedText, Passage, Redaction


class TextChanged(Exception):
    """The answer is no more what its reader had on screen."""


@transaction.atomic
def mark(
    answer: Answer, place: Place, codes: Collection[Code], user: User, *, quote: str
) -> Passage:
    """Keep the passage of ``answer`` at ``place``, whose words are ``quote``, under ``codes``.

    The same place marked again takes the codes in besides its own. Raises ``TextChanged``.
    """
    contribution = _contribution(answer)
    begun(contribution, user)
    answer = Answer.objects.get(pk=answer.pk)
    if answer.text[place.start : place.end] != quote or not quote:
        raise TextChanged
    passage, _new = Passage.objects.get_or_create(
        answer=answer,
        start=place.start,
        end=place.end,
        lost=False,
        defaults={"quote": quote, "by": user},
    )
    passage.codes.add(*codes)
    record(contribution, "mark_passage", user, passage=passage.pk, codes=_ids(codes))
    return passage


@transaction.atomic
def code_passage(passage: Passage, codes: Collection[Code], user: User) -> None:
    """The passage bears exactly these codes from now on."""
    passage.codes.set(codes)
    record(
        _contribution(passage.answer), "code_passage", user, passage=passage.pk, codes=_ids(codes)
    )


@transaction.atomic
def unmark(passage: Passage, user: User) -> None:
    """The passage is marked no more; the words stay."""
    record(_contribution(passage.answer), "unmark_passage", user, passage=passage.pk)
    passage.delete()


def follow(answer: Answer, before: str) -> None:
    """Move the passages and redactions of ``answer``, whose text was ``before``, to where their
    words stand now. Called inside the transaction that changes the text.

    What lies outside the changed part keeps its words; else they must stand in the new text once
    and only once. What is not found so is ``lost``: shown as such, with its words, and found again
    if a later version has them. Five queries at most, whatever the number.
    """
    if answer.text == before:
        return
    for model in (Passage, Redaction):
        marks: list[Any] = list(model._default_manager.filter(answer=answer))
        for one in marks:
            _move(one, before, answer.text)
        model._default_manager.bulk_update(marks, ["start", "end", "lost"])


def _move(one: MarkedText, before: str, after: str) -> None:
    stands = not one.lost and before[one.start : one.end] == one.quote
    old = Place(one.start, one.end)
    place = moved(before, after, old) if stands else once(after, one.quote)
    if isinstance(one, Redaction) and place is not None:
        # A number or a name that goes on: what was added would stand beside the cut.
        known = runs_on(before, old) if stands else (False, False)
        if any(now and not then for now, then in zip(runs_on(after, place), known, strict=True)):
            place = None
    one.lost = place is None
    if place is not None:
        one.start, one.end = place.start, place.end


def _contribution(answer: Answer) -> Contribution:
    return Contribution.objects.only("pk", "reference").get(pk=answer.contribution_id)


def _ids(codes: Collection[Code]) -> list[int]:
    return sorted(code.pk for code in codes)
