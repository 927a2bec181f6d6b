"""An author's address: write, give it, open the mail, confirm; come back elsewhere, and be one."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from submissions.mail.delivery import deliver
from submissions.models import Address, Idea, IdeaStatus, Mail, Participant, Vote
from tests.browser.languages import ONE_NOW
from tests.factories import bilingual_site, bilingual_theme, debate_block, idea
from tests.submissions.conftest import address
from tests.submissions.linking import LINK

WORDS = {
    "en": "We should plant a tree in every street.",
    "fr": "Il faut planter un arbre dans chaque rue.",
}
SAID = {
    "en": {
        "idea": "Your idea",
        "send": "Send my idea",
        "address": "Your e-mail address",
        "link": "Send me the link",
        "check": "Check your e-mail",
        "confirm": "Confirm my idea",
        "thanks": "Thank you",
        "open": "Open my participation",
        "mine": "My participation",
    },
    "fr": {
        "idea": "Votre idée",
        "send": "Envoyer mon idée",
        "address": "Votre adresse électronique",
        "link": "M’envoyer le lien",
        "check": "Consultez votre messagerie",
        "confirm": "Confirmer mon idée",
        "thanks": "Merci",
        "open": "Ouvrir ma participation",
        "mine": "Ma participation",
    },
}


def link_in_the_mail(base: str, to: str, mailbox: Any) -> str:
    """What the newest message leads to, once the worker has sent it."""
    deliver.call(Mail.objects.latest("pk").pk)
    message = mailbox[-1]
    assert message.to == [to]
    found = LINK.search(message.body)
    assert found is not None
    return f"{base}{found[1]}?key={found[2]}"


@pytest.mark.parametrize(
    "javascript",
    [
        pytest.param(True, id="javascript"),
        pytest.param(False, id="no javascript", marks=pytest.mark.more),
    ],
)
@pytest.mark.parametrize("language", ONE_NOW)
def test_an_address_confirms_an_idea_and_brings_its_author_back(  # cases 14 and 43
    live_server: Any,
    open_page: Callable[..., Tab],
    mailoutbox: list[Any],
    language: str,
    javascript: bool,
) -> None:
    said, base, email = SAID[language], live_server.url, "camille@example.org"
    english, french = bilingual_theme(bilingual_site(confirm_addresses=True), debate_block())
    theme = {"en": english, "fr": french}[language]

    home = open_page(language, javascript=javascript)
    home.goto(base + theme.url)
    home.get_by_role("textbox", name=said["idea"]).fill(WORDS[language])
    home.get_by_role("button", name=said["send"]).click()
    written = Idea.objects.get()
    assert written.status == IdeaStatus.UNCONFIRMED
    expect(home.get_by_text(WORDS[language])).to_be_visible()
    home.get_by_label(said["address"]).fill(email)
    home.get_by_role("button", name=said["link"]).click()
    expect(home.get_by_role("heading", level=1)).to_have_text(said["check"])
    expect(home.get_by_text(email).first).to_be_visible()

    link = link_in_the_mail(base, email, mailoutbox)
    home.goto(link)
    expect(home.get_by_text(WORDS[language])).to_be_visible()
    home.reload()
    written.refresh_from_db()
    assert written.status == IdeaStatus.UNCONFIRMED
    home.get_by_role("button", name=said["confirm"]).click()
    expect(home.get_by_role("heading", level=1)).to_have_text(said["thanks"])
    written.refresh_from_db()
    assert written.status == IdeaStatus.AWAITING
    answer = home.goto(link)
    assert answer is not None
    assert answer.status == 410

    voted_on = idea(written.debate, "Il faut ouvrir les musées la nuit.", "fr")
    phone = open_page(language, javascript=javascript)
    phone.goto(base + address("idea", voted_on.pk, language=language))
    start = address("start", written.debate_id, language=language)
    phone.locator(f"form[action='{start}'] button").click()
    phone.locator("button[name=choice][value=agree]").click()
    expect(phone.locator(".vote-done")).to_be_visible()
    assert Participant.objects.count() == 2
    phone.goto(base + address("come_back", language=language))
    phone.get_by_label(said["address"]).fill(email)
    phone.get_by_role("button", name=said["link"]).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(said["check"])
    phone.goto(link_in_the_mail(base, email, mailoutbox))
    phone.get_by_role("button", name=said["open"]).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(said["mine"])
    expect(phone.get_by_text(WORDS[language])).to_be_visible()

    known = Address.objects.get().participant
    assert Vote.objects.get().participant == known == written.author
    home.goto(base + address("idea", voted_on.pk, language=language))
    expect(home.locator(".vote-done")).to_be_visible()
