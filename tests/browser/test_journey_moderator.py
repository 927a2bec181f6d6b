"""A moderator's day in Chromium: both languages, with scripts and without, by keyboard alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.clock import database_now
from home.roles import grant_roles, moderators_of
from submissions.models import (
    Debate,
    Decision,
    DecisionKind,
    Idea,
    IdeaStatus,
    Participant,
    RefusalReason,
)
from submissions.moderation.appeals import appeal
from submissions.moderation.services import decide
from tests.browser.staff import PASSWORD, account, press
from tests.factories import bilingual_site, bilingual_theme, debate_block, idea, participant

DOUBT, APPEAL = "Is it about health?", "Please, again."
WORDS = {
    "en": {
        "misspelt": "We should teech music in scools.",
        "mended": "We should teach music in schools.",
        "field": "The idea, with its spelling mended",
        "show": "Show what changes",
        "keep": "Keep this correction",
        "publish": "Publish this idea",
        "published": "is published.",
        "undo": "Undo",
        "undone": "stands where it stood before.",
        "reason": "It is advertising",
        "refuse": "Refuse this idea",
        "told": "It promotes a product, a brand or a service.",
        "appeals": "Appeals",
        "note": "Note to the other moderators",
        "uphold": "Uphold the refusal",
        "spam": "Refuse the ticked ideas as spam…",
        "all": "Refuse them all",
        "register": "/en/moderation/",
        "upheld": "Refusal upheld",
        "corrected": "Mend the spelling",
        "answered": "Uphold the refusal",
    },
    "fr": {
        "misspelt": "Il faut enseigné la musique a l’ecole.",
        "mended": "Il faut enseigner la musique à l’école.",
        "field": "L’idée, orthographe corrigée",
        "show": "Montrer ce qui change",
        "keep": "Garder cette correction",
        "publish": "Publier cette idée",
        "published": "est publiée.",
        "undo": "Annuler",
        "undone": "revient à sa situation antérieure.",
        "reason": "Elle est de nature publicitaire",
        "refuse": "Refuser cette idée",
        "told": "Elle vante un produit, une marque ou un service.",
        "appeals": "Recours",
        "note": "Note à l’équipe de modération",
        "uphold": "Maintenir le refus",
        "spam": "Refuser les idées cochées comme indésirables…",
        "all": "Tout refuser",
        "register": "/fr/moderation/",
        "upheld": "Refus maintenus",
        "corrected": "Correction de l’orthographe",
        "answered": "Maintien du refus",
    },
}


def sign_in(tab: Tab, base: str, user: User) -> None:
    """Through the login page, whose words follow the browser."""
    tab.goto(f"{base}/admin/login/")
    tab.locator("[name=username]").fill(user.username)
    tab.locator("[name=password]").fill(PASSWORD)
    tab.locator("[name=password]").press("Enter")
    expect(tab).to_have_url(f"{base}/admin/")


def moderator(name: str, language: str) -> User:
    """Who moderates one language, and reads the admin in it."""
    english = {"en": "English", "fr": "French"}[language]
    user = account(name, moderators_of(english))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    return user


@pytest.fixture
def debate(transactional_db: None) -> Debate:
    site = bilingual_site()
    bilingual_theme(site, debate_block())
    grant_roles()
    return Debate.objects.get()


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        ("en", True),
        ("fr", False),
        pytest.param("en", False, marks=pytest.mark.more),
        pytest.param("fr", True, marks=pytest.mark.more),
    ],
)
def test_a_moderators_day(  # case 32
    live_server: Any,
    open_page: Callable[..., Tab],
    debate: Debate,
    language: str,
    javascript: bool,
) -> None:
    words, base = WORDS[language], live_server.url
    me, colleague = moderator("mo", language), moderator("co", language)
    author = participant(debate.consultation)
    old = database_now() - timedelta(hours=50)
    late = idea(
        debate, words["misspelt"], language, IdeaStatus.AWAITING, created_at=old, author=author
    )
    second = idea(debate, "Viagra 1, viagra 1", language, IdeaStatus.AWAITING)
    spam = idea(debate, "Viagra 2, viagra 2", language, IdeaStatus.AWAITING)
    foreign = idea(
        debate, "Not mine to read", "fr" if language == "en" else "en", IdeaStatus.AWAITING
    )

    desk = open_page(language, javascript=javascript)
    sign_in(desk, base, me)
    desk.goto(f"{base}/admin/moderation/")
    expect(desk.get_by_text("Not mine to read")).to_have_count(0)
    assert desk.goto(f"{base}/admin/moderation/{foreign.pk}/").status == 404
    desk.goto(f"{base}/admin/moderation/")
    desk.locator(".listing a", has_text=words["misspelt"]).click()

    mend_publish_undo_and_publish(desk, words)
    ask_a_colleague_then_refuse(desk, base, second, words)
    refuse_spam_by_the_page(desk, base, spam, words)
    kinds = Decision.objects.order_by("pk").values_list("kind", flat=True)
    told = ["correct", "publish", "undo", "publish", "escalate", "refuse", "refuse"]
    assert list(kinds) == told
    late.refresh_from_db()
    assert late.status == IdeaStatus.PUBLISHED

    Idea.objects.filter(pk=second.pk).update(author=author)
    a_colleague_upholds(
        open_page(language, javascript=javascript), base, colleague, second, author, words
    )
    reader = open_page(language, javascript=javascript)
    reader.goto(base + words["register"])
    expect(reader.get_by_role("columnheader", name=words["upheld"])).to_be_visible()
    expect(reader.get_by_text("Viagra")).to_have_count(0)
    read_the_history(desk, base, second, late, words)


def mend_publish_undo_and_publish(desk: Tab, words: dict[str, str]) -> None:
    """The spelling beside the author's own; then a decision, taken back and taken again."""
    desk.get_by_label(words["field"]).fill(words["mended"])
    desk.get_by_role("button", name=words["show"]).click()
    expect(desk.locator(".desk-difference ins").first).to_be_visible()
    desk.get_by_role("button", name=words["keep"]).click()
    expect(desk.get_by_role("heading", name=words["mended"])).to_be_visible()
    desk.get_by_role("button", name=words["publish"]).click()
    expect(desk.get_by_role("heading", name="Viagra 1")).to_be_visible()
    done = desk.locator(".desk-note[role=status]")
    expect(done).to_contain_text(words["published"])
    done.get_by_role("button", name=words["undo"]).click()
    expect(desk.locator(".desk-note[role=status]")).to_contain_text(words["undone"])
    desk.get_by_role("button", name=words["publish"]).click()


