"""The citizen's door, from a French idea to a vote that both languages show."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from core.clock import database_now
from home.roles import grant_roles, moderators_of
from submissions.debate.tallies import refresh_tallies
from submissions.models import Debate, Idea, IdeaText, Vote
from tests.browser.staff import account, sign_in
from tests.factories import bilingual_site, bilingual_theme, debate_block

CARDS = 3
IDEA = "Il faut ouvrir les données de santé à la recherche publique."


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_a_french_idea_is_published_and_voted_on_from_the_english_page(
    live_server: Any, open_page: Callable[..., Tab], axe: Callable[[Tab], None], javascript: bool
) -> None:
    site = bilingual_site()
    english, french = bilingual_theme(site, debate_block())
    grant_roles()
    base = live_server.url

    author = open_page("fr", javascript=javascript)
    author.goto(base + french.url)
    author.get_by_label("Votre idée").fill(IDEA)
    author.get_by_role("button", name="Envoyer mon idée").click()
    expect(author.get_by_role("heading", level=1)).to_be_visible()
    assert Idea.objects.awaiting().count() == 1
    for page in (english, french):
        author.goto(base + page.url)
        expect(author.get_by_text(IDEA)).to_have_count(0)

    moderator = open_page()
    sign_in(moderator, base, account("mod", moderators_of("French")))
    moderator.goto(f"{base}/admin/moderation/")
    moderator.get_by_role("link", name=IDEA).click()
    moderator.get_by_role("button", name="Publish this idea").click()
    expect(moderator.get_by_text("published").first).to_be_visible()

    voter = open_page(javascript=javascript)
    voter.goto(base + english.url)
    shown = voter.get_by_text(IDEA)
    expect(shown).to_be_visible()
    assert shown.evaluate("node => node.closest('[lang]').lang") == "fr"
    idea = Idea.objects.get()
    voter.goto(f"{base}/en/ideas/{idea.pk}/")
    voter.get_by_role("button", name="Start voting").click()
    voter.get_by_role("button", name="Agree", exact=True).click()
    expect(voter.get_by_text("You agreed.")).to_be_visible()
    if javascript:  # axe is a script: it cannot run on a page without
        axe(voter)
    assert Vote.objects.get().choice == "agree"
    assert Vote.objects.get().read_in == "fr"

    refresh_tallies()
    for path, words in ((f"/en/ideas/{idea.pk}/", "1 vote"), (f"/fr/idees/{idea.pk}/", "1 vote")):
        reader = open_page(javascript=javascript)
        reader.goto(base + path)
        expect(reader.get_by_text(words).first).to_be_visible()
    for page in (english, french):
        voter.goto(base + page.url)
        expect(voter.get_by_text("1 vote").first).to_be_visible()

    voter.goto(f"{base}/en/ideas/{idea.pk}/")
    voter.get_by_role("button", name="Disagree", exact=True).click()
    expect(voter.get_by_text("You disagreed.")).to_be_visible()
    assert Vote.objects.get().choice == "disagree"
    voter.get_by_role("button", name="Undo").click()
    expect(voter.get_by_text("You disagreed.")).to_have_count(0)
    assert not Vote.objects.exists()


def test_a_sequence_of_cards_is_done_by_keyboard_alone(
    live_server: Any, open_page: Callable[..., Tab]
) -> None:
    site = bilingual_site()
    english, _french = bilingual_theme(site, debate_block())
    debate = Debate.objects.get()
    for number in range(CARDS):
        publish_idea(debate, f"We should do thing number {number}.")
    voter = open_page()
    voter.goto(live_server.url + english.url)
    voter.get_by_role("button", name="Start voting").focus()
    voter.keyboard.press("Enter")
    voter.get_by_label("Français").focus()
    voter.keyboard.press("Space")
    voter.keyboard.press("Tab")
    voter.keyboard.press("Enter")
    for card in range(CARDS):
        voter.get_by_role("button", name="Neutral", exact=True).focus()
        voter.keyboard.press("Enter")
        expect(voter.get_by_text("You are neutral.")).to_be_visible()
        # Focus goes to what changed.
        expect(voter.locator("#vote-card :focus, #vote-card:focus")).to_have_count(1)
        if card < CARDS - 1:
            voter.get_by_role("link", name="Next idea").focus()
            voter.keyboard.press("Enter")
            expect(voter.get_by_text("You are neutral.")).to_have_count(0)
    assert Vote.objects.filter(choice="neutral", key_valid=True).count() == 3


def publish_idea(debate: Debate, text: str) -> Idea:
    idea = Idea.objects.create(
        debate=debate, language="en", status="published", published_at=database_now()
    )
    IdeaText.objects.create(idea=idea, language="en", text=text)
    return idea
