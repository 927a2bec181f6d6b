"""An expert's contribution: begun in English, left, found again by the mail, sent once, changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from submissions.mail.delivery import deliver
from submissions.models import (
    Contribution,
    ContributionState,
    ContributionVersion,
    Draft,
    Mail,
    MailKind,
    Questionnaire,
)
from tests.factories import bilingual_site, bilingual_theme, questionnaire_block
from tests.submissions.conftest import address
from tests.submissions.filing import pdf
from tests.submissions.mailbox import serving, words_of
from tests.submissions.sendable import CAMILLE, LINK, TWO_TEXTS, WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page as Tab

    from tests.fixtures.browser import OpenPage

OTHER = {"en": "fr", "fr": "en"}
CHANGED = "Open them, and say what they were trained on."


def link_in_the_mail(base: str) -> str:
    """What the newest message leads to, once a real server has taken it."""
    with serving() as server:
        deliver.call(Mail.objects.latest("pk").pk)
    found = LINK.search(words_of(server.taken[-1]))
    assert found is not None
    return f"{base}{found[1]}?key={found[2]}"


def press(tab: Tab, value: str) -> None:
    """Save the page, and go where the button leads."""
    tab.locator(f"main button[name=then][value={value}]").click()


def fill_in(tab: Tab, name: str, words: str) -> None:
    tab.locator(f"main [name='{name}']").fill(words)


def parts(tab: Tab, at: Any) -> None:
    """Who answers, and what may be done with it."""
    tab.goto(at("draft_about"))
    tab.locator("main [name=respondent_type][value=academic]").check()
    fill_in(tab, "name", "Camille Noël")
    tab.locator("main [name=country]").select_option("FR")
    fill_in(tab, "email", CAMILLE)
    press(tab, "list")
    tab.goto(at("draft_consents"))
    tab.locator("main [name=analysis]").check()
    tab.locator("main [name=publication][value=publication_with_name]").check()
    press(tab, "list")


def send_twice(tab: Tab, at: Any, *, javascript: bool) -> None:
    """Press the button twice before anything is answered; then go back, and press once more."""
    tab.goto(at("draft_check"))
    button = tab.locator("main form:has([name=form_key]) button")
    button.dblclick(no_wait_after=True)
    tab.locator("main .reference").wait_for()
    if not javascript:
        tab.go_back()
        if button.count():
            button.click()
        tab.goto(at("contribution_receipt"))


def begin_and_leave(tab: Tab, base: str, language: str, long_text: str) -> Draft:
    """Begin, write a first answer, and leave with an address."""
    questionnaire = Questionnaire.objects.get()
    tab.goto(base + address("questionnaire", questionnaire.pk, language=language))
    tab.locator("main form .button-large").click()
    draft = Draft.objects.get()
    section = (str(draft.pk), questionnaire.pk, 0)
    tab.goto(base + address("draft_section", *section, language=language))
    fill_in(tab, long_text, WORDS)
    press(tab, "exit")
    fill_in(tab, "email", CAMILLE)
    tab.locator("main form button.button").first.click()
    tab.get_by_text(CAMILLE).first.wait_for()
    return draft


def change(tab: Tab, at: Any, section: str, long_text: str) -> None:
    """Take what was sent up again, write something else, and send it."""
    tab.locator("#change ~ form button").click()
    tab.goto(section)
    fill_in(tab, long_text, CHANGED)
    press(tab, "list")
    tab.goto(at("draft_check"))
    tab.locator("main form:has([name=form_key]) button").click()
    tab.locator("main .reference").wait_for()


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        ("en", True),
        ("fr", False),
        pytest.param("en", False, marks=pytest.mark.more),
        pytest.param("fr", True, marks=pytest.mark.more),
    ],
)
def test_from_the_first_word_to_the_last(  # cases 17, 31, 32, 42, 43, 60
    live_server: Any, open_page: OpenPage, tmp_path: Path, *, language: str, javascript: bool
) -> None:
    base, other = live_server.url, OTHER[language]
    bilingual_theme(bilingual_site(), questionnaire_block(questions=TWO_TEXTS))
    questionnaire = Questionnaire.objects.get()
    long_text = f"question_{questionnaire.questions.get(kind='long_text').pk}"
    study = tmp_path / "study.pdf"
    study.write_bytes(pdf())

    # Begun, saved, left with an address.
    draft = begin_and_leave(open_page(language, javascript=javascript), base, language, long_text)

    def at(view: str, *args: int, to: str = other) -> str:
        return base + address(view, str(draft.pk), *args, language=to)

    section = at("draft_section", questionnaire.pk, 0)

    # Found again by the link of the mail, which a scanner had opened first.
    link = link_in_the_mail(base)
    Client().get(link.removeprefix(base))
    tab = open_page(language, javascript=javascript)
    tab.goto(link)
    tab.locator("main form button").click()
    assert tab.url == at("draft", to=language)

    # In the other language, nothing is lost; a file is added, and the rest is filled in.
    tab.goto(at("draft_section", questionnaire.pk, 0, to=language))
    assert tab.locator(f"main [name='{long_text}']").input_value() == WORDS
    press(tab, other)
    assert tab.url == section
    assert tab.locator(f"main [name='{long_text}']").input_value() == WORDS
    tab.goto(at("draft_files"))
    tab.set_input_files("main input[type=file]", study)
    tab.locator("main form button[type=submit]").first.click()
    tab.locator("main li.file").wait_for()
    parts(tab, at)

    # Sent by a double click: one reference, one version, one receipt.
    send_twice(tab, at, javascript=javascript)
    sent = Contribution.objects.get()
    assert tab.locator("main .reference").inner_text() == sent.reference
    assert "study.pdf" in tab.locator("main").inner_text()
    assert ContributionVersion.objects.count() == 1
    assert Mail.objects.filter(kind=MailKind.RECEIPT).count() == 1

    # Changed, on another device, by the link of the receipt.
    link = link_in_the_mail(base)
    tab = open_page(language, javascript=javascript)
    tab.goto(link)
    tab.locator("main form button").click()
    assert tab.url == at("contribution")
    change(tab, at, section, long_text)
    assert tab.locator("main .reference").inner_text() == sent.reference
    assert CHANGED in tab.locator("main").inner_text()
    assert list(sent.versions.order_by("number").values_list("number", flat=True)) == [1, 2]

    # Withdrawn, after a second question.
    tab.goto(at("contribution_withdraw", to=language))
    tab.locator("main .button-danger").click()
    tab.wait_for_url(base + address("contribution_withdrawn", language=language))
    sent.refresh_from_db()
    assert sent.state == ContributionState.WITHDRAWN
    assert not Draft.objects.exists()