def ask_a_colleague_then_refuse(desk: Tab, base: str, second: Idea, words: dict[str, str]) -> None:
    """What is escalated waits with its question; the reason is read before it is sent."""
    expect(desk.get_by_role("heading", name="Viagra 1")).to_be_visible()
    desk.locator("#escalate-section textarea").fill(DOUBT)
    desk.locator("button[name=kind][value=escalate]").click()
    expect(desk.get_by_role("heading", name="Viagra 2")).to_be_visible()
    desk.goto(f"{base}/admin/moderation/{second.pk}/")
    expect(desk.locator(".desk-note blockquote")).to_have_text(DOUBT)
    letter = desk.locator(".desk-letter", has_text=words["told"])
    expect(letter).not_to_be_visible()
    desk.get_by_label(words["reason"]).check()
    expect(letter).to_be_visible()
    desk.get_by_role("button", name=words["refuse"]).click()
    expect(desk.get_by_role("heading", name="Viagra 2")).to_be_visible()


def refuse_spam_by_the_page(desk: Tab, base: str, spam: Idea, words: dict[str, str]) -> None:
    desk.goto(f"{base}/admin/moderation/")
    desk.locator(f"[name=id][value='{spam.pk}']").check()
    desk.get_by_role("button", name=words["spam"]).click()
    desk.get_by_label(words["reason"]).check()
    desk.get_by_role("button", name=words["all"]).click()
    expect(desk.locator(".listing [name=id]")).to_have_count(0)


def read_the_history(desk: Tab, base: str, second: Idea, late: Idea, words: dict[str, str]) -> None:
    """Each decision, its words and who took it, on the page of the idea."""
    desk.goto(f"{base}/admin/moderation/{second.pk}/")
    history = desk.locator("#history-section")
    for told_of in (DOUBT, words["reason"], APPEAL, words["answered"], "co"):
        expect(history.get_by_text(told_of).first).to_be_visible()
    desk.goto(f"{base}/admin/moderation/{late.pk}/")
    expect(desk.locator("#history-section").get_by_text(words["corrected"])).to_be_visible()


