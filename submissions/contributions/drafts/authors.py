"""Who writes a draft together: one owner, who sends it, and co-authors whom they invite.

Each call holds the draft's row, so that a sending and two invitations don't cross.
"""

import regex
from django.db import transaction

from core.graphemes import graphemes
from submissions import mail
from submissions.contributions.drafts.links import renew
from submissions.mail.mailboxes import mailbox_of
from submissions.models import Draft, DraftAuthor, DraftPart, MailKind

MOST_AUTHORS = 10
NAME_IN_MAIL = 60  # graphemes of what a stranger's mail says in the words of who invites
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+")
# What makes an address of words, in some program that reads mail.
_LINK_LIKE = regex.compile(r"[/\\:@<>\[\]{}|]+|www\b", regex.IGNORECASE)
_DOT = regex.compile(r"\.(?=\S)")


class TooManyAuthors(Exception):
    """A draft has at most ``MOST_AUTHORS``."""


class AlreadyAnAuthor(Exception):
    """The address is that of ``author``."""

    def __init__(self, author: DraftAuthor) -> None:
        super().__init__()
        self.author = author


class NotAllowed(Exception):
    """Only the owner does that, or the owner can't."""


def authors_of(draft: Draft) -> list[DraftAuthor]:
    """The owner, then the others in the order in which they were invited.

    An owner whom nobody named has the name that stands in “About you”.
    """
    there = list(draft.authors.order_by("-owner", "pk"))
    if there and not there[0].name:
        there[0].name = signature_of(there[0])[0]
    return there


def said_harmlessly(words: str) -> str:
    """A name as a message to a stranger says it: one short line that no program makes a link of."""
    line = " ".join(_UNSEEN.sub(" ", _LINK_LIKE.sub(" ", words)).split())
    line = _DOT.sub(". ", line)
    while graphemes(line) > NAME_IN_MAIL:
        line = line[: max(1, len(line) - 1)].rstrip()
    return line


def signature_of(author: DraftAuthor) -> tuple[str, str]:
    """Name and organisation under which ``author`` invites: theirs, or those of the draft."""
    part = DraftPart.objects.filter(draft=author.draft_id, key="about").first()
    about = part.data if part else {}

    def said(field: str) -> str:
        return next(iter(about.get(field) or [""]), "")

    return said_harmlessly(author.name or said("name")), said_harmlessly(said("organisation"))


@transaction.atomic
def invite(owner: DraftAuthor, *, name: str, email: str, language: str) -> DraftAuthor:
    """Add a co-author, and mail them a link in ``language``.

    Raises ``NotAllowed`` for who does not own the draft, ``TooManyAuthors``, ``AlreadyAnAuthor``.
    """
    draft = _held(owner)
    _must_own(owner)
    there = list(draft.authors.all())
    mailbox = mailbox_of(email)
    for author in there:
        if author.mailbox == mailbox:
            raise AlreadyAnAuthor(author)
    if len(there) >= MOST_AUTHORS:
        raise TooManyAuthors
    invited = DraftAuthor.objects.create(
        draft=draft, name=name, email=email, mailbox=mailbox, language=language
    )
    _mail_invitation(owner, invited)
    return invited


@transaction.atomic
def invite_again(owner: DraftAuthor, author: DraftAuthor) -> None:
    """Mail a co-author another link; the one before is over. Raises ``NotAllowed``."""
    _held(owner)
    _must_own(owner)
    if author.owner or author.draft_id != owner.draft_id:
        raise NotAllowed
    _mail_invitation(owner, author)


@transaction.atomic
def remove(owner: DraftAuthor, author: DraftAuthor) -> None:
    """Take a co-author out: their next request finds nothing. What they wrote stays.

    Raises ``NotAllowed`` for who does not own the draft, and for the owner.
    """
    _held(owner)
    _must_own(owner)
    if author.draft_id != owner.draft_id:
        raise NotAllowed
    _take_out(author)


@transaction.atomic
def leave(author: DraftAuthor) -> None:
    """Go by oneself. Raises ``NotAllowed`` for the owner, who hands the draft over first."""
    _held(author)
    author.refresh_from_db(fields=["owner"])
    _take_out(author)


@transaction.atomic
def hand_over(owner: DraftAuthor, to: DraftAuthor) -> None:
    """Make ``to`` the owner, and ``owner`` a co-author.

    Raises ``NotAllowed`` for who does not own the draft, and if ``to`` has never come by their link
    or ``owner`` could not come back, having no address.
    """
    _held(owner)
    _must_own(owner)
    to.refresh_from_db()
    if to.draft_id != owner.draft_id or to.owner or to.came_at is None or not owner.email:
        raise NotAllowed
    DraftAuthor.objects.filter(pk=owner.pk).update(owner=False)
    DraftAuthor.objects.filter(pk=to.pk).update(owner=True)
    owner.owner, to.owner = False, True


def _held(author: DraftAuthor) -> Draft:
    """Held first and read afterwards; ``NotAllowed`` for one that was erased meanwhile."""
    rows = Draft.objects.filter(pk=author.draft_id)
    if not rows.select_for_update().values_list("pk").first():
        raise NotAllowed
    return rows.select_related("consultation__site").get()


def _must_own(author: DraftAuthor) -> None:
    """As it stands now: another may have been made the owner."""
    author.refresh_from_db(fields=["owner"])
    if not author.owner:
        raise NotAllowed


def _take_out(author: DraftAuthor) -> None:
    if author.owner:
        raise NotAllowed
    if author.email:
        mail.forget_draft(author.draft_id, to=author.email)
    author.delete()


def _mail_invitation(owner: DraftAuthor, invited: DraftAuthor) -> None:
    link = renew([invited], invited.language)[invited.pk]
    name, organisation = signature_of(owner)
    mail.send(
        MailKind.INVITATION,
        to=invited.email,
        language=invited.language,
        consultation=invited.draft.consultation,
        draft=invited.draft_id,
        context={"link": link, "name": name, "organisation": organisation},
    )
