"""What must work before a consultation opens: mail, background work, addresses, pictures."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.alternates import live_translations
from home.opening.lacks import Lack, Whose
from home.opening.words import on_page, setting
from submissions.models import Consultation, Mail, MailKind, MailStatus
from submissions.ticker import somebody_leads

logger = logging.getLogger(__name__)

TRIED_WITHIN = timedelta(days=7)
NOBODY_ELSES = {"localhost", "127.0.0.1", "::1"}


def worker(consultation: Consultation) -> Iterator[Lack]:
    """A worker runs at this moment."""
    if not somebody_leads():
        said = _("No worker runs: start manage.py worker, and have it started with the site.")
        yield Lack(said, whose=Whose.HOST)


def mail(consultation: Consultation) -> Iterator[Lack]:
    """A test message was taken by the mail server within a week."""
    tests = Mail.objects.filter(consultation=consultation, kind=MailKind.TEST)
    since = consultation.now - TRIED_WITHIN
    if tests.filter(status=MailStatus.SENT, settled_at__gte=since).exists():
        return
    last = tests.order_by("-made_at").first()
    if last is None or last.status == MailStatus.SENT:
        yield Lack(_("No test message has been sent these seven days: send one from this page."))
    elif last.trouble:
        yield Lack(
            _("The test message was not taken by the mail server (%(trouble)s): see EMAIL_URL.")
            % {"trouble": last.trouble},
            whose=Whose.HOST,
        )
    else:
        yield Lack(_("The test message waits to be sent: look again in a minute."))


def address(consultation: Consultation) -> Iterator[Lack]:
    """Others can reach the site, and its links are encrypted."""
    if settings.STYLEGUIDE:  # on in development, refused in production
        return
    if consultation.site.hostname in NOBODY_ELSES:
        yield Lack(
            _("The site’s address is “%(host)s”, which leads nobody here: see SITE_URL.")
            % {"host": consultation.site.hostname},
            whose=Whose.HOST,
        )
    if settings.PUBLIC_SCHEME != "https":
        said = _("The links of mail are not encrypted: see PUBLIC_SCHEME.")
        yield Lack(said, whose=Whose.HOST)


def share_pictures(consultation: Consultation) -> Iterator[Lack]:
    """The picture of the home page can be drawn in each language."""
    homes = live_translations(consultation.site.root_page)
    for code, home in homes.items():
        with translation.override(code):
            try:
                home.specific.share_picture(home.title).png()
            except Exception:  # whatever Pillow or a font does
                logger.exception("The picture for sharing can't be drawn in %s", code)
                yield on_page(home, _("The picture for sharing can’t be drawn."), code)


def search_engines(consultation: Consultation) -> Iterator[Lack]:
    """Nothing on the pages says that they are not meant."""
    if consultation.demonstration:
        yield setting(consultation, _("Every page says that this is a demonstration."))


def backups(consultation: Consultation) -> Iterator[Lack]:
    """Somebody said how the database and the files are saved; whether it works, no page knows."""
    if not settings.BACKUPS:
        yield Lack(_("It is not said how backups are made: see BACKUPS."), whose=Whose.HOST)