def a_colleague_upholds(
    tab: Tab, base: str, colleague: User, refused: Idea, author: Participant, words: dict[str, str]
) -> None:
    """The author appeals; another moderator answers."""
    appeal(Idea.objects.get(pk=refused.pk), author, APPEAL, refused.language)
    sign_in(tab, base, colleague)
    tab.goto(f"{base}/admin/moderation/")
    tab.locator(".desk-tabs").get_by_role("link", name=words["appeals"]).click()
    tab.locator(".listing a", has_text="Viagra 1").click()
    tab.get_by_label(words["note"]).fill("It sells pills.")
    tab.get_by_role("button", name=words["uphold"]).click()
    expect(tab.locator(".desk-note[role=status]")).to_be_visible()


def test_by_keyboard_alone_with_single_keys_that_can_be_turned_off(
    live_server: Any, open_page: Callable[..., Tab], debate: Debate
) -> None:
    first, second, third = (
        idea(debate, f"We should do thing {number}.", "en", IdeaStatus.AWAITING)
        for number in range(3)
    )
    desk = open_page()
    sign_in(desk, live_server.url, moderator("mo", "en"))
    desk.goto(f"{live_server.url}/admin/moderation/{first.pk}/")
    keys = desk.keyboard
    keys.press("?")
    expect(desk.locator("#shortcuts summary")).to_be_focused()
    keys.press("e")
    expect(desk.locator("#escalate-section textarea")).to_be_focused()
    keys.type("pnru?")  # words, while one writes
    expect(desk.locator("#escalate-section textarea")).to_have_value("pnru?")
    assert not Decision.objects.exists()
    keys.press("Shift+Tab")
    desk.evaluate("document.activeElement.blur()")
    keys.press("r")
    expect(desk.locator(".desk-reasons input").first).to_be_focused()
    keys.press("n")
    expect(desk.get_by_role("heading", name="thing 1")).to_be_visible()
    press(desk, "p")
    expect(desk.get_by_role("heading", name="thing 2")).to_be_visible()
    assert Idea.objects.get(pk=second.pk).status == IdeaStatus.PUBLISHED
    press(desk, "u")
    expect(desk.get_by_role("heading", name="thing 1")).to_be_visible()
    assert Idea.objects.get(pk=second.pk).status == IdeaStatus.AWAITING
    press(desk, "Control+p")
    keys.press("?")
    keys.press("Tab")
    keys.press("Space")
    expect(desk.locator("#shortcuts-on")).not_to_be_checked()
    desk.goto(f"{live_server.url}/admin/moderation/{third.pk}/")
    keys.press("p")
    expect(desk.locator("#shortcuts-on")).not_to_be_checked()
    assert Idea.objects.get(pk=third.pk).status == IdeaStatus.AWAITING


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((1280, 900), id="desk", marks=pytest.mark.more),
        pytest.param((360, 740), id="phone"),
    ],
)
def test_the_desk_and_the_register_have_no_fault_that_axe_knows(
    live_server: Any,
    open_page: Callable[..., Tab],
    axe: Callable[..., None],
    debate: Debate,
    size: tuple[int, int],
) -> None:
    waiting = idea(debate, status=IdeaStatus.AWAITING)
    refused = idea(debate, status=IdeaStatus.AWAITING, author=participant(debate.consultation))
    colleague = moderator("co", "en")
    decide(refused, DecisionKind.REFUSE, colleague, RefusalReason.OTHER)
    assert refused.author is not None
    appeal(refused, refused.author, "Again, please.", "en")
    desk = open_page(viewport={"width": size[0], "height": size[1]})
    sign_in(desk, live_server.url, moderator("mo", "en"))
    for path in (
        "/admin/moderation/",
        f"/admin/moderation/{waiting.pk}/",
        f"/admin/moderation/{refused.pk}/",
        f"/admin/moderation/spam/?id={waiting.pk}",
        "/en/moderation/",
    ):
        desk.goto(live_server.url + path)
        # Wagtail's own frame has its own faults.
        frame = ("#wagtail-sidebar", "header", ".w-panel__header", ".w-slim-header", ".messages")
        axe(desk, leave_out=frame if path.startswith("/admin") else ())
        assert desk.evaluate("document.documentElement.scrollWidth") <= size[0]
