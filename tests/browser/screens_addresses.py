"""Screens of addresses: asked after writing, confirmed behind a link; the way back; kept mail."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from core.clock import database_now
from submissions.models import Idea, MailedLink
from tests.browser.screens import SCREENS, at, screen
from tests.browser.visits import Visit, changed
from tests.submissions.linking import mailed_key

SCREENS["come back"] = at("submissions:come_back")
SCREENS["mailed link: over"] = at("submissions:mailed_link", query="?key=nonsense", status=410)


@contextmanager
def asking(visit: Visit) -> Iterator[Idea]:
    """An idea whose author's address is asked: the page that does so."""
    with changed(visit.place.where.consultation, confirm_addresses=True):
        visit.open("submissions:write", visit.place.debate.pk)
        visit.tab.fill("main textarea", f"{uuid.uuid4()} {uuid.uuid4()}")
        visit.send()
        yield Idea.objects.latest("pk")


def give_address(visit: Visit, *, status: int = 200) -> str:
    """An address of one's own each time: a mailbox is written to so often."""
    email = f"reader-{uuid.uuid4().hex[:12]}@example.org"
    visit.tab.fill("main [name=email]", email)
    visit.send(status=status)
    return email


def open_link(visit: Visit, *, status: int = 200) -> None:
    visit.open("submissions:mailed_link", query=f"?key={mailed_key()}", status=status)


@screen("confirm")
def confirm(visit: Visit) -> None:
    with asking(visit):
        visit.tab.locator("main [name=email]").wait_for()


@screen("confirm: error")
def confirm_error(visit: Visit) -> None:
    with asking(visit):
        visit.tab.fill("main [name=email]", "camille")
        visit.send(status=422)


@screen("confirm: check your e-mail")
def check(visit: Visit) -> None:
    with asking(visit):
        give_address(visit)
        visit.tab.locator("details").last.evaluate("details => details.open = true")


@screen("confirm: closed since, two ideas")
def closed_since(visit: Visit) -> None:
    with asking(visit) as first:
        give_address(visit)
        with (
            asking(visit) as second,
            changed(visit.place.debate, closes_at=database_now()),
        ):
            visit.open("submissions:confirm", second.pk)
        assert first != second


@screen("confirm: the address is known")
def known(visit: Visit) -> None:
    with asking(visit) as idea:
        pass
    visit.open("submissions:confirm", idea.pk)


@screen("written: not confirmed")
def written(visit: Visit) -> None:
    with asking(visit) as idea:
        visit.open("submissions:written", visit.place.debate.pk, query=f"?idea={idea.pk}")


@screen("mailed link: confirm, elsewhere")
def link(visit: Visit) -> None:
    with asking(visit):
        give_address(visit)
        visit.tab.context.clear_cookies()
        open_link(visit)


@screen("mailed link: used")
def used(visit: Visit) -> None:
    with asking(visit):
        give_address(visit)
        open_link(visit)
        visit.send()
        open_link(visit, status=410)


@screen("mailed link: over, another sent")
def another(visit: Visit) -> None:
    with asking(visit):
        give_address(visit)
        MailedLink.objects.filter(used_at=None).update(expires_at=database_now())
        open_link(visit, status=410)
        visit.send()


@screen("come back: check your e-mail")
def come_back(visit: Visit) -> None:
    visit.open("submissions:come_back")
    give_address(visit)


@screen("mailed link: come back")
def come_back_link(visit: Visit) -> None:
    with asking(visit):
        email = give_address(visit)
        open_link(visit)
        visit.send()
        visit.open("submissions:come_back")
        visit.tab.fill("main [name=email]", email)
        visit.send()
        open_link(visit)


@screen("kept mail")
def kept(visit: Visit) -> None:
    files = get_connection(
        "django.core.mail.backends.filebased.EmailBackend", file_path=settings.MAILBOX_PATH
    )
    words = "Confirm it here:\n\nhttp://127.0.0.1:8000/en/link/?key=nonsense"
    EmailMessage("Confirm your idea", words, to=["a@example.org"], connection=files).send()
    visit.open("mailbox")


@screen("kept mail: a message")
def message(visit: Visit) -> None:
    kept(visit)
    visit.press("main li a")
