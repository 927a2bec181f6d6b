"""Writing a draft: begun, its themes chosen, its words saved question by question.

Each call holds the draft's row, so that two who save at the same moment, or save while it is being
sent, come one after the other. Nothing here asks whether a questionnaire is open: a draft keeps
words, and only sending is a matter of time.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from submissions.contributions.drafts.merging import KEEP_STORED, Merged, Mine, merge
from submissions.contributions.drafts.stamps import NOTHING, OnScreen, RawData, Screen, tidy
from submissions.contributions.questions import AskedQuestion
from submissions.models import (
    Consultation,
    Draft,
    DraftAnswer,
    DraftAuthor,
    DraftPart,
    Questionnaire,
)

__all__ = [
    "KEEP_STORED",
    "DraftIsSent",
    "Saved",
    "SavedPart",
    "begin",
    "choose_questionnaires",
    "draft_data",
    "finish_section",
    "save_answers",
    "save_part",
]


class DraftIsSent(Exception):
    """It became a contribution, and is read-only until its owner takes it up again."""


@dataclass(frozen=True)
class Saved:
    """What became of the words of a page, by the database's clock.

    ``conflicts``: questions to which others gave a newer answer; the words are kept beside it.
    ``late``: questions whose page had been left when it saved by itself: nothing was changed.
    """

    answers: Mapping[int, DraftAnswer]
    conflicts: tuple[int, ...]
    late: tuple[int, ...]
    at: datetime


@dataclass(frozen=True)
class SavedPart:
    """A part as it stands; ``conflict``: it had been changed meanwhile, and is as it was."""

    part: DraftPart | None
    conflict: bool


@transaction.atomic
def begin(
    consultation: Consultation, *, language: str, questionnaires: Iterable[Questionnaire]
) -> DraftAuthor:
    """A draft over ``questionnaires``, and who owns it. Nothing is known of them yet."""
    draft = Draft.objects.create(consultation=consultation, language=language)
    draft.questionnaires.set(questionnaires)
    return DraftAuthor.objects.create(draft=draft, owner=True, language=language)


@transaction.atomic
def choose_questionnaires(author: DraftAuthor, chosen: Iterable[Questionnaire]) -> None:
    """Make ``chosen`` what the draft answers. What was written elsewhere stays, for a return."""
    _hold(author)
    author.draft.questionnaires.set(chosen)
    _changed(author)


@transaction.atomic
def save_answers(
    author: DraftAuthor,
    asked: Sequence[AskedQuestion],
    raw: Mapping[int, RawData],
    screen: Screen,
    language: str,
    *,
    left: bool = True,
    chosen: Mapping[int, str] | None = None,
) -> Saved:
    """Save what ``raw`` says of each question of ``asked``, three-way, question by question.

    What was not touched on this ``screen`` stays as others made it; what only this screen changed
    is written; what both changed is kept twice, and told (case 29). ``left``: by a button, not by
    the page itself. ``chosen`` says, of questions that had words beside them, which to keep: the
    digest of those words, or ``KEEP_STORED``. Raises ``DraftIsSent``.
    """
    now = _hold(author)
    pks = [one.question.pk for one in asked]
    rows = {row.question_id: row for row in _answers(author.draft, pks)}
    merged: dict[int, Merged] = {}
    for one in asked:
        pk = one.question.pk
        on_screen = screen.questions.get(pk) or OnScreen(one.wording.version)
        mine = Mine(
            tidy(raw.get(pk, {})), on_screen, screen.key, author.pk, language, now, left=left
        )
        merged[pk] = merge(rows.get(pk), mine, (chosen or {}).get(pk, NOTHING))
    _write(author, merged)
    if any(one.changed for one in merged.values()):
        _changed(author)
    return Saved(
        {pk: one.row for pk, one in merged.items() if one.row is not None},
        tuple(pk for pk, one in merged.items() if one.conflict),
        tuple(pk for pk, one in merged.items() if one.late),
        now,
    )


@transaction.atomic
def save_part(
    author: DraftAuthor, key: str, data: RawData, base_revision: int, language: str
) -> SavedPart:
    """Save what the form of the part ``key`` said. A conflict changes nothing. ``DraftIsSent``."""
    _hold(author)
    said = tidy(data)
    part = DraftPart.objects.filter(draft=author.draft_id, key=key).first()
    if part is None:
        part = DraftPart.objects.create(
            draft=author.draft, key=key, data=said, language=language, saved_by=author
        )
    elif part.data == said:
        return SavedPart(part, conflict=False)
    elif part.revision != base_revision:
        return SavedPart(part, conflict=True)
    else:
        part.data, part.language, part.saved_by = said, language, author
        part.revision += 1
        part.saved_at = Now()
        part.save()
    _changed(author)
    return SavedPart(part, conflict=False)


def finish_section(author: DraftAuthor, key: str, language: str) -> None:
    """Remember that ``author`` went on from the section of the task ``key``."""
    DraftPart.objects.bulk_create(
        [DraftPart(draft=author.draft, key=key, language=language, saved_by=author)],
        ignore_conflicts=True,
    )


def draft_data(draft: Draft) -> dict[str, list[str]]:
    """All that is written to questions, as one form would send it."""
    data: dict[str, list[str]] = {}
    for answer in draft.answers.all():
        data.update(answer.data)
    return data


def _hold(author: DraftAuthor) -> datetime:
    """Hold the draft until the transaction ends; the database's time. ``DraftIsSent``."""
    held = (
        Draft.objects.select_for_update(no_key=True)
        .filter(pk=author.draft_id)
        .values_list("writing", Now())
        .first()
    )
    if held is None or not held[0]:
        raise DraftIsSent
    now: datetime = held[1]
    return now


def _answers(draft: Draft, questions: Collection[int]) -> Iterable[DraftAnswer]:
    return DraftAnswer.objects.filter(draft=draft, question__in=questions).select_related(
        "saved_by"
    )


def _write(author: DraftAuthor, merged: Mapping[int, Merged]) -> None:
    new: list[DraftAnswer] = []
    known: list[DraftAnswer] = []
    for question, one in merged.items():
        if one.changed and one.row is not None:
            (known if one.row.pk else new).append(one.row)
            one.row.draft, one.row.question_id = author.draft, question
    DraftAnswer.objects.bulk_create(new)
    DraftAnswer.objects.bulk_update(
        known,
        [
            *("data", "version", "language", "revision"),
            *("screen", "screen_left", "aside", "saved_at", "saved_by"),
        ],
    )


def _changed(author: DraftAuthor) -> None:
    Draft.objects.filter(pk=author.draft_id).update(changed_at=Now())
