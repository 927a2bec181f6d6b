"""A note that was not sent, and somebody decides meanwhile: told, and nothing is lost."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from core.models import TranslationState
from home.roles import publishers_of
from tests.core.translating.desk import (
    WHOLE,
    administrator,
    at,
    form,
    publish,
    translator,
    work,
)

pytestmark = pytest.mark.django_db

NOTE = "Le titre !"
PUBLISHED = "published it after you began this note"
SENT_BACK = "sent it back after you began this note"


@pytest.fixture
def colleague(page: Page) -> Client:
    """They publish, too; the page is ready."""
    client = administrator()
    client.post(at(page), form(page, **WHOLE))
    client.post(at(page, "ready/"))
    return client


@pytest.fixture
def writer(page: Page, colleague: Client) -> Client:
    """They have begun a note, and saved."""
    client = translator("eve", publishers_of("French"))
    client.post(at(page), noted(client, page))
    assert desk(client, page).select_one("#note").text == NOTE
    return client


def desk(client: Client, page: Page) -> BeautifulSoup:
    return BeautifulSoup(client.get(at(page)).content.decode(), "html.parser")


def noted(client: Client, page: Page, words: str = NOTE) -> dict[str, str]:
    """What a browser sends of the desk as it is shown now, with a note."""
    seen = desk(client, page).select_one("[name=seen-note]")
    assert seen["form"] == "desk"
    return form(page) | {"note": words, "seen-note": str(seen["value"])}


def test_a_note_says_that_a_colleague_has_published_meanwhile(
    page: Page, writer: Client, colleague: Client
):
    assert PUBLISHED not in desk(writer, page).text
    publish(colleague, page)
    for _again in range(2):  # looking changes nothing
        shown = desk(writer, page)
        assert f"root {PUBLISHED}" in " ".join(shown.text.split())
        assert shown.select_one("#note").text == NOTE
        assert "it stays public as it is" in shown.text
    assert desk(colleague, page).select_one("#note") is None
    writer.post(at(page), noted(writer, page, ""))
    shown = desk(writer, page)
    assert shown.select_one("#note") is None
    assert PUBLISHED not in shown.text


def test_a_note_that_a_colleague_forestalled_is_not_sent_unread(
    page: Page, writer: Client, colleague: Client
):
    sent = noted(writer, page)
    publish(colleague, page)
    answer = writer.post(at(page, "send-back/"), sent)
    assert answer.status_code == 409
    shown = BeautifulSoup(answer.content.decode(), "html.parser")
    assert shown.select_one("[role=alert] a")["href"] == "#note"
    told = shown.select_one("[role=alert]").text
    assert "It was decided meanwhile: your note is not sent." in told
    assert shown.select_one("#note").text == NOTE
    assert (work(page).state, work(page).note) == (TranslationState.PUBLISHED, "")
    again = sent | {"seen-note": str(shown.select_one("[name=seen-note]")["value"])}
    assert writer.post(at(page, "send-back/"), again).status_code == 302
    assert (work(page).state, work(page).note) == (TranslationState.IN_PROGRESS, NOTE)
    assert Page.objects.get(pk=page.pk).live


def test_a_note_says_that_a_colleague_has_sent_it_back_meanwhile(
    page: Page, writer: Client, colleague: Client
):
    colleague.post(at(page, "send-back/"), noted(colleague, page, "Le corps !"))
    assert f"root {SENT_BACK}" in " ".join(desk(writer, page).text.split())
    assert writer.post(at(page, "send-back/"), noted(writer, page)).status_code == 302
    assert work(page).note == NOTE
    assert SENT_BACK not in desk(writer, page).text


@pytest.mark.parametrize("deed", ["published", "sent back"])
def test_what_the_writer_decided_in_another_tab_is_no_colleagues_deed(
    page: Page, writer: Client, deed: str
):
    sent = noted(writer, page)
    if deed == "published":
        assert publish(writer, page).status_code == 302
    else:
        elsewhere = noted(writer, page, "Le corps !")
        assert writer.post(at(page, "send-back/"), elsewhere).status_code == 302
    answer = writer.post(at(page, "send-back/"), sent)
    assert answer.status_code == 409
    shown = BeautifulSoup(answer.content.decode(), "html.parser")
    assert "colleague" not in shown.select_one("[role=alert]").text
    told = " ".join(shown.select_one("#next-steps").text.split())
    assert f"It was {deed} after you began this note" in told
    assert PUBLISHED not in told and SENT_BACK not in told
