"""Mail to a contributor about a file that was sent, and is no more."""

from submissions.mail.writing import link_to, send
from submissions.models import (
    Attachment,
    ContactDetails,
    ContributionState,
    DraftAuthor,
    MailKind,
)


def tell_set_aside(file: Attachment) -> None:
    """A virus was found after sending: tell its contact. Who still writes reads it on the page."""
    contribution = file.contribution
    if contribution is None or contribution.state != ContributionState.RECEIVED:
        return
    contact = ContactDetails.objects.filter(contribution=contribution).first()
    if contact is None:
        return
    owner = DraftAuthor.objects.filter(draft__contribution=contribution, owner=True).first()
    language = owner.language if owner else contribution.language
    send(
        MailKind.FILE_SET_ASIDE,
        to=contact.email,
        language=language,
        consultation=contribution.consultation,
        draft=owner.draft_id if owner else None,
        context={
            "reference": contribution.reference,
            "file": file.name,
            "find_url": link_to(contribution.consultation, "draft_find", language),
        },
    )
