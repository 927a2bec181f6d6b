"""The mail that a copy without a mail server kept in files, shown at ``/mailbox/``.

For those who try and build the site: there only where ``MAILBOX`` is on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.breadcrumbs import Crumb, crumbs_of_view
from core.views import preferred_language

MOST = 100  # shown, the newest first
RULE = b"\n" + b"-" * 79  # what Django's file backend writes below a message


@dataclass(frozen=True)
class Kept:
    """One message, named as its file."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """As its reader sees it."""
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        """Whom it is for."""
        return str(self.message["To"])

    @property
    def sent_at(self) -> datetime:
        """When it left; Django writes it in UTC."""
        return parsedate_to_datetime(str(self.message["Date"])).replace(tzinfo=UTC)

    @property
    def text(self) -> str:
        """The words, without markup."""
        body = self.message.get_body(("plain",))
        return body.get_content() if body is not None else ""


def _read(file: Path) -> Kept:
    said = file.read_bytes().partition(RULE)[0]
    return Kept(file.stem, message_from_bytes(said, policy=policy.default))


def _newest() -> Iterator[Kept]:
    """What was kept, by the time in the names of files."""
    files = sorted(Path(settings.MAILBOX_PATH).glob("*.log"), reverse=True)
    yield from map(_read, files[:MOST])


@require_safe
def in_a_language(request: HttpRequest) -> HttpResponse:
    """``/mailbox/``: lead to the browser's language."""
    language = preferred_language(request, dict(settings.LANGUAGES)) or settings.LANGUAGE_CODE
    with translation.override(language):
        return redirect("mailbox")


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The list."""
    title = _("Mail that this copy sent")
    context = {"kept": list(_newest()), "title": title, "crumbs": crumbs_of_view(title)}
    return _hidden(render(request, "submissions/mail/kept/list.html", context))


@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One message; its links can be followed."""
    file = Path(settings.MAILBOX_PATH) / f"{name}.log"
    if not file.exists():
        raise Http404
    kept = _read(file)
    above = Crumb(_("Mail that this copy sent"), request.path.rpartition(name)[0])
    context = {"mail": kept, "title": kept.subject, "crumbs": crumbs_of_view(kept.subject, above)}
    return _hidden(render(request, "submissions/mail/kept/message.html", context))


def _hidden(response: HttpResponse) -> HttpResponse:
    """No cache and no search engine keeps a link; no page that one leads to is told of it."""
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


entrance = [path("", in_a_language)]
urlpatterns = [
    path("", mailbox, name="mailbox"),
    path("<slug:name>/", message, name="mailbox_message"),
]
