"""Sending a draft: once, whole, and in time by the database's clock."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from submissions import mail
from submissions.contributions.check import Checked, check
from submissions.contributions.drafts.access import NotAnAuthor
from submissions.contributions.drafts.links import renew
from submissions.contributions.drafts.parts import AS_SENT
from submissions.contributions.services import receive
from submissions.mail.mailboxes import mailbox_of
from submissions.mail.writing import link_to
from submissions.models import (
    Contribution,
    ContributionVersion,
    Draft,
    DraftAuthor,
    MailKind,
    Questionnaire,
)


class NotComplete(Exception):
    """What has to be mended first: ``errors`` by the key of the task where it is mended."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__()
        self.errors = errors


class Closed(Exception):
    """None of the draft's questionnaires takes answers now, or not in that language."""


class ChangedMeanwhile(Exception):
    """What would be sent is not what the page said: a theme has closed since, say."""


class WrittenMeanwhile(Exception):
    """A co-author, or another window, saved something since the page was shown."""


class AlreadySent(Exception):
    """The form was sent before: ``contribution`` is what it gave."""

    def __init__(self, contribution: Contribution) -> None:
        super().__init__(contribution.pk)
        self.contribution = contribution


class NotTheOwner(Exception):
    """Who owns a draft sends it; the other authors write it."""


def send(
    author: DraftAuthor,
    *,
    form_key: UUID,
    language: str,
    shown: Collection[int] | None = None,
    seen: str = "",
) -> Contribution:
    """Make a contribution, or its next version, of the draft of ``author``; mail the receipt.

    The draft is held from the first statement to the last: of two that are sent in parallel one is
    stored, the other raises ``AlreadySent`` (cases 17, 18). Answers of a questionnaire that is
    closed are not sent; what a contribution said there before stands. ``shown``: the
    questionnaires that the page said it sends; if others would be, ``ChangedMeanwhile``. ``seen``:
    what the page showed (``Checked.seen``); if anything else is written by now,
    ``WrittenMeanwhile``. Raises ``NotTheOwner``, ``Closed`` and ``NotComplete``, too; then has
    changed nothing.
    """
    with transaction.atomic():
        draft = held(author)
        _not_sent_before(draft, form_key)
        owner = draft.authors.get(owner=True)
        if owner.pk != author.pk:
            raise NotTheOwner
        checked = check(draft, language)
        if not checked.open:
            raise Closed
        if shown is not None and set(shown) != {one.pk for one in checked.open}:
            raise ChangedMeanwhile
        if checked.sent is None:
            raise NotComplete(checked.by_task)
        if seen and seen != checked.seen:
            raise WrittenMeanwhile
        contribution = receive(
            draft.consultation,
            checked.sent,
            language=language,
            form_key=form_key,
            contribution=draft.contribution,
            draft=draft,
            languages=checked.languages,
            agreed=checked.agreed,
        )
        Draft.objects.filter(pk=draft.pk).update(
            contribution=contribution, writing=False, changed_at=Now()
        )
        draft.parts.filter(key=AS_SENT).delete()
        draft.contribution, draft.writing = contribution, False
        _mail_receipt(owner, draft, checked, language)
    author.draft = draft
    return contribution


def held(author: DraftAuthor) -> Draft:
    """The draft, which nobody else changes until the transaction ends; ``NotAnAuthor`` if gone.

    Held first and read afterwards: what is joined to a row that was waited for is as it was before.
    """
    rows = Draft.objects.filter(pk=author.draft_id)
    if not rows.select_for_update().values_list("pk").first():
        raise NotAnAuthor
    return rows.select_related("consultation__site", "contribution").get()


def _not_sent_before(draft: Draft, form_key: UUID) -> None:
    """Raises ``AlreadySent`` for a form that gave a version, and when there is nothing to send."""
    if draft.contribution is None:
        if form_key != draft.form_key:
            raise ChangedMeanwhile
        return
    sent = ContributionVersion.objects.filter(contribution=draft.contribution, form_key=form_key)
    if not draft.writing or sent.exists():
        raise AlreadySent(draft.contribution)
    if form_key != draft.form_key:
        raise ChangedMeanwhile


def _mail_receipt(owner: DraftAuthor, draft: Draft, checked: Checked, language: str) -> None:
    """To the owner, with a link; the address of “About you” is theirs if none was given before."""
    contribution, sent = draft.contribution, checked.sent
    if contribution is None or sent is None:
        return
    reader = owner if owner.email else _reader(owner, draft, sent.email)
    reader.draft = draft
    version = ContributionVersion.objects.get(
        contribution=contribution, number=contribution.version
    )
    mail.send(
        MailKind.RECEIPT,
        to=reader.email,
        language=language,
        consultation=draft.consultation,
        draft=draft.pk,
        context={
            "reference": contribution.reference,
            "number": version.number,
            "sent_at": version.sent_at,
            "sha256": version.sha256,
            "link": renew([reader], language)[reader.pk],
            "deadline": deadline_of(checked.open),
            "find_url": link_to(draft.consultation, "draft_find", language),
        },
    )


def _reader(owner: DraftAuthor, draft: Draft, email: str) -> DraftAuthor:
    """The owner, whose address is ``email`` from now on; or the co-author who has that mailbox."""
    mailbox = mailbox_of(email)
    there = draft.authors.filter(mailbox=mailbox).first()
    if there is None:
        owner.email, owner.mailbox = email, mailbox
        owner.save(update_fields=["email", "mailbox"])
    return there or owner


def deadline_of(open_now: Collection[Questionnaire]) -> datetime | None:
    """Until when something of it can be changed; None without a closing time."""
    closings = [one.closing for one in open_now]
    known = [closing for closing in closings if closing is not None]
    return max(known) if known and len(known) == len(closings) else None
