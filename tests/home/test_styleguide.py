"""The living style guide: what it shows, what it never touches, and where it is not."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches

import config.urls
from home.styleguide import colours
from home.styleguide.guide import SAMPLES
from home.styleguide.pages import PAGES
from home.styleguide.words import words_in
from tests.core.test_stylesheet import colours as in_force
from tests.factories import bilingual_site

pytestmark = pytest.mark.django_db
ADDRESSES = ["", *(f"{name}/" for name in PAGES)]


@pytest.fixture(autouse=True)
def where() -> Any:
    return bilingual_site()


def read(client: Client, language: str, name: str = "") -> Any:
    response = client.get(f"/{language}/styleguide/{name}")
    assert response.status_code == 200, name
    return BeautifulSoup(response.content, "html.parser")


# --- Where it is, and where not ------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_address_without_a_language_leads_to_the_browsers(
    client: Client, language: str
) -> None:
    response = client.get("/styleguide/", headers={"Accept-Language": language})
    assert response["Location"] == f"/{language}/styleguide/"
    assert "Accept-Language" in response["Vary"]


@pytest.fixture
def switched_off(settings: Any) -> Iterator[None]:
    settings.STYLEGUIDE = False
    importlib.reload(config.urls)
    clear_url_caches()
    yield
    settings.STYLEGUIDE = True
    importlib.reload(config.urls)
    clear_url_caches()


@pytest.mark.parametrize("address", ["/styleguide/", "/en/styleguide/", "/fr/styleguide/vote/"])
def test_there_is_no_guide_where_it_is_off(
    client: Client, switched_off: None, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_a_name_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/en/styleguide/nothing/").status_code == 404


def test_search_engines_are_kept_away(client: Client) -> None:
    for name in ADDRESSES:
        assert client.get(f"/en/styleguide/{name}")["X-Robots-Tag"] == "noindex", name
    robots = read(client, "en").find("meta", attrs={"name": "robots"})
    assert robots["content"] == "noindex"
    assert b"styleguide" not in client.get("/sitemap.xml").content


# --- What it shows -------------------------------------------------------------------------------


def templates_of_the_site() -> set[str]:
    """Every component and block that a public page can hold."""
    folders = {
        "components": Path(settings.SITE_DIR) / "templates" / "components",
        "core/blocks": Path(settings.SITE_DIR) / "templates" / "core" / "blocks",
        "home/blocks": settings.BASE_DIR / "home/templates/home/blocks",
        "submissions/blocks": settings.BASE_DIR / "submissions/templates/submissions/blocks",
    }
    found = {
        f"{prefix}/{path.name}" for prefix, folder in folders.items() for path in folder.glob("*")
    }
    unseen = {
        "components/share_meta.html",  # in the head
        "submissions/blocks/question_preview.html",  # in the admin alone
    }
    return found - unseen


def test_every_component_of_the_site_is_shown(client: Client) -> None:
    rendered: set[str] = set()

    def remember(template: Any, **_rest: Any) -> None:
        rendered.add(template.name)

    template_rendered.connect(remember)
    try:
        for name in ADDRESSES:
            client.get(f"/en/styleguide/{name}")
    finally:
        template_rendered.disconnect(remember)
    assert templates_of_the_site() - rendered == set()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_component_has_its_name_its_use_and_a_source_that_exists(
    client: Client, language: str
) -> None:
    page = read(client, language)
    components = page.select(".guide-component")
    assert len(components) == len(words_in(language)["components"])
    for component in components:
        assert component.h3.get_text(strip=True)
        assert component.select_one(".guide-use").get_text(strip=True)
        assert component.select_one(".guide-sample, a[href*=styleguide]"), component.h3
        sources = component.find_all("p", class_="meta")[0].find_all("code")
        assert sources, component.h3
        for source in sources:
            assert (settings.BASE_DIR / source.get_text()).is_file(), source


def test_the_contents_lead_to_every_component(client: Client) -> None:
    page = read(client, "en")
    targets = {link["href"][1:] for link in page.select(".guide-contents a")}
    titles = page.select(".guide-group > h2, .guide-component > h3")
    assert targets == {title["id"] for title in titles}


def test_every_sample_and_small_page_belongs_to_a_component() -> None:
    components = words_in("en")["components"]
    assert set(SAMPLES) <= set(components)
    told = [page for words in components.values() for page in words.get("pages", [])]
    assert sorted(told) == sorted(PAGES)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_id_stands_twice_and_there_is_one_title(client: Client, language: str) -> None:
    for name in ADDRESSES:
        page = read(client, language, name)
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert [one for one in set(ids) if ids.count(one) > 1] == [], name
        assert len(page.find_all("h1")) == 1, name


def test_each_language_says_every_use_in_its_own_words() -> None:
    english, french = (
        {words["use"] for words in words_in(language)["components"].values()}
        for language in ("en", "fr")
    )
    assert len(english) == len(french)
    assert english & french == set()


def test_every_size_and_space_has_its_specimen() -> None:
    css = (settings.BASE_DIR / "home/static/styleguide/styleguide.css").read_text()
    for prefix in ("size", "space"):
        for token in colours.named(prefix):
            step = token.removeprefix(f"{prefix}-")
            assert re.search(rf'guide-{prefix}\[data-step="{step}"\][^}}]*var\(--{token}\)', css)


@pytest.mark.parametrize("accent", ["indigo", "ochre"])
def test_contrasts_are_those_of_the_stylesheet(accent: str) -> None:
    found = {swatch.name: swatch for swatch in colours.swatches(accent)}
    assert found["accent"].light.value == in_force("light", accent)["accent"]
    assert found["accent"].dark.value == in_force("dark", accent)["accent"]
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


# --- What it never touches -----------------------------------------------------------------------


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_looking_writes_no_row_and_sets_no_cookie(client: Client, language: str) -> None:
    before = rows()
    for name in ADDRESSES:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/{language}/styleguide/{name}")
        said = [query["sql"] for query in queries]
        assert [sql for sql in said if re.match("INSERT|UPDATE|DELETE", sql)] == [], name
        assert not response.cookies, name
    assert rows() == before


def test_samples_lead_to_no_idea_and_no_form_of_the_site(client: Client) -> None:
    ours = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    for form in read(client, "en").select(".guide-sample form[method=post]"):
        where = form["action"].partition("#")[0] or "/en/styleguide/"
        assert all(int(number) >= 10**12 for number in re.findall(r"\d+", where)), where
        assert client.post(where, headers=ours).status_code in (404, 405), where
