"""Writing a message: its words in the reader's language, its links on the site's own address."""

from collections.abc import Mapping
from typing import Any

import regex
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.mail.delivery import deliver
from submissions.models import Consultation, Mail, MailKind

# What ends a line for one mail program or another, and what can't be seen.
_UNSAFE = regex.compile(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]")

SUBJECTS: Mapping[MailKind, str | Promise] = {
    MailKind.CONFIRM_IDEA: _("Confirm your idea (%(site)s)"),
    MailKind.COME_BACK: _("Your link to “My participation” (%(site)s)"),
    MailKind.DECISION: pgettext_lazy("subject of a mail", "Your idea (%(site)s)"),
    MailKind.APPEAL_ANSWERED: pgettext_lazy("subject of a mail", "Your appeal (%(site)s)"),
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
        return consultation.site.root_url + reverse(f"submissions:{view}", args=args)


def send(
    kind: str, *, to: str, language: str, consultation: Consultation, context: dict[str, Any]
) -> None:
    """Have the worker send a message of ``kind``; nothing is sent if the transaction rolls back.

    Its words are ``submissions/mail/<kind>.txt`` and ``.html``, told ``context``. Raises
    ``UnsafeHeader`` for an address that would write headers of its own.
    """
    header_safe(to)
    kind = MailKind(kind)
    with translation.override(language):
        site = " ".join(_UNSAFE.sub(" ", str(consultation)).split())
        words = {
            "consultation": consultation,
            "language": language,
            "site": site,
            "site_url": f"{consultation.site.root_url}/{language}/",
            **context,
        }
        subject = str(SUBJECTS[kind]) % {"site": site}
        text = render_to_string(f"submissions/mail/{kind}.txt", words)
        html = render_to_string(f"submissions/mail/{kind}.html", words | {"subject": subject})
    mail = Mail.objects.create(
        consultation=consultation,
        kind=kind,
        to=to,
        language=language,
        subject=header_safe(subject),
        text=text,
        html=html,
    )
    deliver.enqueue(mail.pk)
