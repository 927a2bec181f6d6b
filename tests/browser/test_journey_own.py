"""One's own participation by keyboard: an appeal, an idea withdrawn, a vote undone, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from submissions.models import (
    Appeal,
    Debate,
    DecisionKind,
    Idea,
    IdeaStatus,
    Participant,
    RefusalReason,
    Vote,
)
from submissions.moderation.notices import notify
from submissions.moderation.services import decide
from tests.browser.keyboard import Keyboard
from tests.factories import bilingual_site, bilingual_theme, debate_block, idea

if TYPE_CHECKING:
    from tests.fixtures.browser import OpenPage

WHY = {"en": "It is one idea: read it again.", "fr": "C’est une seule idée : relisez-la."}
SAID = {
    "en": ("Another moderator answers.", "is undone.", "Withdrawn by you.", "is erased."),
    "fr": ("va répondre.", "est annulé.", "Retirée par vous.", "est effacée."),
}


def link(name: str, *args: object) -> str:
    """The link to a view, in the language that is active."""
    return f"main a[href='{reverse(f'submissions:{name}', args=args)}']"


@pytest.mark.parametrize(
    ("language", "javascript"), [("en", True), ("fr", False)], ids=["en", "fr without scripts"]
)
def test_what_is_ones_own_is_done_by_keyboard_alone(  # cases 32, 60, 75
    live_server: Any, open_page: OpenPage, language: str, javascript: bool
) -> None:
    bilingual_theme(bilingual_site(), debate_block())
    debate = Debate.objects.get()
    others = [idea(debate, f"We should plant {number} trees on every roof.") for number in (1, 2)]
    tab = open_page(language, javascript=javascript)
    keys = Keyboard(tab)
    answers, undone, withdrawn, erased = SAID[language]
    with translation.override(language):
        tab.goto(live_server.url + reverse("submissions:vote", args=[debate.pk]))
        keys.enter_content()
        keys.follow("main form button")
        me = Participant.objects.get()
        for other in others:
            other.votes.create(participant=me, choice="agree", read_in="en")
        shown = idea(debate, author=me)
        refused = idea(debate, status=IdeaStatus.AWAITING, author=me)
        ada = User.objects.create_user("ada")
        notify.call(decide(refused, DecisionKind.REFUSE, ada, RefusalReason.SEVERAL_IDEAS).pk)

        tab.goto(live_server.url + reverse("submissions:participation"))
        keys.enter_content()
        keys.follow(link("appeal", refused.pk))
        keys.enter_content()
        keys.reach("main textarea")
        keys.type(WHY[language])
        keys.follow("main form button[type=submit]")
        expect(tab.get_by_text(answers)).to_be_visible()
        assert keys.is_at(f"#idea-{refused.pk}")
        assert Appeal.objects.get().text == WHY[language]

        keys.follow(link("withdraw", shown.pk))
        keys.enter_content()
        keys.follow("main .button-danger")
        expect(tab.get_by_text(withdrawn)).to_be_visible()
        assert Idea.objects.get(pk=shown.pk).status == IdeaStatus.WITHDRAWN

        keys.follow(link("own_votes"))
        keys.enter_content()
        keys.follow("main form button[type=submit]")
        expect(tab.get_by_text(undone)).to_be_visible()
        assert Vote.objects.get().idea == others[0]
        keys.enter_content()
        keys.follow(link("participation"))

        keys.enter_content()
        keys.follow(link("erase"))
        keys.enter_content()
        keys.reach("[name=votes]")
        keys.press("Space")
        assert tab.is_checked("[name=votes]")
        keys.follow("main .button-danger")
        expect(tab.get_by_text(erased)).to_be_visible()
        assert not Participant.objects.exists()
        assert not Vote.objects.exists()
        assert Appeal.objects.get().idea.author is None
