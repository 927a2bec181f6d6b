"""An editor adds a debate in the admin; a translator translates the page; it works in French."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from home.roles import EDITORS, grant_roles, publishers_of, translators_of
from submissions.models import Debate, Idea
from tests.browser.staff import account, publish, sign_in
from tests.factories import bilingual_site
from themes.models import ThemePage

FRENCH = {
    "Clean air": "Un air pur",
    "clean-air": "un-air-pur",
    "What we breathe.": "Ce que nous respirons.",
    "Your ideas on air": "Vos idées sur l’air",
    "What should be done first?": "Que faut-il faire d’abord ?",
    "What do you propose on this theme, and why?": "Que proposez-vous, et pourquoi ?",
}


@pytest.mark.parametrize(
    "javascript",
    [
        pytest.param(True, id="javascript"),
        pytest.param(False, id="no javascript", marks=pytest.mark.more),
    ],
)
def test_a_debate_added_in_the_admin_and_translated_there_works_in_french(
    live_server: Any, open_page: Callable[..., Tab], javascript: bool
) -> None:
    site = bilingual_site()
    grant_roles()
    base = live_server.url

    editor = open_page()
    sign_in(editor, base, account("ed", EDITORS, publishers_of("English"), publishers_of("French")))
    editor.goto(f"{base}/admin/pages/add/themes/themepage/{site.themes.pk}/")
    editor.locator("#id_title").fill("Clean air")
    editor.locator("#id_summary").fill("What we breathe.")
    editor.locator("[name='body-1-value-title']").fill("Your ideas on air")
    editor.locator("[name='body-1-value-invitation']").fill("What should be done first?")
    publish(editor)
    english = ThemePage.objects.get(title="Clean air", locale=site.home.locale)
    assert english.live
    debate = Debate.objects.get()
    assert not Debate.objects.open_at().exists()
    editor.goto(f"{base}/admin/pages/{english.pk}/edit/")
    # The debate, and the questionnaire beside it.
    expect(editor.get_by_text("Not published in French.")).to_have_count(2)

    translator = open_page()
    sign_in(translator, base, account("tr", translators_of("French")))
    translator.goto(f"{base}/admin/localize/submit/page/{english.pk}/")
    translator.get_by_label("French").check()
    translator.get_by_role("button", name="Submit").click()
    expect(translator).to_have_url(re.compile("/admin/translating/pages/"))
    french = ThemePage.objects.get(locale=site.home_fr.locale)
    assert not french.live
    translate_every_segment(translator)
    expect(translator.get_by_role("button", name="Publish the translation")).to_have_count(0)
    translator.get_by_role("button", name="It is ready for review").click()
    expect(translator.locator(".messages")).to_contain_text("It is ready")

    editor.goto(f"{base}/admin/translating/pages/{french.pk}/")
    editor.get_by_label("I have reviewed it").check()
    editor.get_by_role("button", name="Publish the translation").click()
    expect(editor.locator(".messages")).to_contain_text("published")
    french.refresh_from_db()
    assert french.live
    assert Debate.objects.get() == debate
    assert Debate.objects.open_at().exists()

    citizen = open_page("fr", javascript=javascript)
    citizen.goto(base + french.url)
    assert french.slug == "un-air-pur"
    expect(citizen.get_by_role("heading", name="Vos idées sur l’air")).to_be_visible()
    citizen.get_by_label("Votre idée").fill("Il faut planter des arbres en ville.")
    citizen.wait_for_load_state()
    citizen.get_by_role("button", name="Envoyer mon idée").click()
    citizen.wait_for_url(lambda url: url != base + french.url)
    idea = Idea.objects.get()
    assert idea.debate == debate
    assert idea.language == "fr"


def translate_every_segment(tab: Tab) -> None:
    """At the desk, as a translator does: all texts of the page, then one press."""
    expect(tab.locator("#next-steps")).to_be_visible()  # below the last text
    for text in tab.locator(".translating-segment").all():
        english = text.locator(".translating-source p").first.inner_text()
        text.get_by_role("textbox").fill(
            next(FRENCH[words] for words in FRENCH if words in english)
        )
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.locator(".messages")).to_contain_text("saved")
