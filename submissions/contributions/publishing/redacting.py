"""Taking words and files out of what will be public, and putting them back. Each leaves a line.

What is public already changes with the next publication, not before: staff see that it differs.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from submissions.contributions.publishing.redaction import places_of
from submissions.models import (
    Answer,
    Attachment,
    Contribution,
    Redaction,
    RedactionReason,
    RememberedRedaction,
    WithheldFile,
)

REDACT, LIFT = "submissions.redact", "submissions.lift_redaction"
WITHHOLD, RELEASE = "submissions.withhold_file", "submissions.release_file"
SHORTEST_MOVED = 3  # characters: fewer stand in every text


class WordsNotFoundError(Exception):
    """The answer doesn't say these words; or no longer in that place."""


@transaction.atomic
def redact(
    answer: Answer, words: str, reason: RedactionReason, user: User, *, start: int | None = None
) -> list[Redaction]:
    """Take ``words`` out of ``answer``: wherever it says them, or in the place ``start`` alone.

    Places that are taken out already stay as they are. Raises ``WordsNotFoundError``. The line in
    the audit log tells no words: it outlives the contribution.
    """
    locked = Answer.objects.select_for_update().select_related("contribution").get(pk=answer.pk)
    places = places_of(words, locked.text)
    if start is not None:
        places = [place for place in places if place[0] == start]
    if not places:
        raise WordsNotFoundError
    known = set(locked.redactions.filter(lost=False).values_list("start", "end"))
    made = Redaction.objects.bulk_create(
        Redaction(
            answer=locked, start=begins, end=ends, quote=locked.text[begins:ends],
            reason=reason, by=user,
        )
        for begins, ends in places
        if (begins, ends) not in known
    )  # fmt: skip
    for mark in made:
        told = {"question": locked.question_id, "reason": reason, "signs": mark.end - mark.start}
        log(locked.contribution, REDACT, user=user, title=str(locked.contribution), data=told)
    return made


@transaction.atomic
def lift(redaction: Redaction, user: User) -> None:
    """Let its words be published."""
    answer = redaction.answer
    told = {"question": answer.question_id, "reason": redaction.reason}
    redaction.delete()
    log(answer.contribution, LIFT, user=user, title=str(answer.contribution), data=told)


@transaction.atomic
def withhold(attachment: Attachment, reason: RedactionReason, user: User) -> None:
    """Don't publish a file."""
    WithheldFile.objects.update_or_create(
        attachment=attachment, defaults={"reason": reason, "by": user}
    )
    _log_file(attachment, WITHHOLD, user, reason)


@transaction.atomic
def release(attachment: Attachment, user: User) -> None:
    """Let a file be published with the rest."""
    deleted, _models = WithheldFile.objects.filter(attachment=attachment).delete()
    if deleted:
        _log_file(attachment, RELEASE, user, "")


@dataclass(frozen=True)
class TakenOut:
    """Words that were taken out of the answer to ``question``, with whose decision it was."""

    quote: str
    reason: str
    question: int
    by: int | None
    redaction: int | None  # None: remembered, since their answer had been taken out


def taken_out_of(contribution: Contribution) -> list[TakenOut]:
    """All that is kept out of its answers now, for ``keep_out`` once they have changed."""
    standing = Redaction.objects.filter(answer__contribution=contribution)
    return [
        *(
            TakenOut(quote, reason, question, by, pk)
            for quote, reason, question, by, pk in standing.values_list(
                "quote", "reason", "answer__question", "by", "pk"
            )
        ),
        *(
            TakenOut(one.quote, one.reason, one.question_id, one.by_id, None)
            for one in contribution.remembered_redactions.all()
        ),
    ]


def keep_out(contribution: Contribution, taken_out: Collection[TakenOut]) -> None:
    """Take words out of the answers to which its author moved them, or in which they came back.

    ``taken_out``: what was, before they changed. Words whose answer is gone, or says them no more,
    are looked for in every answer. Those of an answer that is gone, found nowhere, are remembered
    for the next time. Within the transaction that changed them.
    """
    known = dict(
        Redaction.objects.filter(pk__in=[mark.redaction for mark in taken_out]).values_list(
            "pk", "lost"
        )
    )
    moved = [mark for mark in taken_out if known.get(mark.redaction or 0) is not False]
    if not moved:
        return
    found_again: set[TakenOut] = set()
    for answer in contribution.answers.exclude(text="").prefetch_related("redactions"):
        found_again |= _take_out_again(contribution, answer, moved)
    gone = {
        (mark.quote, mark.reason, mark.question): mark
        for mark in moved
        if mark not in found_again and mark.redaction not in known
    }
    contribution.remembered_redactions.all().delete()
    RememberedRedaction.objects.bulk_create(
        RememberedRedaction(
            contribution=contribution, question_id=mark.question, quote=mark.quote,
            reason=mark.reason, by_id=mark.by,
        )
        for mark in gone.values()
    )  # fmt: skip


def _take_out_again(
    contribution: Contribution, answer: Answer, moved: Collection[TakenOut]
) -> set[TakenOut]:
    """Redact in ``answer`` what it says of ``moved``; which of them it says."""
    standing = [(mark.start, mark.end) for mark in answer.redactions.all() if not mark.lost]
    found: dict[tuple[int, int], TakenOut] = {}
    said: set[TakenOut] = set()
    for mark in moved:
        if len(mark.quote) < SHORTEST_MOVED and mark.question != answer.question_id:
            continue
        places = places_of(mark.quote, answer.text)
        found |= dict.fromkeys(places, mark)
        if places:
            said.add(mark)
    made = Redaction.objects.bulk_create(
        Redaction(
            answer=answer, start=begins, end=ends, quote=answer.text[begins:ends],
            reason=mark.reason, by_id=mark.by,
        )
        for (begins, ends), mark in found.items()
        if not any(start <= begins and ends <= end for start, end in standing)
    )  # fmt: skip
    for one in made:
        told = {"question": answer.question_id, "reason": one.reason, "moved": True}
        log(contribution, REDACT, user=None, title=str(contribution), data=told)
    return said


def _log_file(attachment: Attachment, action: str, user: User, reason: str) -> None:
    contribution = attachment.contribution
    if contribution is None:
        return
    told = {"file": str(attachment.pk), "reason": reason}
    log(contribution, action, user=user, title=str(contribution), data=told)
