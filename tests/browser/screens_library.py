"""Screens of the library: the list, one contribution, one that is gone, the author's preview."""

from django.http import HttpResponse
from django.test import RequestFactory

from submissions.contributions.drafts.access import let_in
from submissions.contributions.publishing import services
from submissions.contributions.publishing.redacting import redact
from submissions.models import Contribution, DraftAuthor, RedactionReason
from tests.browser.screens import screen
from tests.browser.visits import LONG, Visit
from tests.submissions.libraries import Room, organiser, room_at

REASON = RedactionReason.PERSONAL_DATA


def here(visit: Visit) -> Room:
    """Where contributions are sent to."""
    return room_at(visit.place.where, visit.place.questionnaire)


def redacted(visit: Visit) -> Contribution:
    """A contribution of whose words some are taken out, its preview sent."""
    row = here(visit).contribution(LONG, email=f"{visit.language}@example.org")
    redact(row.answers.get(), "the town", REASON, organiser())
    services.propose(row, organiser())
    return row


def let_browser_in(visit: Visit, author: DraftAuthor) -> None:
    """Give the browser the cookie that the author's own has."""
    answer = HttpResponse()
    let_in(answer, RequestFactory().get("/"), author)
    visit.tab.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": visit.base}
            for name, morsel in answer.cookies.items()
        ]
    )


@screen("library")
def library(visit: Visit) -> None:
    here(visit).published(LONG, draft=False)
    visit.open("submissions:library")


@screen("library: nothing found")
def library_without(visit: Visit) -> None:
    visit.open("submissions:library", query="?q=xylophone")


@screen("publication")
def publication(visit: Visit) -> None:
    row = redacted(visit)
    proposed = row.publications.get()
    services.agree(proposed, seen=proposed.sha256)
    services.publish(row, organiser())
    visit.open("submissions:publication", row.reference)


@screen("publication: gone")
def gone(visit: Visit) -> None:
    one = here(visit).published(LONG, draft=False)
    services.take_back(one.contribution, organiser(), why="A mistake.")
    visit.open("submissions:publication", one.contribution.reference, status=410)


@screen("preview of a contribution")
def preview(visit: Visit) -> None:
    row = redacted(visit)
    let_browser_in(visit, DraftAuthor.objects.get(draft=row.draft, owner=True))
    visit.open("submissions:contribution_preview", row.draft.pk)


@screen("preview of a contribution: objected without words")
def objected(visit: Visit) -> None:
    preview(visit)
    visit.tab.locator("details > summary").last.click()
    visit.press("button[value=object]", status=422)
