"""Screens of limits: the card of who votes too fast, the page of what was done too often."""

import uuid
from unittest.mock import patch

from django.test import override_settings
from playwright.sync_api import expect

from submissions.limits import counting
from tests.browser.screens import screen
from tests.browser.visits import Visit


@screen("vote: too fast")
def too_fast(visit: Visit) -> None:
    """The card stays, with when to go on, in place."""
    visit.take_part()
    visit.vote()
    with override_settings(VOTES_A_MINUTE=1):
        visit.tab.locator(f"form[action$='{undo_of(visit)}'] button").click()
        expect(visit.tab.locator(".vote-card [role=alert]")).to_be_visible()


def undo_of(visit: Visit) -> str:
    """The end of the address by which the vote on this card is taken back."""
    word = {"en": "undo", "fr": "annuler"}[visit.language]
    action = visit.tab.locator(f"form[action$='/{word}/']").first.get_attribute("action")
    assert action
    return action


@screen("too many")
def too_many(visit: Visit) -> None:
    """With the words that were sent."""
    visit.start()
    with patch.dict(counting.BY_PARTICIPANT, write=0):
        visit.open("submissions:write", visit.place.debate.pk)
        opening = {"en": "We should", "fr": "Il faut"}[visit.language]
        visit.tab.fill("main textarea", f"{opening} {uuid.uuid4()}")
        visit.send(status=429)
    expect(visit.tab.locator("main textarea[readonly]")).to_be_visible()
