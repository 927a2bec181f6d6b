"""The list of themes and theme pages: their look, their forms' state, and what they cost."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import override, pgettext
from pytest_django import DjangoAssertNumQueries

from core.clock import database_now
from submissions.models import Questionnaire
from tests.factories import (
    BilingualSite,
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    debate_block,
    open_consultation,
    picture,
    published,
    questionnaire_block,
    translate,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def where() -> BilingualSite:
    return bilingual_site()


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def questionnaire_on(client: Client, address: str) -> Any:
    section = read(client, address).select_one("section[id^=questionnaire-]")
    assert section is not None
    return section


def state(section: Any) -> str:
    return str(section.select_one(".badge").text)


# --- Look ---------------------------------------------------------------------------------------


def test_a_theme_has_its_own_colour_on_its_page_and_on_its_card(
    client: Client, where: BilingualSite
) -> None:
    page, french = bilingual_theme(where, accent="plum")
    for theme, index in ((page, where.themes), (french, where.themes_fr)):
        assert read(client, theme.url).body["data-accent"] == "plum"
        assert read(client, index.url).select_one(".theme-card")["data-accent"] == "plum"


def test_the_picture_of_a_theme_is_decorative_and_comes_in_modern_formats(
    client: Client, where: BilingualSite
) -> None:
    page = published(ThemePageFactory(parent=where.themes, picture=picture("Not read aloud")))
    for address in (page.url, where.themes.url):
        drawn = read(client, address).select_one("main picture")
        assert [source["type"] for source in drawn.select("source")] == [
            "image/avif",
            "image/webp",
        ]
        assert drawn.img["alt"] == ""


def test_a_theme_without_a_picture_shows_none(client: Client, where: BilingualSite) -> None:
    page = published(ThemePageFactory(parent=where.themes))
    assert not read(client, page.url).select("main img")
    assert not read(client, where.themes.url).select("main img")


def test_the_translation_has_the_same_picture(client: Client, where: BilingualSite) -> None:
    page, french = bilingual_theme(where, picture=picture())
    assert french.picture == page.picture


def test_a_theme_shows_its_blocks_in_the_editors_order(
    client: Client, where: BilingualSite
) -> None:
    page, _french = bilingual_theme(
        where, questionnaire_block(title="Second"), ("text", "<h2>Third</h2>"), debate_block("Last")
    )
    headings = [heading.text for heading in read(client, page.url).select(".column-main h2")]
    assert headings == ["Second", "Third", "Last"]


def test_a_theme_leads_to_its_forms_from_its_top(client: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, debate_block("Ideas"), questionnaire_block("Experts"))
    content = read(client, page.url)
    links = content.select("main nav a")
    assert [link.text for link in links] == ["Ideas", "Experts"]
    for link in links:
        assert content.select_one(link["href"]) is not None


def test_the_list_of_themes_says_when_there_is_none(client: Client, where: BilingualSite) -> None:
    assert "No theme has been published yet." in read(client, where.themes.url).text


# --- The questionnaire on the page --------------------------------------------------------------


def test_a_questionnaire_shows_its_questions_and_leads_to_its_form(
    client: Client, where: BilingualSite
) -> None:
    _page, french = bilingual_theme(where, questionnaire_block())
    section = questionnaire_on(client, french.url)
    row = Questionnaire.objects.get()
    assert section.h2.text == "[fr] Your contribution"
    assert len(section.select("details li")) == row.questions.count() == 5
    assert section.select_one("a.button")["href"].endswith(f"/{row.pk}/")
    assert section.select_one("a.button")["href"].startswith("/fr/")


def test_a_questionnaire_without_words_has_words_of_its_own(
    client: Client, where: BilingualSite
) -> None:
    page, _french = bilingual_theme(where, questionnaire_block(title="", introduction=""))
    assert questionnaire_on(client, page.url).h2.text == "Your contribution"


def test_an_open_questionnaire_says_until_when(client: Client, where: BilingualSite) -> None:
    page, _french = bilingual_theme(where, questionnaire_block())
    section = questionnaire_on(client, page.url)
    assert state(section) == "Open"
    assert "(Paris time)" in section.time.text


def test_a_questionnaire_that_closes_earlier_says_its_own_time(
    client: Client, where: BilingualSite
) -> None:
    page, _french = bilingual_theme(where, questionnaire_block())
    soon = database_now().replace(microsecond=0) + DAY
    Questionnaire.objects.update(closes_at=soon)
    shown = questionnaire_on(client, page.url).time["datetime"]
    assert abs(datetime.fromisoformat(shown) - soon) <= timedelta(minutes=1)
    Questionnaire.objects.update(closes_at=database_now() - DAY)
    assert state(questionnaire_on(client, page.url)) == "Closed"


def test_before_the_consultation_opens_a_questionnaire_says_when(
    client: Client, where: BilingualSite
) -> None:
    page, _french = bilingual_theme(where, questionnaire_block())
    now = database_now()
    open_consultation(where.site, opens_at=now + DAY, closes_at=now + 9 * DAY)
    section = questionnaire_on(client, page.url)
    assert state(section) == "Not open yet"
    assert "opens on" in section.text
    assert section.select_one("a.button") is None


def test_once_the_consultation_is_closed_a_questionnaire_leads_nowhere(
    client: Client, where: BilingualSite
) -> None:
    page, _french = bilingual_theme(where, questionnaire_block())
    now = database_now()
    open_consultation(where.site, opens_at=now - 9 * DAY, closes_at=now - DAY)
    section = questionnaire_on(client, page.url)
    assert state(section) == "Closed"
    assert section.select_one("a.button") is None
    assert section.select("details li")


def test_a_questionnaire_is_not_open_before_its_translation_is_published(
    client: Client, where: BilingualSite
) -> None:
    page = published(ThemePageFactory(parent=where.themes, body=[questionnaire_block()]))
    section = questionnaire_on(client, page.url)
    assert state(section) == "Not open yet"
    assert section.time is None
    translate(page)
    assert state(questionnaire_on(client, page.url)) == "Open"


def test_a_questionnaire_taken_off_one_language_is_closed_in_the_other(
    client: Client, where: BilingualSite
) -> None:
    page, french = bilingual_theme(where, questionnaire_block())
    page.body = []
    published(page)
    section = questionnaire_on(client, french.url)
    with override("fr"):
        assert state(section) == pgettext("form", "Closed")
    assert section.time is None


# --- Cost ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("themes", [3, 30])
@pytest.mark.parametrize(("language", "queries"), [("en", 15), ("fr", 16)])
def test_the_list_costs_the_same_however_many_themes(
    client: Client,
    where: BilingualSite,
    django_assert_num_queries: DjangoAssertNumQueries,
    themes: int,
    language: str,
    queries: int,
) -> None:
    index = where.themes if language == "en" else where.themes_fr
    drawn = picture()
    for number in range(themes):
        ThemePageFactory(parent=index, title=f"Theme {number}", live=True, picture=drawn)
    read(client, index.url)  # draws the picture, fills Wagtail's cache of sites
    with django_assert_num_queries(queries):
        page = read(client, index.url)
    assert len(page.select(".theme-card img")) == themes


def test_lists_do_not_read_the_bodies_of_themes(client: Client, where: BilingualSite) -> None:
    ThemePageFactory(parent=where.themes, live=True)
    (card,) = where.themes.get_context(None)["themes"]
    assert "body" in card.get_deferred_fields()


@pytest.mark.parametrize("questions", [3, 30])
@pytest.mark.parametrize(("language", "queries"), [("en", 20), ("fr", 21)])
def test_a_theme_costs_the_same_however_many_questions(
    client: Client,
    where: BilingualSite,
    django_assert_num_queries: DjangoAssertNumQueries,
    questions: int,
    language: str,
    queries: int,
) -> None:
    asked = [("long_text", {"label": f"Question {number}?"}) for number in range(questions)]
    page, french = bilingual_theme(where, questionnaire_block(questions=asked), picture=picture())
    address = page.url if language == "en" else french.url
    read(client, address)
    with django_assert_num_queries(queries):
        content = read(client, address)
    assert len(content.select("details li")) == questions
