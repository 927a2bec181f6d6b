"""Who is taking part: a random id in a signed cookie, and nothing else about the person.

No cookie before somebody acts. One that was tampered with, is of another site or names nobody is
as good as none.
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from core.sites import site_id_of
from submissions.consents import TAKING_PART
from submissions.models import Consultation, Participant

A_YEAR = 365 * 24 * 3600
SALT = "submissions.participant"


def participant_of(request: HttpRequest) -> Participant | None:
    """The participant whose cookie ``request`` brings, on the site that answers; or None.

    The cookie of a guest who became another speaks for that one.
    """
    if not hasattr(request, "participant"):
        request.participant = _by_cookie(request)  # type: ignore[attr-defined]
    found: Participant | None = request.participant  # type: ignore[attr-defined]
    return found


def key_in_cookie(request: HttpRequest) -> UUID | None:
    """The id that the cookie names, as we signed it; whether it is somebody's is not asked."""
    said = request.get_signed_cookie(
        settings.PARTICIPANT_COOKIE_NAME, default=None, salt=SALT, max_age=A_YEAR
    )
    try:
        return UUID(said or "")
    except ValueError:
        return None


def _by_cookie(request: HttpRequest) -> Participant | None:
    key = key_in_cookie(request)
    if key is None:
        return None
    here = Participant.objects.filter(consultation__site=site_id_of(request))
    found = here.filter(pk=key).select_related("became").first()
    return found.became or found if found else None


@transaction.atomic
def take_part(
    consultation: Consultation, participant: Participant | None, language: str
) -> Participant:
    """Make a participant if there is none, with the consent that stood beside the button.

    The consent is recorded once for each version of its wording, in the ``language`` it was read.
    Whoever is being erased at this moment begins anew; a guest who has become somebody is they.
    """
    participant = _held(participant) if participant else None
    if participant is None:
        participant = Participant.objects.create(consultation=consultation)
    in_force = {"purpose": TAKING_PART.purpose, "version": TAKING_PART.version}
    if not participant.consents.filter(**in_force, withdrawn_at=None).exists():
        participant.consents.create(**in_force, language=language)
    return participant


def _held(participant: Participant) -> Participant | None:
    """Who ``participant`` is by now, erased by nobody until the transaction ends."""
    rows = Participant.objects.select_for_update(no_key=True)
    held = rows.filter(pk=participant.pk).first()
    if held is None or held.became_id is None:
        return held
    return rows.filter(pk=held.became_id).first()


def forget(response: HttpResponseBase) -> None:
    """Take the cookie back from the browser."""
    response.delete_cookie(settings.PARTICIPANT_COOKIE_NAME, samesite="Lax")


def remember(response: HttpResponseBase, participant: Participant) -> None:
    """Give the browser its cookie, for a year from now."""
    response.set_signed_cookie(
        settings.PARTICIPANT_COOKIE_NAME,
        str(participant.pk),
        salt=SALT,
        max_age=A_YEAR,
        secure=settings.PARTICIPANT_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
