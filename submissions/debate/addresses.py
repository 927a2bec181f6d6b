"""E-mail addresses of participants: links mailed to them, and what pressing their button does.

Whoever writes here holds the mailbox first, then the participants: no two wait for each other.
"""

import secrets
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Now

from core.clock import database_now
from submissions.debate.merging import merge
from submissions.limits import TooMany
from submissions.mail import send
from submissions.mail.mailboxes import likeness_of, mailbox_of
from submissions.mail.writing import link_to
from submissions.models import (
    Address,
    Consultation,
    Idea,
    IdeaStatus,
    LinkPurpose,
    MailedLink,
    Participant,
)

LIFETIME = timedelta(hours=48)
# One mailbox is written to so often, whoever asks: nobody is flooded through us. What one browser,
# one network and one hour allow is in submissions/limits.
A_DAY, MOST_A_DAY = timedelta(days=1), 10
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('submissions.mailbox:' || %s, 0))"


class LinkIsOver(Exception):
    """It was used, its time is over, another took its place, or there never was such a link."""

    def __init__(self, link: MailedLink | None = None) -> None:
        super().__init__()
        self.link = link  # as long as its row is kept


def must_confirm(consultation: Consultation, author: Participant) -> bool:
    """Whether what ``author`` writes waits for an address of theirs to be confirmed."""
    return consultation.confirm_addresses and not has_address(author)


def has_address(participant: Participant) -> bool:
    """Whether an address of theirs is confirmed."""
    return Address.objects.filter(participant=participant).exists()


def has_another_address(participant: Participant, link: MailedLink) -> bool:
    """Whether theirs is another than the one that ``link`` was mailed to."""
    return Address.objects.filter(participant=participant).exclude(mailbox=link.mailbox).exists()


def unconfirmed(author: Participant) -> QuerySet[Idea]:
    """Their ideas that wait for an address."""
    return Idea.objects.filter(author=author, status=IdeaStatus.UNCONFIRMED).order_by("pk")


def links_on_their_way() -> QuerySet[MailedLink]:
    """Those that confirm ideas, and still work."""
    return _working(MailedLink.objects.filter(purpose=LinkPurpose.CONFIRM_IDEA))


def link_on_its_way(author: Participant) -> MailedLink | None:
    """The one that confirms their ideas, to say where it went."""
    return links_on_their_way().filter(participant=author).last()


def was_corrected(link: MailedLink) -> bool:
    """Whether its author has had a newer link sent elsewhere: this mailbox may be a stranger's."""
    newer = MailedLink.objects.filter(
        purpose=link.purpose, participant=link.participant_id, pk__gt=link.pk
    )
    return newer.exclude(mailbox=link.mailbox).exists()


def _working(links: QuerySet[MailedLink]) -> QuerySet[MailedLink]:
    return links.filter(used_at__isnull=True, expires_at__gt=Now()).order_by("pk")


# --- Mailing a link -------------------------------------------------------------------------------


@transaction.atomic
def mail_link(
    purpose: LinkPurpose,
    email: str,
    *,
    consultation: Consultation,
    language: str,
    participant: Participant | None = None,
    idea: Idea | None = None,
) -> None:
    """Mail a link that works once, within ``LIFETIME``; those mailed before for the same are over.

    Of a known mailbox, it goes to the address that was confirmed, however it is written this time.
    Nobody is told whether it is known, and the work is the same; who asks to come back with an
    address that nobody confirmed is told so by mail. Only the link's hash is kept. Raises
    ``TooMany`` when the mailbox was written to so often, and then changes nothing.
    """
    mailbox = mailbox_of(email)
    _hold_mailbox(consultation, mailbox)
    if participant is not None:
        participant = _hold(participant).get(participant.pk)
        if participant is None and idea is not None:
            return  # erased in another tab, with the idea
    _refuse_a_flood(consultation, mailbox)
    token = secrets.token_urlsafe(32)
    link = MailedLink.objects.create(
        token_hash=_hash(token),
        purpose=purpose,
        consultation=consultation,
        email=email,
        mailbox=mailbox,
        language=language,
        participant=participant,
        idea=idea,
        expires_at=database_now() + LIFETIME,
    )
    same = Q(participant=participant) if idea else Q(consultation=consultation, mailbox=mailbox)
    before = MailedLink.objects.filter(same, purpose=purpose).exclude(pk=link.pk)
    _working(before).order_by().update(expires_at=Now())
    known = Address.objects.filter(consultation=consultation, mailbox=mailbox).first()
    whose = idea.author_id if idea else known.participant_id if known else None
    address = f"{link_to(consultation, 'mailed_link', language)}?key={token}"
    send(
        purpose,
        to=known.email if known else email,
        language=language,
        consultation=consultation,
        participant=whose,
        context={"link": address if idea or known else "", "idea": idea},
    )


