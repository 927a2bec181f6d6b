"""An organiser and a suspicion: what it changes, the judgement; by keyboard, with axe over it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.clock import database_now
from home.roles import ORGANISERS, grant_roles
from submissions.debate.tallies import refresh_tallies
from submissions.models import Origin, Participant, Tally
from tests.browser.languages import ONE_NOW
from tests.browser.place import make_place
from tests.browser.staff import account, sign_in
from tests.factories import idea, participant
from tests.submissions.casting import cast

TO_LOOK_AGAIN, TO_THE_REASON = "suspects/look-again/", "#id_reason"


@pytest.mark.parametrize("language", ONE_NOW)
def test_an_organiser_sets_a_cluster_aside_and_takes_one_back(
    live_server: Any,
    open_page: Callable[..., Tab],
    axe: Callable[[Tab], None],
    language: str,
) -> None:
    debate = make_place().debate
    wanted = idea(debate)
    for number in range(12):
        who = participant(debate.consultation)
        at = database_now() - timedelta(minutes=number)
        Origin.objects.create(participant=who, origin_hash=b"o" * 32, at=at)
        cast(wanted, who)
    refresh_tallies()
    grant_roles()
    user = account("olga", ORGANISERS)
    UserProfile.objects.create(user=user, preferred_language=language)
    tab = open_page("en")
    sign_in(tab, live_server.url, user)
    tab.goto(f"{live_server.url}/admin/suspects/")
    tab.locator(f"form[action$='{TO_LOOK_AGAIN}'] button").press("Enter")
    link = tab.locator("td.title a").first
    expect(link).to_be_visible()
    tab.reload()  # without the message, which fades
    axe(tab)
    link.press("Enter")
    expect(tab.locator("#effect-section")).to_contain_text(re.compile("12 (agree|d’accord)"))
    everybody = tab.locator("button[name=judgement][value=aside_all]")
    everybody.press("Enter")
    expect(tab.locator("[role=alert]").first).to_be_visible()
    axe(tab)
    assert not Participant.objects.filter(suspect=True).exists()
    tab.locator(TO_THE_REASON).fill("One hand.")
    tab.locator("button[name=judgement][value=aside_all]").press("Enter")
    expect(tab.locator("#judgements-section")).to_contain_text("One hand.")
    assert Participant.objects.filter(suspect=True).count() == 12
    tab.locator("[name=who]").first.press("Space")
    tab.locator(TO_THE_REASON).fill("She called us.")
    tab.locator("button[name=judgement][value=back]").press("Enter")
    expect(tab.locator("#judgements-section")).to_contain_text("She called us.")
    tab.reload()
    axe(tab)
    refresh_tallies(touched_within=timedelta(0))
    tally = Tally.objects.get(idea=wanted)
    assert (tally.counted, tally.votes) == (1, 12)
