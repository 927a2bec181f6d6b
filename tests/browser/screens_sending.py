"""Screens of a contribution that is checked, sent, read by its authors, changed and withdrawn."""

import uuid

from core.clock import database_now
from submissions.contributions.changing import take_up
from submissions.contributions.drafts.links import give_address
from tests.browser.screens import SCREENS, at, screen
from tests.browser.visits import Visit, changed
from tests.submissions.sendable import Sendable, begun, co_author, filled, mailed_key

SCREENS["find a contribution again"] = at("submissions:draft_find")
SCREENS["contribution: link over"] = at("submissions:draft_link", query="?key=nonsense", status=410)
SCREENS["contribution: withdrawn"] = at("submissions:contribution_withdrawn")


def dossier_of(visit: Visit, *, fill: bool = True) -> Sendable:
    """A draft of the place, whose owner's cookie this browser has."""
    dossier = begun(visit.place.where, [visit.place.questionnaire])
    if fill:
        filled(dossier)
    visit.tab.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": visit.base}
            for name, morsel in dossier.browser().cookies.items()
        ]
    )
    return dossier


def mailbox() -> str:
    """An address of one's own each time: a mailbox is written to so often."""
    return f"author-{uuid.uuid4().hex[:12]}@example.org"


@screen("find a contribution again: check your e-mail")
def found(visit: Visit) -> None:
    visit.open("submissions:draft_find")
    visit.tab.fill("main [name=email]", mailbox())
    visit.send()


@screen("leave a draft: error")
def leave(visit: Visit) -> None:
    visit.open("submissions:draft_leave", dossier_of(visit).author.draft_id)
    visit.tab.fill("main [name=email]", "camille")
    visit.send(status=422)


@screen("leave a draft: the link is on its way")
def left(visit: Visit) -> None:
    dossier = dossier_of(visit)
    give_address(dossier.me, mailbox(), "en")
    visit.open("submissions:draft_leave", dossier.author.draft_id, query="?sent=1")


@screen("contribution: link")
def link(visit: Visit) -> None:
    give_address(dossier_of(visit).me, mailbox(), "en")
    visit.open("submissions:draft_link", query=f"?key={mailed_key()}")


@screen("co-authors")
def authors(visit: Visit) -> None:
    dossier = dossier_of(visit)
    co_author(dossier, mailbox(), name="Sacha Martin", came_at=database_now())
    visit.open("submissions:draft_authors", dossier.author.draft_id)


@screen("check answers")
def check(visit: Visit) -> None:
    visit.open("submissions:draft_check", dossier_of(visit).author.draft_id)


@screen("check answers: something is missing")
def incomplete(visit: Visit) -> None:
    visit.open("submissions:draft_check", dossier_of(visit, fill=False).author.draft_id)


@screen("check answers: too late")
def late(visit: Visit) -> None:
    dossier = dossier_of(visit)
    with changed(visit.place.where.consultation, closes_at=database_now()):
        visit.open("submissions:draft_check", dossier.author.draft_id)


@screen("receipt of a contribution")
def receipt(visit: Visit) -> None:
    dossier = dossier_of(visit)
    dossier.send()
    visit.open("submissions:contribution_receipt", dossier.author.draft_id)


@screen("own contribution")
def own(visit: Visit) -> None:
    dossier = dossier_of(visit)
    dossier.send()
    visit.open("submissions:contribution", dossier.author.draft_id)


@screen("own contribution: being changed")
def being_changed(visit: Visit) -> None:
    dossier = dossier_of(visit)
    dossier.send()
    take_up(dossier.me)
    visit.open("submissions:contribution", dossier.author.draft_id)


@screen("withdraw a contribution")
def withdraw(visit: Visit) -> None:
    dossier = dossier_of(visit)
    dossier.send()
    visit.open("submissions:contribution_withdraw", dossier.author.draft_id)