def _refuse_a_flood(consultation: Consultation, mailbox: str) -> None:
    """Raise ``TooMany`` if as many links were asked for as one mailbox may get in a day."""
    now = database_now()
    asked = MailedLink.objects.filter(
        consultation=consultation, mailbox=mailbox, made_at__gt=now - A_DAY
    ).aggregate(number=Count("pk"), first=Min("made_at"))
    if asked["number"] >= MOST_A_DAY:
        raise TooMany(int((asked["first"] + A_DAY - now).total_seconds()))


def _hash(token: str) -> bytes:
    """What is kept of a link: it can't be turned back."""
    return sha256(token.encode(errors="replace")).digest()


def _hold_mailbox(consultation: Consultation, mailbox: str) -> None:
    """Until the transaction ends, nobody else asks for it or becomes its owner."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"{consultation.pk} {mailbox}"])


def _hold(*participants: Participant | None) -> dict[UUID, Participant]:
    """Those who are still there, in one order: merged and erased by nobody meanwhile."""
    wanted = [one.pk for one in participants if one is not None]
    return Participant.objects.select_for_update().filter(pk__in=wanted).order_by("pk").in_bulk()


# --- Pressing its button --------------------------------------------------------------------------


def find_link(token: str, site_id: int | None) -> MailedLink:
    """The link of the site that ``token`` opens, by the database's clock. Raises ``LinkIsOver``.

    Nothing changes: whoever looks at mail before its reader does not use it up (case 43).
    """
    ours = MailedLink.objects.filter(token_hash=_hash(token), consultation__site=site_id)
    link = ours.select_related("consultation__site", "idea", "participant").first()
    if link is None or not _working(ours).exists():
        raise LinkIsOver(link)
    return link


def _use_up(link: MailedLink) -> None:
    """Once, and in time. Raises ``LinkIsOver``."""
    this = MailedLink.objects.filter(pk=link.pk)
    if not _working(this).order_by().update(used_at=Now()):
        raise LinkIsOver(this.first())


@transaction.atomic
def confirm_ideas(
    link: MailedLink, shown: Collection[int], browser: Participant | None
) -> Participant:
    """Use ``link`` up: the ideas that its page had ``shown`` are received now, for a moderator.

    Their author has the address from now on. Had somebody confirmed it before, the ideas are
    theirs; and the author becomes one with them, but only if this ``browser`` is the author's: a
    stranger may have written, and given an address that is not theirs. Returns whose the ideas are.
    The debate may have closed since: what was sent in time is not lost. Raises ``LinkIsOver``.
    """
    _hold_mailbox(link.consultation, link.mailbox)
    known = _known(link)
    held = _hold(link.participant, known)
    _use_up(link)
    author = held.get(link.participant_id) if link.participant_id else None
    if author is None or author.became_id:  # erased or merged at this very moment
        raise LinkIsOver(link)
    chosen = unconfirmed(author).filter(pk__in={link.idea_id, *shown})
    numbers = list(chosen.values_list("pk", flat=True))
    if has_address(author):
        who = author  # one participant has one address: the first
    elif known is None or known.pk not in held:
        _give_address(author, link)
        who = author
    else:
        who = known
        if browser == author:
            merge(author, who)
    received = Idea.objects.filter(pk__in=numbers)
    received.update(status=IdeaStatus.AWAITING, created_at=Now(), author=who)
    return who


def _known(link: MailedLink) -> Participant | None:
    """Who confirmed the link's mailbox before."""
    return Participant.objects.filter(
        address__consultation=link.consultation, address__mailbox=link.mailbox
    ).first()


def _give_address(author: Participant, link: MailedLink) -> None:
    Address.objects.create(
        consultation=link.consultation,
        participant=author,
        email=link.email,
        mailbox=link.mailbox,
        likeness=likeness_of(link.mailbox),
        language=link.language,
    )


@transaction.atomic
def come_back(link: MailedLink, browser: Participant | None) -> Participant:
    """Use ``link`` up; who its reader is, and this ``browser`` with them if it was a guest's.

    A browser of somebody with another confirmed address changes hands, and nothing is merged.
    Raises ``LinkIsOver``.
    """
    _hold_mailbox(link.consultation, link.mailbox)
    known = _known(link)
    if known is None or known.pk not in _hold(known, browser):
        raise LinkIsOver(link)
    _use_up(link)
    if browser is not None:
        merge(browser, known)
    return known


@transaction.atomic
def receive(idea: Idea) -> None:
    """Have a moderator read an idea whose author has confirmed an address meanwhile."""
    Idea.objects.filter(pk=idea.pk, status=IdeaStatus.UNCONFIRMED).update(
        status=IdeaStatus.AWAITING, created_at=Now()
    )


@transaction.atomic
def drop(idea: Idea) -> None:
    """Delete an idea that is not confirmed, and the links that confirm it alone.

    Whoever presses a link's button at this moment comes before or after.
    """
    _hold(idea.author)
    Idea.objects.filter(pk=idea.pk, status=IdeaStatus.UNCONFIRMED).delete()
