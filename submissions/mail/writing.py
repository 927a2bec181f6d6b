"""Writing a message: its words in the reader's language, its links on the site's own address."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import regex
from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from core.alternates import live_translations
from submissions.mail.delivery import deliver
from submissions.mail.mailboxes import deliverable
from submissions.models import Consultation, Mail, MailKind, Participant

# What ends a line for one mail program or another, and what can't be seen.
_UNSAFE = regex.compile(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]")

USUAL_PORTS = (80, 443)
SUBJECTS: Mapping[MailKind, str | Promise] = {
    MailKind.CONFIRM_IDEA: _("Confirm your idea (%(site)s)"),
    MailKind.COME_BACK: _("Your link to “My participation” (%(site)s)"),
    MailKind.DECISION: pgettext_lazy("subject of a mail", "Your idea (%(site)s)"),
    MailKind.TEST: _("A test message (%(site)s)"),
    MailKind.APPEAL_ANSWERED: pgettext_lazy("subject of a mail", "Your appeal (%(site)s)"),
    MailKind.DRAFT_LINK: _("The link to your contribution (%(site)s)"),
    MailKind.INVITATION: _("You are invited to write a contribution together (%(site)s)"),
    MailKind.RECEIPT: _("We have received your contribution (%(site)s)"),
    MailKind.PREVIEW: _("Have a look before your contribution is published (%(site)s)"),
    MailKind.PUBLISHED: _("Your contribution is published (%(site)s)"),
    MailKind.FILE_SET_ASIDE: _("A virus in a file of your contribution (%(site)s)"),
    MailKind.WITHDRAWN: _("Your contribution is withdrawn (%(site)s)"),
}


class UnsafeHeader(ValueError):
    """A line break, or what can't be seen, in what would stand in a header."""


def header_safe(said: str) -> str:
    """``said``, which can't begin another header. Raises ``UnsafeHeader``."""
    if _UNSAFE.search(said):
        raise UnsafeHeader
    return said


def link_to(consultation: Consultation, view: str, language: str, *args: Any) -> str:
    """The whole address of a view of ours: on the site's own host, whatever a request says."""
    with translation.override(language):
        return root_url(consultation) + reverse(f"submissions:{view}", args=args)


def root_url(consultation: Consultation) -> str:
    """Where the site stands, by ``PUBLIC_SCHEME``: Wagtail takes every port but 443 for http."""
    site = consultation.site
    port = "" if site.port in USUAL_PORTS else f":{site.port}"
    return f"{settings.PUBLIC_SCHEME}://{site.hostname}{port}"


def _name_of(consultation: Consultation, language: str) -> str:
    """As pages are headed in ``language``."""
    first: Page = consultation.site.root_page
    home = live_translations(first).get(language, first)
    return str(home.title)


def send(
    kind: str,
    *,
    to: str,
    language: str,
    consultation: Consultation,
    context: dict[str, Any],
    participant: UUID | None = None,
    draft: UUID | None = None,
) -> None:
    """Have the worker send a message of ``kind``; nothing is sent if the transaction rolls back.

    Its words are ``submissions/mail/<kind>.txt`` and ``.html``, told ``context``. ``participant``:
    whose it is, who takes it along when erased; ``draft``: of which contribution, the same. Raises
    ``UnsafeHeader`` for an address that would write headers of its own.
    """
    to = deliverable(header_safe(to))
    kind = MailKind(kind)
    with translation.override(language):
        site = " ".join(_UNSAFE.sub(" ", _name_of(consultation, language)).split())
        words = {
            "consultation": consultation,
            "language": language,
            "site": site,
            "site_url": f"{root_url(consultation)}/{language}/",
            **context,
        }
        subject = str(SUBJECTS[kind]) % {"site": site}
        text = render_to_string(f"submissions/mail/{kind}.txt", words)
        html = render_to_string(f"submissions/mail/{kind}.html", words | {"subject": subject})
    mail = Mail.objects.create(
        consultation=consultation,
        participant=participant,
        draft=draft,
        kind=kind,
        to=to,
        language=language,
        subject=header_safe(subject),
        text=text,
        html=html,
    )
    deliver.enqueue(mail.pk)


def forget(participant: Participant) -> None:
    """Delete the mail that waits for ``participant``, and their address with what was given up.

    What a worker is handing over at this moment leaves, and keeps nothing of theirs.
    """
    _forget(Mail.objects.filter(participant=participant.pk))


def forget_draft(*drafts: UUID, to: str = "") -> None:
    """The same for the mail of drafts: all of it, or what goes ``to`` one of their authors."""
    theirs = Mail.objects.filter(draft__in=drafts)
    _forget(theirs.filter(to=deliverable(to)) if to else theirs)


def _forget(mail: QuerySet[Mail]) -> None:
    theirs = mail.select_for_update(skip_locked=True)
    Mail.objects.filter(pk__in=list(theirs.values_list("pk", flat=True))).delete()
