"""The contributions of an export, a few at a time: nothing held grows with how many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q

from submissions.contributions.sent import publication_of
from submissions.models import (
    Answer,
    AnswerChoice,
    Attachment,
    CampaignMember,
    Consultation,
    Contribution,
    ContributionState,
    Publication,
    Question,
)

AT_ONCE = 50  # of the longest that can be sent, some 40 MB


@dataclass(frozen=True)
class Dossier:
    """One contribution with all that an export tells of it."""

    contribution: Contribution
    answers: dict[int, Answer]  # by question
    files: tuple[Attachment, ...]
    publication: str  # what its author agreed to
    published_at: datetime | None
    campaign: int | None

    def files_of(self, question: int | None) -> list[Attachment]:
        """Those that answer ``question``; None: those of the whole."""
        return [file for file in self.files if file.question_id == question]


def questions_of(consultation: Consultation) -> list[Question]:
    """Those that make columns: what is asked now, and what somebody has answered; with words."""
    answers = Answer.objects.filter(
        question=OuterRef("pk"), contribution__state=ContributionState.RECEIVED
    )
    files = Attachment.objects.filter(
        question=OuterRef("pk"), contribution__state=ContributionState.RECEIVED
    )
    return list(
        Question.objects.filter(questionnaire__consultation=consultation)
        .filter(Q(retired_at__isnull=True) | Exists(answers) | Exists(files))
        .answered_by_somebody()
        .select_related("questionnaire")
        .order_by("questionnaire_id", "position", "pk")
        .with_words()
        .prefetch_related("questionnaire__labels", "follows")
    )


def portions(ids: Sequence[int]) -> Iterator[list[Dossier]]:
    """The contributions of ``ids`` in that order, in portions of ``AT_ONCE``; as many queries each.

    What was withdrawn since ``ids`` were read is left out.
    """
    for start in range(0, len(ids), AT_ONCE):
        yield _read(ids[start : start + AT_ONCE])


def _read(ids: Sequence[int]) -> list[Dossier]:
    files = Attachment.objects.filter(removed_at__isnull=True)
    contributions = (
        Contribution.objects.standing()
        .filter(pk__in=ids)
        .prefetch_related(
            "consents",
            Prefetch("answers", Answer.objects.order_by("pk")),
            Prefetch("answers__ticks", AnswerChoice.objects.order_by("place", "pk")),
            Prefetch("attachments", files),
        )
        .in_bulk()
    )
    published = dict(
        Publication.objects.live()
        .filter(contribution__in=ids)
        .values_list("contribution", "published_at")
    )
    campaigns = dict(
        CampaignMember.objects.filter(
            contribution__in=ids, campaign__confirmed_at__isnull=False
        ).values_list("contribution", "campaign")
    )
    return [
        Dossier(
            contribution=one,
            answers={answer.question_id: answer for answer in one.answers.all()},
            files=tuple(one.attachments.all()),
            publication=publication_of(one) or "not_published",
            published_at=published.get(one.pk),
            campaign=campaigns.get(one.pk),
        )
        for one in (contributions[pk] for pk in ids if pk in contributions)
    ]
