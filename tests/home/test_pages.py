"""The home page and the pages of text: what they show in each phase, and what they cost."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.clock import database_now
from home.models import HomePage
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    open_consultation,
    picture,
    published,
    translate,
)
from themes.models import ThemeIndexPage

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def where() -> BilingualSite:
    return bilingual_site()


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def titles(page: Any, selector: str) -> list[str]:
    return [found.get_text(strip=True) for found in page.select(selector)]


def with_body(home: HomePage, *body: tuple[str, Any]) -> HomePage:
    home.body = list(body)
    return published(home)


def door(where: BilingualSite, title: str) -> dict[str, Any]:
    return {"title": title, "text": "How.", "link_text": f"Go: {title}", "page": where.themes}


# --- Home ---------------------------------------------------------------------------------------


def test_the_question_is_the_title_of_the_home_page(client: Client, where: BilingualSite) -> None:
    page = read(client, "/fr/")
    question = "Comment mettre l’IA au service de l’intérêt général\u202f?"
    assert titles(page, "h1") == [question]
    assert page.title.text.strip() == "L’IA et l’intérêt général"


def test_the_home_page_says_who_asks(client: Client, where: BilingualSite) -> None:
    assert "The organisers" in read(client, "/en/").select_one(".hero .eyebrow").text


def test_the_themes_stand_in_the_editors_order(client: Client, where: BilingualSite) -> None:
    first, first_fr = bilingual_theme(where, title="Work")
    _second, second_fr = bilingual_theme(where, title="Trust")
    first.move(where.themes, pos="last-child")
    first_fr.move(ThemeIndexPage.objects.get(pk=where.themes_fr.pk), pos="last-child")
    assert titles(read(client, "/en/"), ".theme-card h3") == ["Trust", "Work"]
    cards = read(client, "/fr/").select(".theme-card h3 a")
    assert [card["href"] for card in cards] == [second_fr.url, "/fr/themes/fr-work/"]


def test_a_theme_that_is_not_published_has_no_card(client: Client, where: BilingualSite) -> None:
    ThemePageFactory(parent=where.themes, title="Draft")
    theme = published(ThemePageFactory(parent=where.themes, title="Work"))
    translate(theme, publish=False)
    assert titles(read(client, "/en/"), ".theme-card h3") == ["Work"]
    assert not read(client, "/fr/").select(".theme-card")


def test_the_ways_in_come_before_the_themes_and_the_rest_after(
    client: Client, where: BilingualSite
) -> None:
    bilingual_theme(where)
    with_body(
        where.home,
        ("statement", {"words": "We listen.", "person": "Ada"}),
        ("doors", {"title": "", "doors": [door(where, "Vote"), door(where, "Write")]}),
    )
    page = read(client, "/en/")
    order = page.select(".doors, .theme-cards, .statement")
    assert [found["class"][0] for found in order] == ["doors", "theme-cards", "statement"]
    assert titles(page, ".door a.button") == ["Go: Vote", "Go: Write"]


# --- Phases -------------------------------------------------------------------------------------


def test_before_it_opens_the_home_page_says_when(client: Client, where: BilingualSite) -> None:
    now = database_now()
    open_consultation(where.site, opens_at=now + 2 * DAY, closes_at=now + 9 * DAY)
    banner = read(client, "/en/").select_one(".phase")
    assert "opens on" in banner.text
    assert banner.time


def test_without_an_opening_time_it_is_to_be_announced(
    client: Client, where: BilingualSite
) -> None:
    open_consultation(where.site, opens_at=None)
    said = "The opening date will be announced here."
    assert said in read(client, "/en/").select_one(".phase").text


def test_while_it_is_open_the_home_page_says_until_when(
    client: Client, where: BilingualSite
) -> None:
    banner = read(client, "/en/").select_one(".phase")
    assert banner.strong.text == "Open"
    assert "(Paris time)" in banner.time.text


def test_once_it_is_closed_the_home_page_says_what_happens(
    client: Client, where: BilingualSite
) -> None:
    now = database_now()
    open_consultation(where.site, opens_at=now - 9 * DAY, closes_at=now - DAY)
    banner = read(client, "/en/").select_one(".phase")
    assert banner.strong.text == "Closed"
    assert "The contributions are being read." in banner.text


@pytest.mark.parametrize("since_opening", [-2 * DAY, 20 * DAY])
def test_no_way_in_is_offered_before_or_after(
    client: Client, where: BilingualSite, since_opening: timedelta
) -> None:
    opens = database_now() - since_opening
    open_consultation(where.site, opens_at=opens, closes_at=opens + 10 * DAY)
    with_body(where.home, ("doors", {"doors": [door(where, "Vote")]}))
    page = read(client, "/en/")
    assert not page.select(".door a.button")
    assert titles(page, ".door a") == ["Themes"]


def test_every_other_page_names_the_phase_too(client: Client, where: BilingualSite) -> None:
    assert titles(read(client, "/en/themes/"), ".phase-name") == ["Open"]
    now = database_now()
    open_consultation(where.site, opens_at=now - 9 * DAY, closes_at=now - DAY)
    assert titles(read(client, "/en/themes/"), ".phase-name") == ["Closed"]


# --- Pages of text, navigation ------------------------------------------------------------------


def test_a_page_of_text_shows_the_way_to_it(client: Client, where: BilingualSite) -> None:
    above = published(StandardPageFactory(parent=where.home, title="About"))
    page = published(StandardPageFactory(parent=above, title="Rules"))
    steps = read(client, page.url).select(".breadcrumbs li")
    assert [(step.text, step.a and step.a["href"]) for step in steps] == [
        ("Home", "/en/"),
        ("About", "/en/about/"),
        ("Rules", None),
    ]


def test_the_way_leaves_out_a_page_that_is_not_published(
    client: Client, where: BilingualSite
) -> None:
    above = StandardPageFactory(parent=where.home, title="Draft")
    page = published(StandardPageFactory(parent=above, title="Rules"))
    assert titles(read(client, page.url), ".breadcrumbs li") == ["Home", "Rules"]


def test_menu_and_footer_hold_the_pages_of_the_language_that_is_read(
    client: Client, where: BilingualSite
) -> None:
    menu = published(StandardPageFactory(parent=where.home, title="About", show_in_menus=True))
    legal = published(StandardPageFactory(parent=where.home, title="Privacy", in_footer=True))
    for page in (menu, legal):
        translate(page)
    french = read(client, "/fr/")
    assert titles(french, ".site-nav a") == ["[fr] About"]
    assert titles(french, ".site-footer nav a")[:1] == ["[fr] Privacy"]
    assert titles(read(client, menu.url), ".site-nav a[aria-current=page]") == ["About"]


def test_a_page_with_a_long_title_stands_in_the_menu_under_its_label(
    client: Client, where: BilingualSite
) -> None:
    published(
        StandardPageFactory(
            parent=where.home, title="A long title", show_in_menus=True, menu_label="Short"
        )
    )
    assert titles(read(client, "/en/"), ".site-nav a") == ["Short"]


def test_the_site_map_lists_every_page_of_its_language_as_a_tree(
    client: Client, where: BilingualSite
) -> None:
    bilingual_theme(where, title="Work")
    StandardPageFactory(parent=where.home, title="Draft")
    page = published(StandardPageFactory(parent=where.home, title="Site map", site_map=True))
    translate(page)
    tree = read(client, page.url).select_one("main nav > ul")
    first = tree.select_one("li")
    assert titles(first, "a") == ["AI and the general interest", "Themes", "Work", "Site map"]
    assert titles(tree, ":scope > li > ul > li > ul > li > a") == ["Work"]
    french = read(client, "/fr/fr-site-map/").select_one("main nav > ul")
    assert [link["href"] for link in french.select("a")][:2] == ["/fr/", "/fr/themes/"]


def test_a_page_of_text_lists_no_page_unless_asked(client: Client, where: BilingualSite) -> None:
    page = published(StandardPageFactory(parent=where.home))
    assert not read(client, page.url).select("main nav")


# --- Cost ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("themes", [3, 30])
@pytest.mark.parametrize(("language", "queries"), [("en", 13), ("fr", 14)])
def test_the_home_page_costs_the_same_however_many_themes(
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
    read(client, f"/{language}/")  # draws the picture, fills Wagtail's cache of sites
    with django_assert_num_queries(queries):
        page = read(client, f"/{language}/")
    assert len(page.select(".theme-card img")) == themes
