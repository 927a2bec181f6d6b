"""The citizen's whole way in one go, from the theme to the erasure; and what others read of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from submissions.debate.tallies import refresh_tallies
from submissions.mail.delivery import deliver
from submissions.models import (
    Appeal,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Mail,
    Participant,
    RefusalReason,
    Vote,
    VoteEvent,
)
from submissions.moderation.appeals import answer
from submissions.moderation.notices import notify
from submissions.moderation.services import decide
from tests.factories import bilingual_site, bilingual_theme, debate_block, idea, translation_of
from tests.submissions.desk import moderator_of
from tests.submissions.linking import CAMILLE, LINK

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page as Tab

    from tests.fixtures.browser import OpenPage

ORGANISATION = "Les Amis de l’eau"
SUNDAYS = {
    "en": "We should open public libraries on Sundays.",
    "fr": "Il faut ouvrir les bibliothèques publiques le dimanche.",
}
SAID = {
    "en": {
        "opening": "We should ",
        "idea": "We should open all public libraries on Sundays.",
        "waits": "Awaiting a moderator",
        "several": "It holds several ideas at once",
        "appeal": "It is one idea, read it again.",
        "published": "Another moderator published it on",
        "author": f"From {ORGANISATION}",
        "undone": "is undone.",
        "erased": "Your participation is erased.",
    },
    "fr": {
        "opening": "Il faut ",
        "idea": "Il faut ouvrir toutes les bibliothèques publiques le dimanche.",
        "waits": "En attente de modération",
        "several": "Elle réunit plusieurs idées",
        "appeal": "C’est une seule idée, relisez-la.",
        "published": "l’a publiée le",
        "author": f"Idée proposée par {ORGANISATION}",
        "undone": "est annulé.",
        "erased": "Votre participation est effacée.",
    },
}


@dataclass
class Citizen:
    """Somebody at a browser, who reads one language."""

    tab: Tab
    base: str
    language: str

    def url(self, name: str, *args: object) -> str:
        with translation.override(self.language):
            return reverse(f"submissions:{name}", args=args)

    def open(self, name: str, *args: object) -> None:
        self.tab.goto(self.base + self.url(name, *args))

    def press(self, selector: str, then: str) -> None:
        """Press what ``selector`` names, and see ``then``: in place, or on a page."""
        self.tab.locator(selector).first.click()
        expect(self.tab.locator(then).first).to_be_visible()

    def reads(self, words: str) -> None:
        expect(self.tab.locator("main").get_by_text(words).first).to_be_visible()


@pytest.fixture(
    params=[
        ("en", True),
        ("fr", False),
        pytest.param(("en", False), marks=pytest.mark.more),
        pytest.param(("fr", True), marks=pytest.mark.more),
    ],
    ids=str,
)
def citizen(request: pytest.FixtureRequest, live_server: Any, open_page: OpenPage) -> Citizen:
    language, javascript = request.param
    return Citizen(open_page(language, javascript=javascript), live_server.url, language)


@pytest.fixture
def debate(transactional_db: None) -> Debate:
    """Ideas in both languages, one of them near to what the citizen is going to write."""
    bilingual_theme(bilingual_site(confirm_addresses=True), debate_block())
    debate = Debate.objects.get()
    debate.sequence_length, debate.invitation_every = 4, 2
    debate.save()
    for number in range(3):
        idea(debate, f"We should plant {number} trees in every street.")
        idea(debate, f"Il faut planter {number} arbres dans chaque rue.", "fr")
    near = idea(debate, SUNDAYS["en"])
    translation_of(near, SUNDAYS["fr"], "fr")
    return debate


def test_a_citizen_takes_part_from_the_theme_to_the_end(  # cases 13, 32
    citizen: Citizen,
    debate: Debate,
    open_page: OpenPage,
    axe: Callable[[Tab], None],
    mailoutbox: list[Any],
) -> None:
    vote_and_be_invited(citizen, debate)
    written = write_what_is_near_to_another(citizen, debate)
    confirm_the_address(citizen, written, mailoutbox)
    if citizen.tab.evaluate("typeof htmx") == "object":
        axe(citizen.tab)
    be_refused_and_published_on_appeal(citizen, written)
    others_read_it(citizen, written, open_page())
    take_a_vote_back_and_everything_along(citizen, written)


def vote_and_be_invited(citizen: Citizen, debate: Debate) -> None:
    """The theme, the consent, the languages; a vote, its qualification, its undoing; two cards."""
    tab = citizen.tab
    tab.goto(f"{citizen.base}/{citizen.language}/")
    citizen.press(".theme-card a", "form.door")
    assert not tab.context.cookies()
    citizen.press("form.door button", "[name=reads]")
    for box in tab.locator("main [name=reads]").all():
        box.check()
    card = ".vote-card:not(:has(.vote-done))"
    citizen.press("main form button[type=submit]", card)
    citizen.press("[value=agree]", ".vote-done")
    citizen.press("[name=add]", "[name=remove]")
    assert Vote.objects.get().qualifications
    citizen.press(".vote-done form button", card)
    assert not Vote.objects.exists()
    for choice, then in (("neutral", card), ("disagree", ".vote-invitation")):
        citizen.press(f"[value={choice}]", ".vote-done")
        citizen.press(".vote-done > a.button", then)
    kinds = list(VoteEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["cast", "qualified", "undone", "cast", "cast"]
    assert Vote.objects.filter(key_valid=True).count() == 2


def write_what_is_near_to_another(citizen: Citizen, debate: Debate) -> Idea:
    """From the invitation: for an organisation; the near idea is shown, and it is sent anyway."""
    tab, said = citizen.tab, SAID[citizen.language]
    citizen.press(".vote-invitation a.button", "textarea")
    assert tab.input_value("textarea") == said["opening"]
    tab.fill("textarea", said["idea"])
    tab.check("[name=speaks_for][value=organisation]")
    tab.fill("[name=organisation]", ORGANISATION)
    citizen.press("main form button[type=submit]", "[name=despite]")
    citizen.reads(SUNDAYS[citizen.language])
    assert not Idea.objects.exclude(status=IdeaStatus.PUBLISHED).exists()
    assert tab.input_value("textarea") == said["idea"]
    citizen.press("[name=despite]", "[name=email]")
    return Idea.objects.get(status=IdeaStatus.UNCONFIRMED, organisation=ORGANISATION)


def confirm_the_address(citizen: Citizen, written: Idea, mailoutbox: list[Any]) -> None:
    """The link is opened twice, as a scanner would; its button alone does something."""
    tab = citizen.tab
    tab.fill("[name=email]", CAMILLE)
    citizen.press("main form button[type=submit]", "details button[name=drop], .lead")
    deliver.call(Mail.objects.latest("pk").pk)
    found = LINK.search(mailoutbox[-1].body)
    assert found is not None
    for _time in range(2):
        tab.goto(f"{citizen.base}{found[1]}?key={found[2]}")
        written.refresh_from_db()
        assert written.status == IdeaStatus.UNCONFIRMED
    citizen.press("main form button[type=submit]", ".confirmation .reference")
    written.refresh_from_db()
    assert written.status == IdeaStatus.AWAITING


def be_refused_and_published_on_appeal(citizen: Citizen, written: Idea) -> None:
    """The reason is read, the appeal written; another moderator publishes."""
    said, me = SAID[citizen.language], f"#idea-{written.pk}"
    citizen.open("participation")
    citizen.reads(said["waits"])
    ada, bo = (moderator_of(name, citizen.language) for name in ("ada", "bo"))
    refused = decide(written, DecisionKind.REFUSE, ada, RefusalReason.SEVERAL_IDEAS)
    citizen.open("participation")
    citizen.reads(said["waits"])  # until they are told, some minutes later
    notify.call(refused.pk)
    citizen.open("participation")
    citizen.reads(said["several"])
    citizen.press(f"{me} a[href='{citizen.url('appeal', written.pk)}']", "main textarea")
    citizen.tab.fill("main textarea", said["appeal"])
    citizen.press("main form button[type=submit]", f"{me} details")
    assert Appeal.objects.get().text == said["appeal"]
    notify.call(answer(written, DecisionKind.PUBLISH, bo).pk)
    citizen.open("participation")
    citizen.reads(said["published"])


def others_read_it(citizen: Citizen, written: Idea, reader: Tab) -> None:
    """From the other language: in its own words, by its author; and a vote joins the tally."""
    other = Citizen(reader, citizen.base, "fr" if citizen.language == "en" else "en")
    reader.goto(f"{other.base}/{other.language}/")
    other.press(".theme-card a", "form.door")
    words = reader.locator(f"#idea-{written.pk} .idea-text")
    expect(words).to_have_attribute("lang", citizen.language)
    expect(words).to_contain_text("biblioth" if citizen.language == "fr" else "libraries")
    words.locator("a").click()
    other.reads(SAID[other.language]["author"])
    other.press("form.flow button", "[name=choice]")
    other.press("[value=agree]", ".vote-done")
    refresh_tallies()
    for who in (citizen, other):
        who.open("idea", written.pk)
        who.reads("1 vote")


def take_a_vote_back_and_everything_along(citizen: Citizen, written: Idea) -> None:
    """The list of one's votes, the copy of one's data, then the erasure, asked twice."""
    tab, said = citizen.tab, SAID[citizen.language]
    citizen.open("participation")
    citizen.press(f"main a[href='{citizen.url('own_votes')}']", "main .idea form")
    citizen.press("main .idea form button", ".notice")
    citizen.reads(said["undone"])
    copy = tab.request.get(citizen.base + citizen.url("own_data"))
    told = json.loads(copy.text())
    assert [one["number"] for one in told["ideas"]] == [written.pk]
    assert len(told["votes"]) == 1
    citizen.open("participation")
    citizen.press(f"main a[href='{citizen.url('erase')}']", ".button-danger")
    citizen.press(".button-danger", ".confirmation")
    citizen.reads(said["erased"])
    names = {cookie["name"] for cookie in tab.context.cookies()}
    assert settings.PARTICIPANT_COOKIE_NAME not in names
    assert Participant.objects.count() == 1  # the reader's
    written.refresh_from_db()
    assert written.status == IdeaStatus.PUBLISHED
    assert written.author is None
    assert Vote.objects.filter(participant=None).count() == 1
