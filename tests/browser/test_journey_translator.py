"""A translator's day in Chromium, by keyboard alone, in French; axe over their pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from home.roles import grant_roles, translators_of
from submissions.idea_translations import services
from submissions.models import Debate, IdeaText, TextOrigin
from tests.browser.staff import account, press
from tests.browser.test_journey_moderator import sign_in
from tests.factories import bilingual_site, bilingual_theme, debate_block, idea, translation_of

BREAK = "Il faut planter un arbre dans chaque rue."
# Wagtail's own frame has its own faults.
FRAME = ("#wagtail-sidebar", "header", ".w-panel__header", ".w-slim-header", ".messages")


@pytest.fixture
def debate(transactional_db: None) -> Debate:
    bilingual_theme(bilingual_site(), debate_block())
    grant_roles()
    return Debate.objects.get()


@pytest.fixture
def translator(debate: Debate) -> User:
    """Who translates into French, and reads the admin in it."""
    user = account("fleur", translators_of("French"))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "fr"
    profile.save()
    return user


def test_by_keyboard_alone(
    live_server: Any, open_page: Callable[..., Tab], debate: Debate, translator: User
) -> None:
    first = idea(debate)
    second = idea(debate, "We should sing.")
    proposed = idea(debate, "We should dance.")
    services.propose(proposed, "fr", "Il faut danser.", made_from=str(proposed))
    base = live_server.url
    desk = open_page("fr")
    sign_in(desk, base, translator)
    keys = desk.keyboard

    desk.goto(f"{base}/admin/idea-translations/")
    desk.locator(".listing a", has_text=str(first)).press("Enter")
    expect(desk.locator("#original")).to_have_text(str(first))
    press(desk, "?")
    expect(desk.locator("#shortcuts summary")).to_be_focused()
    keys.press("t")
    field = desk.locator("#id_text")
    expect(field).to_be_focused()
    keys.type("x" * 281)
    expect(desk.locator("#text-count")).to_have_text("Actuellement\u00a0: 281")
    keys.press("Control+Enter")
    summary = desk.locator("[role=alert] a")
    expect(summary).to_contain_text("280 caractères")
    summary.press("Enter")
    expect(field).to_be_focused()
    keys.press("Control+a")
    keys.type("Il faut chanter : t, a, s, n. 👩‍👩‍👧‍👦")  # words, while one writes
    expect(desk.locator("#text-count")).to_have_text("Actuellement\u00a0: 31")
    keys.press("Control+a")
    keys.type(BREAK)
    keys.press("Control+Enter")

    expect(desk.locator("#original")).to_have_text(str(second))
    expect(desk.locator(".messages")).to_contain_text("approuvée")
    text = IdeaText.objects.get(idea=first, language="fr")
    assert (text.text, text.approved_by, text.origin) == (BREAK, translator, TextOrigin.PERSON)
    press(desk, "t")
    keys.type("Il faut chanter.")
    keys.press("Tab")
    keys.press("s")
    expect(desk.locator(".messages")).to_contain_text("brouillon")
    assert not IdeaText.objects.get(idea=second, language="fr").approved

    desk.goto(f"{base}/admin/idea-translations/?queue=proposed")
    desk.locator(".listing a", has_text=str(proposed)).press("Enter")
    expect(field).to_have_value("Il faut danser.")
    press(desk, "a")
    expect(desk.locator(".messages")).to_contain_text("approuvée")
    assert IdeaText.objects.get(idea=proposed, language="fr").origin == TextOrigin.MACHINE

    desk.goto(f"{base}/admin/idea-translations/{first.pk}/fr/")
    keys.press("u")
    expect(desk.locator(".messages")).to_contain_text("redevient un brouillon")
    assert not IdeaText.objects.get(idea=first, language="fr").approved


@pytest.mark.parametrize(
    "javascript",
    [
        pytest.param(True, id="javascript"),
        pytest.param(False, id="no javascript", marks=pytest.mark.more),
    ],
)
def test_a_reader_reports_and_a_translator_mends(
    live_server: Any,
    open_page: Callable[..., Tab],
    debate: Debate,
    translator: User,
    javascript: bool,
) -> None:
    reported = idea(debate)
    translation_of(reported, "Il faut couper un arbre dans chaque rue.", "fr")
    base = live_server.url
    reader = open_page("fr", javascript=javascript)
    reader.goto(f"{base}/fr/idees/{reported.pk}/")
    expect(reader.locator(".idea-original")).to_contain_text("vérifiée par une personne")
    reader.get_by_role("link", name="Signaler cette traduction").press("Enter")
    reader.get_by_label("Ce qui ne va pas").fill("C’est le contraire !")
    reader.get_by_role("button", name="Envoyer le signalement").press("Enter")
    expect(reader.get_by_role("heading", name="Merci")).to_be_visible()
    assert not reader.context.cookies()

    desk = open_page("fr", javascript=javascript)
    sign_in(desk, base, translator)
    desk.goto(f"{base}/admin/idea-translations/?queue=reported")
    desk.locator(".listing a", has_text=str(reported)).click()
    expect(desk.get_by_text("C’est le contraire !")).to_be_visible()
    desk.locator("#id_text").fill(BREAK)
    desk.get_by_role("button", name="Enregistrer et approuver").click()
    expect(desk.locator(".messages")).to_contain_text("approuvée")
    reader.goto(f"{base}/fr/idees/{reported.pk}/")
    expect(reader.locator(".idea-text")).to_have_text(BREAK)
    expect(reader.locator(".idea-original")).to_contain_text("Traduit par une personne")


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((1280, 900), id="desk", marks=pytest.mark.more),
        pytest.param((360, 740), id="phone"),
    ],
)
def test_the_desk_has_no_fault_that_axe_knows(
    live_server: Any,
    open_page: Callable[..., Tab],
    axe: Callable[..., None],
    debate: Debate,
    translator: User,
    size: tuple[int, int],
) -> None:
    full = idea(debate)
    text = translation_of(full, BREAK, "fr")
    text.made_from = "We should plant a tree in each street."
    text.save()
    text.reports.create(comment="C’est le contraire !", language="fr")
    translation_of(idea(debate, "We should sing."), "Il faut chanter.", "fr", approved=False)
    empty = idea(debate, "We should dance.")
    base = live_server.url
    desk = open_page("fr", viewport={"width": size[0], "height": size[1]})
    sign_in(desk, base, translator)
    for path in ("?queue=waiting", "?queue=proposed", f"{full.pk}/fr/", f"{empty.pk}/fr/"):
        desk.goto(f"{base}/admin/idea-translations/{path}")
        axe(desk, leave_out=FRAME)
        assert desk.evaluate("document.documentElement.scrollWidth") <= size[0]
    desk.get_by_role("button", name="Enregistrer et approuver").click()
    expect(desk.locator("[role=alert]")).to_be_visible()
    axe(desk, leave_out=FRAME)
