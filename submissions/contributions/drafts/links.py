"""Links to a draft, mailed to its authors; later to the contribution that it became (case 42).

Each author has one: 32 random bytes, of which SHA-256 is kept. A newer one takes its place, and it
goes with the draft. Opening it changes nothing; the button of its page lets a browser in.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.db.models.functions import Now

from submissions import mail
from submissions.mail.mailboxes import mailbox_of
from submissions.mail.writing import link_to
from submissions.models import (
    Consultation,
    Draft,
    DraftAuthor,
    MailKind,
    Questionnaire,
)

MOST_IN_ONE_MAIL = 20
# A link lives 30 days, and none longer than 30 days after its last questionnaire closed. Who
# asks for one later (to read, copy or withdraw what was sent) has it for two days.
RENEW = """
UPDATE {author} AS author
SET token_hash = asked.hash,
    link_sent_at = clock_timestamp(),
    link_expires_at = CASE
        WHEN deadline.at IS NULL THEN clock_timestamp() + interval '30 days'
        ELSE LEAST(
            clock_timestamp() + interval '30 days',
            GREATEST(deadline.at + interval '30 days', clock_timestamp() + interval '2 days')
        )
    END
FROM unnest(%s::bigint[], %s::bytea[]) AS asked (id, hash),
    LATERAL (
        SELECT CASE
            WHEN bool_or(LEAST(questionnaire.closes_at, consultation.closes_at) IS NULL) THEN NULL
            ELSE max(LEAST(questionnaire.closes_at, consultation.closes_at))
        END AS at
        FROM {author} AS same
        JOIN {chosen} AS chosen ON chosen.draft_id = same.draft_id
        JOIN {questionnaire} AS questionnaire ON questionnaire.id = chosen.questionnaire_id
        JOIN {consultation} AS consultation ON consultation.id = questionnaire.consultation_id
        WHERE same.id = asked.id
    ) AS deadline
WHERE author.id = asked.id
RETURNING author.id, author.link_expires_at
"""


class LinkIsOver(Exception):
    """Its time is over, another took its place, or there never was such a link."""


@dataclass(frozen=True)
class NewLink:
    """An address that was never seen before, and until when it works."""

    url: str
    expires_at: datetime


@dataclass(frozen=True)
class MailedLink:
    """A link as a message tells it: to what, and until when."""

    link: NewLink
    draft: Draft
    reference: str  # empty: not sent yet


def renew(authors: Iterable[DraftAuthor], language: str) -> Mapping[int, NewLink]:
    """A new link for each of ``authors`` (with draft and consultation); their old ones are over.

    One statement, as many as they are, and by the database's clock.
    """
    tokens = {author.pk: (author, secrets.token_urlsafe(32)) for author in authors}
    tables = {
        "author": DraftAuthor._meta.db_table,
        "chosen": Draft.questionnaires.through._meta.db_table,
        "questionnaire": Questionnaire._meta.db_table,
        "consultation": Consultation._meta.db_table,
    }
    hashes = [hash_of(token) for _author, token in tokens.values()]
    with connection.cursor() as cursor:
        cursor.execute(RENEW.format(**tables), [list(tokens), hashes])
        until = dict(cursor.fetchall())
    links = {}
    for pk, expires_at in until.items():
        author, token = tokens[pk]
        author.link_expires_at = expires_at
        address = link_to(author.draft.consultation, "draft_link", language)
        links[pk] = NewLink(f"{address}?key={token}", expires_at)
    return links


@transaction.atomic
def mail_link(author: DraftAuthor, language: str) -> NewLink:
    """Mail ``author`` a new link to their draft, in ``language``."""
    link = renew([author], language)[author.pk]
    _send(author.email, language, author.draft.consultation, [_told(author, link)])
    return link


@transaction.atomic
def give_address(author: DraftAuthor, email: str, language: str) -> NewLink:
    """Make ``email`` the address of ``author``, and mail a link there.

    Another address than before: whoever was let in by a link to the old one is out, for it may
    have been a stranger's. Raises ``IntegrityError`` if another author of the draft has it.
    """
    mailbox = mailbox_of(email)
    if author.mailbox and author.mailbox != mailbox:
        mail.forget_draft(author.draft_id, to=author.email)
        author.access_key = DraftAuthor._meta.get_field("access_key").get_default()
        author.came_at = None
    author.email, author.mailbox, author.language = email, mailbox, language
    author.save(update_fields=["email", "mailbox", "language", "access_key", "came_at"])
    return mail_link(author, language)


@transaction.atomic
def find_again(consultation: Consultation, email: str, language: str) -> None:
    """Mail whoever has ``email`` new links to all that they write or have sent.

    Known or not, the answer and the work are the same (case 44): who is unknown is told so by mail
    alone. A link goes to its author's address as it was given, however it is written this time.
    """
    found = list(
        DraftAuthor.objects.filter(draft__consultation=consultation, mailbox=mailbox_of(email))
        .select_related("draft__consultation__site", "draft__contribution")
        .order_by("-draft__changed_at", "-pk")[:MOST_IN_ONE_MAIL]
    )
    links = renew(found, language)
    letters: dict[str, list[MailedLink]] = {}
    for author in found:
        if author.pk in links:
            letters.setdefault(author.email, []).append(_told(author, links[author.pk]))
    for to, told in (letters or {email: []}).items():
        _send(to, language, consultation, told)


def _told(author: DraftAuthor, link: NewLink) -> MailedLink:
    sent = author.draft.contribution
    return MailedLink(link, author.draft, sent.reference if sent else "")


def _send(to: str, language: str, consultation: Consultation, links: list[MailedLink]) -> None:
    mail.send(
        MailKind.DRAFT_LINK,
        to=to,
        language=language,
        consultation=consultation,
        draft=links[0].draft.pk if len(links) == 1 else None,
        context={"links": links},
    )


def hash_of(token: str) -> bytes:
    """What is kept of a link: it can't be turned back."""
    return sha256(token.encode(errors="replace")).digest()


def find_link(token: str, site_id: int | None) -> DraftAuthor:
    """Whom ``token`` lets in, on this site and by the database's clock. Raises ``LinkIsOver``.

    Nothing changes: whoever looks at mail before its reader does not use it up (case 43).
    """
    ours = DraftAuthor.objects.filter(
        token_hash=hash_of(token), draft__consultation__site=site_id, link_expires_at__gt=Now()
    )
    author = ours.select_related("draft__consultation__site", "draft__contribution").first()
    if author is None:
        raise LinkIsOver
    return author


def came(author: DraftAuthor) -> None:
    """Note that ``author`` pressed the button of their link: the address is theirs."""
    DraftAuthor.objects.filter(pk=author.pk, came_at__isnull=True).update(came_at=Now())
