"""Clearing a consultation for its opening: somebody's decision, which the checklist gates."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from home.opening.checklist import Requirement, checklist
from submissions.models import Consultation, Phase


class NotReadyError(Exception):
    """Something that must be there is missing: ``requirements`` say what."""

    def __init__(self, requirements: list[Requirement]) -> None:
        super().__init__(", ".join(requirement.key for requirement in requirements))
        self.requirements = requirements


class AlreadyOpenError(Exception):
    """It has opened: people have begun to write, and nobody holds it back any more."""


@transaction.atomic
def clear(consultation: Consultation, user: AbstractBaseUser) -> None:
    """Let it open when its time comes; clearing twice changes nothing. Raises ``NotReadyError``."""
    held = _held(consultation)
    if held.cleared_at is not None:
        return
    missing = [one for one in checklist(held) if one.must and not one.met]
    if missing:
        raise NotReadyError(missing)
    Consultation.objects.filter(pk=held.pk).update(cleared_at=held.now)
    log(instance=held, action="home.cleared", user=user)


@transaction.atomic
def hold_back(consultation: Consultation, user: AbstractBaseUser) -> None:
    """Take the clearance back before the opening. Raises ``AlreadyOpenError`` after it."""
    held = _held(consultation)
    if held.cleared_at is None:
        return
    if held.phase_at(held.now) is not Phase.UPCOMING:
        raise AlreadyOpenError
    Consultation.objects.filter(pk=held.pk).update(cleared_at=None)
    log(instance=held, action="home.held_back", user=user)


def _held(consultation: Consultation) -> Consultation:
    rows = Consultation.objects.with_clock().select_related("site__root_page")
    held: Consultation = rows.select_for_update(of=("self",)).get(pk=consultation.pk)
    return held
