"""An editor adds a debate in the admin; a translator translates the page; it works in French."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from home.roles import EDITORS, grant_roles, translators_of
from submissions.models import Debate, Idea
from tests.browser.staff import account, add_block, publish, sign_in
from tests.factories import bilingual_site
from themes.models import ThemePage

FRENCH = {
    "Clean air": "Un air pur",
    "clean-air": "un-air-pur",
    "What we breathe.": "Ce que nous respirons.",
    "Your ideas on air": "Vos idées sur l’air",
    "What should be done first?": "Que faut-il faire d’abord ?",
}


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_a_debate_added_in_the_admin_and_translated_there_works_in_french(
    live_server: Any, open_page: Callable[..., Tab], javascript: bool
) -> None:
    site = bilingual_site()
    grant_roles()
    base = live_server.url

    editor = open_page()
    sign_in(editor, base, account("ed", EDITORS))
    editor.goto(f"{base}/admin/pages/add/themes/themepage/{site.themes.pk}/")
    editor.locator("#id_title").fill("Clean air")
    editor.locator("#id_summary").fill("What we breathe.")
    add_block(editor, "Debate")
    editor.locator("[name='body-0-value-title']").fill("Your ideas on air")
    editor.locator("[name='body-0-value-invitation']").fill("What should be done first?")
    publish(editor)
    english = ThemePage.objects.get(title="Clean air", locale=site.home.locale)
    assert english.live
    debate = Debate.objects.get()
    assert not Debate.objects.open_at().exists()
    editor.goto(f"{base}/admin/pages/{english.pk}/edit/")
    expect(editor.get_by_text("Not published in French.")).to_be_visible()

    translator = open_page()
    sign_in(translator, base, account("tr", translators_of("French")))
    translator.goto(f"{base}/admin/localize/submit/page/{english.pk}/")
    translator.get_by_label("French").check()
    translator.get_by_role("button", name="Submit").click()
    expect(translator).to_have_url(re.compile("/edit/$"))
    french = ThemePage.objects.get(locale=site.home_fr.locale)
    assert not french.live
    translate_every_segment(translator)
    translator.get_by_role("button", name="More actions").last.click()
    expect(translator.get_by_role("button", name="Publish")).to_have_count(0)

    editor.goto(f"{base}/admin/pages/{french.pk}/edit/")
    editor.wait_for_load_state("networkidle")
    publish(editor)
    french.refresh_from_db()
    assert french.live
    assert Debate.objects.get() == debate
    assert Debate.objects.open_at().exists()

    citizen = open_page("fr", javascript=javascript)
    citizen.goto(base + french.url)
    assert french.slug == "un-air-pur"
    expect(citizen.get_by_role("heading", name="Vos idées sur l’air")).to_be_visible()
    citizen.get_by_label("Votre idée").fill("Il faut planter des arbres en ville.")
    citizen.get_by_role("button", name="Envoyer mon idée").click()
    expect(citizen.get_by_role("heading", level=1)).to_be_visible()
    idea = Idea.objects.get()
    assert idea.debate == debate
    assert idea.language == "fr"


def translate_every_segment(tab: Tab) -> None:
    """In wagtail-localize's editor, as a translator does: one string after the other."""
    for part in ("Content", "Promote"):
        tab.get_by_role("tab", name=part).click()
        to_translate = tab.get_by_role("button", name="Translate", exact=True)
        expect(to_translate.first).to_be_visible()
        while to_translate.count():
            waiting = to_translate.count()
            segment = to_translate.first.locator("xpath=ancestor::li[2]")
            english = next(words for words in FRENCH if words in segment.inner_text())
            to_translate.first.click()
            tab.locator("textarea:visible").fill(FRENCH[english])
            tab.get_by_role("button", name="Save", exact=True).click()
            expect(to_translate).to_have_count(waiting - 1)
