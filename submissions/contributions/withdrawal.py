"""Taking a contribution back, for good: what goes, and the row that says that there was one."""

import logging

from django.db import transaction
from django.db.models.functions import Now

from submissions import mail
from submissions.contributions.drafts.erasure import erase_draft
from submissions.contributions.files.services import erase
from submissions.contributions.publishing.services import consent_changed
from submissions.models import (
    ContactDetails,
    Contribution,
    ContributionState,
    Draft,
    MailKind,
)

logger = logging.getLogger(__name__)


@transaction.atomic
def withdraw(contribution: Contribution) -> None:
    """Erase its words, files, names, address and draft, in every version, public or not (case 60).

    What staff marked, coded and noted in it goes too, and mail that still waits. Its row stays, as
    ``WITHDRAWN``, with the kind of respondent, country and language that figures are made of; so do
    its consents, as taken back, and the dates and hashes of its versions. Its contact is told by
    mail. Withdrawn twice at once, it is withdrawn once: the draft is held first, as whoever sends
    does.
    """
    draft = Draft.objects.select_for_update().filter(contribution=contribution.pk).first()
    rows = Contribution.objects.standing().select_for_update(of=("self",))
    held = rows.select_related("consultation__site").filter(pk=contribution.pk).first()
    if held is None:
        return
    contact = ContactDetails.objects.filter(contribution=held).first()
    language = held.language
    if draft is not None:
        owner = draft.authors.filter(owner=True).first()
        language = owner.language if owner else language
    Contribution.objects.filter(pk=held.pk).update(
        state=ContributionState.WITHDRAWN,
        withdrawn_at=Now(),
        name="",
        organisation="",
        role="",
    )
    held.consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=Now())
    consent_changed(held)  # nothing of it is public from here on
    erase(held)
    held.answers.all().delete()
    held.remembered_redactions.all().delete()
    held.notes.all().delete()
    held.coded.all().delete()
    held.versions.update(content={})
    if draft is not None:
        erase_draft(draft)
    if contact is not None:
        _tell(held, contact.email, language)
        contact.delete()
    logger.info("contribution %s withdrawn by its author", held.pk)


def _tell(contribution: Contribution, to: str, language: str) -> None:
    mail.send(
        MailKind.WITHDRAWN,
        to=to,
        language=language,
        consultation=contribution.consultation,
        context={"reference": contribution.reference},
    )
