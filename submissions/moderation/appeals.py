"""An author's appeal against a refusal: one per idea, answered by another moderator."""

from django.contrib.auth.models import User
from django.db import transaction

from submissions.models import Appeal, Decision, DecisionKind, Idea, IdeaStatus, Participant
from submissions.moderation.notices import notify_later
from submissions.moderation.services import (
    AlreadyDecided,
    last_decision,
    last_refusal,
    lock,
    record,
    settle,
)

LONGEST = 1000  # characters of an appeal


class AppealRefused(Exception):
    """The idea is not refused, is another's, or its appeal was made before."""


class OwnRefusal(Exception):
    """Whoever refused an idea does not judge the appeal against it."""


@transaction.atomic
def appeal(idea: Idea, participant: Participant, text: str, language: str) -> Appeal:
    """Ask for ``idea`` to be read again by another moderator, and say why, if one likes.

    Only for its author, only once, and at any phase of the consultation: a refusal of the last day
    can be appealed against after closing. ``text`` is clean and at most ``LONGEST`` long. Raises
    ``AppealRefused``.
    """
    lock(idea)
    refusal = last_refusal(idea)
    is_own = idea.author_id is not None and idea.author_id == participant.pk
    if not is_own or idea.status != IdeaStatus.REFUSED or refusal is None:
        raise AppealRefused
    if Appeal.objects.filter(idea=idea).exists():
        raise AppealRefused
    return Appeal.objects.create(idea=idea, text=text, language=language, against=refusal)


def may_answer(made: Appeal, moderator: User) -> bool:
    """Whether ``moderator`` is another one than who refused."""
    refused_by = made.against.moderator_id
    return refused_by is None or refused_by != moderator.pk


@transaction.atomic
def answer(idea: Idea, kind: DecisionKind, moderator: User, note: str = "") -> Decision:
    """Publish the idea after all, or uphold the refusal with a note to the colleagues.

    Raises ``OwnRefusal``, and ``AlreadyDecided`` when no appeal waits (any more).
    """
    lock(idea)
    waits = Appeal.objects.select_related("against").filter(idea=idea, answer__isnull=True).first()
    if waits is None or idea.status != IdeaStatus.REFUSED:
        raise AlreadyDecided(last_decision(idea))
    if not may_answer(waits, moderator):
        raise OwnRefusal
    decision = record(idea, kind, moderator, note=note)
    waits.answer = decision
    waits.save(update_fields=["answer"])
    settle(idea, kind)
    notify_later(decision)
    return decision
