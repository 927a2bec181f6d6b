"""Handing mail to the server, again later when it can't be reached: durable, by the worker."""

import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address as Mailbox
from email.utils import parseaddr
from typing import NamedTuple

import regex
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django_tasks import task

from core.clock import database_now
from submissions.models import Mail, MailStatus

logger = logging.getLogger(__name__)

# After each attempt that failed, in minutes: two days in all.
WAITS = (1, 5, 15, 60, 180, 360, 720, 720, 720)
PERMANENT = 500  # from this code on, a server says that it will never take it


class Trouble(NamedTuple):
    """Why a message did not leave, and whether it never will."""

    code: str
    final: bool = False


@task(backend="durable")
def deliver(mail_id: int) -> None:
    """Send the message once. What can't be sent now is tried again later, by a task of its own.

    The row is held meanwhile, so that no other worker sends it too.
    """
    with transaction.atomic():
        waiting = Mail.objects.select_for_update(skip_locked=True, of=("self",))
        mail = (
            waiting.filter(pk=mail_id, status=MailStatus.WAITING)
            .select_related("consultation__site")
            .first()
        )
        if mail is None:  # sent, given up or erased meanwhile
            return
        mail.attempts += 1
        trouble = hand_over(mail)
        if trouble is None:
            _settle(mail, MailStatus.SENT)
            return
        mail.trouble = trouble.code
        if trouble.final or mail.attempts > len(WAITS):
            _settle(mail, MailStatus.FAILED)
            logger.warning("Mail %s was given up (%s)", mail, trouble.code)
            return
        mail.next_attempt_at = database_now() + timedelta(minutes=WAITS[mail.attempts - 1])
        mail.save(update_fields=["attempts", "trouble", "next_attempt_at"])
        deliver.using(run_after=mail.next_attempt_at).enqueue(mail.pk)
        logger.warning("Mail %s could not be sent (%s); it is tried again", mail, trouble.code)


def _settle(mail: Mail, status: MailStatus) -> None:
    """Nothing more happens to it: its words go, links in them too."""
    mail.status, mail.settled_at = status, database_now()
    mail.subject = mail.text = mail.html = ""
    if status is MailStatus.SENT:
        mail.to = mail.trouble = ""
        mail.participant = mail.draft = None
    mail.save()


def hand_over(mail: Mail) -> Trouble | None:
    """Give the message to the mail server; None once it took it.

    A server that does not want this recipient or these words for good is final; anything that an
    operator can mend (the server away, encryption or our account refused, a sender that can't be
    written) is not.
    """
    server = get_connection()
    try:
        sender = _sender(mail)
    except (ValueError, MessageError, IndexError):  # email's own, for DEFAULT_FROM_EMAIL
        return Trouble("sender")
    try:
        server.open()
    except OSError as error:  # smtplib's are among these
        return _trouble_of(error)._replace(final=False)
    try:
        _message(mail, sender, server).send()
    except (OSError, ValueError) as error:
        return _trouble_of(error)
    finally:
        _hang_up(server)
    return None


def _hang_up(server: BaseEmailBackend) -> None:
    """What was taken is taken, whatever the server says to a goodbye."""
    with suppress(OSError):
        server.close()


def _trouble_of(error: OSError | ValueError) -> Trouble:
    match error:
        case smtplib.SMTPNotSupportedError():  # letters in the address that it can't write
            trouble = Trouble("unsupported", final=True)
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            code = next(iter(refused.values()))[0]
            trouble = Trouble(str(code), final=code >= PERMANENT)
        case smtplib.SMTPDataError(smtp_code=code):
            trouble = Trouble(str(code), final=code >= PERMANENT)
        case smtplib.SMTPResponseException(smtp_code=code):
            trouble = Trouble(str(code))
        case smtplib.SMTPServerDisconnected():
            trouble = Trouble("disconnected")
        case TimeoutError():
            trouble = Trouble("timeout")
        case OSError():
            trouble = Trouble("unreachable")
        case _:  # a recipient that can't be written in a header
            trouble = Trouble("unwritable", final=True)
    return trouble


def _sender(mail: Mail) -> Mailbox:
    """Who it comes from: the address of the settings, with its name or the site's."""
    said = settings.DEFAULT_FROM_EMAIL
    if regex.search(r"\p{Cc}", said):  # which not every Python's parser minds
        raise ValueError
    name, address = parseaddr(said)
    site = " ".join(regex.sub(r"\p{C}", " ", str(mail.consultation)).split())
    sender = Mailbox(name or site, addr_spec=address)
    if not (sender.domain and sender.addr_spec.isascii()):
        raise ValueError
    return sender


def _message(mail: Mail, sender: Mailbox, server: BaseEmailBackend) -> EmailMultiAlternatives:
    """Text first, HTML for those who prefer it; said to be by a machine, so that none answers."""
    contact = mail.consultation.contact_email
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        str(sender),
        [mail.to],
        connection=server,
        reply_to=[contact] if contact else None,
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Message-ID": f"<{mail.message_id}@{sender.domain}>",
            "Content-Language": mail.language,
        },
    )
    message.attach_alternative(mail.html, "text/html")
    return message
