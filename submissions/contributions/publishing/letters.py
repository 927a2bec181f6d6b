"""Mail to an author: have a look before it is published; it is published, and how to cite it."""

from datetime import timedelta

from submissions.contributions.drafts.links import renew
from submissions.contributions.library import citing
from submissions.mail.writing import link_to, send
from submissions.models import ContactDetails, DraftAuthor, MailKind, Publication


def tell_preview(publication: Publication) -> None:
    """A link to their own page, where the preview waits; to nobody who has no draft any more."""
    owner = owner_of(publication)
    if owner is None or publication.proposed_at is None:
        return
    consultation = owner.draft.consultation
    send(
        MailKind.PREVIEW,
        to=owner.email,
        language=owner.language,
        consultation=consultation,
        draft=owner.draft_id,
        context={
            "reference": publication.contribution.reference,
            "link": renew([owner], owner.language)[owner.pk],
            "until": publication.proposed_at + timedelta(days=consultation.preview_days),
        },
    )


def tell_published(publication: Publication) -> None:
    """Where everybody reads it, and how to cite it."""
    owner = owner_of(publication)
    contribution = publication.contribution
    if owner is not None:
        to, language, draft = owner.email, owner.language, owner.draft_id
    else:
        contact = ContactDetails.objects.filter(contribution=contribution).first()
        if contact is None:
            return
        to, language, draft = contact.email, publication.language, None
    consultation = contribution.consultation
    send(
        MailKind.PUBLISHED,
        to=to,
        language=language,
        consultation=consultation,
        draft=draft,
        context={
            "reference": contribution.reference,
            "url": link_to(consultation, "publication", language, contribution.reference),
            "citation": citing.sentence(citing.work_of(publication, language), language),
        },
    )


def owner_of(publication: Publication) -> DraftAuthor | None:
    """Who began its draft and can be written to; None once the draft is gone, or has no address."""
    owners = DraftAuthor.objects.filter(
        draft__contribution=publication.contribution_id, owner=True
    ).exclude(email="")
    return owners.select_related("draft__consultation__site").first()
