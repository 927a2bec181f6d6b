"""Pictures of pages and the tags that lead to them: to whom, where, kept and forgotten."""

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from core.share_pictures.drawing import SharePicture
from core.share_pictures.keeping import Place
from tests.factories import (
    BilingualSite,
    StandardPageFactory,
    ThemePageFactory,
    bilingual_site,
    bilingual_theme,
    published,
    translate,
)

pytestmark = pytest.mark.django_db

LONG_TITLE = "Une intelligence artificielle au service de toutes et de tous, partout " * 3
ALL_SORTS = ["🌳" * 140, "يجب أن نزرع الأشجار", "W" * 255, (LONG_TITLE * 2)[:255], '"<b>&']


@pytest.fixture(autouse=True)
def kept_in(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A storage of this test's own."""
    share_pictures = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    settings.STORAGES = settings.STORAGES | {"share_pictures": share_pictures}
    yield tmp_path


def tags(client: Client, address: str) -> dict[str, str]:
    """What the page tells other sites, by the name of the property."""
    response = client.get(address)
    assert response.status_code == 200, address
    head: Any = BeautifulSoup(response.content, "html.parser").head
    return {tag["property"]: tag["content"] for tag in head.select('meta[property^="og:"]')}


def picture_of(client: Client, address: str) -> str:
    """The path of the picture that the page names."""
    return "/" + tags(client, address)["og:image"].split("/", 3)[3]


def kept(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.png"))


# --- What a page tells ----------------------------------------------------------------------------


def test_a_theme_is_shared_with_its_title_its_sentence_and_its_picture(
    client: Client, site: BilingualSite
) -> None:
    page, french = bilingual_theme(site, title="Trust", summary="What is at stake.")
    told = tags(client, page.url)
    address = told.pop("og:image")
    assert told == {
        "og:title": "Trust",
        "og:description": "What is at stake.",
        "og:type": "website",
        "og:url": f"http://localhost{page.url}",
        "og:site_name": site.home.title,
        "og:locale": "en_GB",
        "og:locale:alternate": "fr_FR",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": f"{site.home.title} – Trust",
    }
    assert re.fullmatch(rf"http://localhost/en/share/page/{page.pk}-\w{{16}}\.png", address)
    assert tags(client, french.url)["og:locale"] == "fr_FR"
    assert tags(client, french.url)["og:image:alt"] == f"{site.home_fr.title} – [fr] Trust"


def test_the_home_page_is_shared_with_its_question(client: Client, site: BilingualSite) -> None:
    told = tags(client, "/fr/")
    assert told["og:image:alt"].startswith(f"{site.home_fr.title} – Comment mettre l’IA")
    assert told["og:url"] == "http://localhost/fr/"


def test_every_kind_of_page_is_shared_under_its_own_title(
    client: Client, site: BilingualSite
) -> None:
    text = published(StandardPageFactory(parent=site.home, title="About", introduction="We ask."))
    assert tags(client, text.url)["og:description"] == "We ask."
    assert "og:locale:alternate" not in tags(client, text.url)
    assert tags(client, site.themes.url)["og:title"] == "Themes"


def test_the_words_for_search_engines_are_those_for_other_sites(
    client: Client, site: BilingualSite
) -> None:
    page = published(
        ThemePageFactory(parent=site.themes, seo_title="Found", search_description="Described")
    )
    told = tags(client, page.url)
    assert (told["og:title"], told["og:description"]) == ("Found", "Described")


@pytest.mark.parametrize("address", ["/en/search/?q=a", "/en/my-participation/"])
def test_pages_that_are_nobody_elses_are_not_shared(
    client: Client, site: BilingualSite, address: str
) -> None:
    assert tags(client, address) == {}


def test_an_unknown_address_is_not_shared(client: Client, site: BilingualSite) -> None:
    assert b"og:" not in client.get("/en/nowhere/").content


def test_a_preview_of_a_draft_tells_nothing(site: BilingualSite) -> None:
    page: Any = published(ThemePageFactory(parent=site.themes))
    page.title = "Secret for now"
    shown = page.make_preview_request()
    assert b"Secret for now" in shown.content
    assert b"og:" not in shown.content


def test_a_draft_of_a_published_page_is_not_in_its_tags(
    client: Client, site: BilingualSite
) -> None:
    page: Any = published(ThemePageFactory(parent=site.themes, title="Public"))
    page.title = "Secret for now"
    page.save_revision()
    assert "Secret" not in str(tags(client, page.url))


@pytest.mark.parametrize("title", ALL_SORTS)
def test_a_page_stays_whole_whatever_its_title(
    client: Client, site: BilingualSite, title: str
) -> None:
    page = published(ThemePageFactory(parent=site.themes, title=title, slug="any"))
    assert tags(client, page.url)["og:title"] == title.strip()
    response = client.get(picture_of(client, page.url))
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)


def test_telling_other_sites_costs_no_query(
    client: Client, site: BilingualSite, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page, _french = bilingual_theme(site)
    with django_assert_num_queries(0):
        page.share("A site")


# --- The picture ----------------------------------------------------------------------------------


def test_the_picture_is_a_png_that_anybody_may_keep_for_long(
    client: Client, site: BilingualSite
) -> None:
    response = client.get(picture_of(client, "/fr/"))
    assert response["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert client.head(picture_of(client, "/fr/")).status_code == 200
    assert client.post(picture_of(client, "/fr/")).status_code == 405


def test_a_picture_is_drawn_once(
    client: Client, site: BilingualSite, kept_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = picture_of(client, "/en/")
    first = client.get(address).content
    monkeypatch.setattr(SharePicture, "png", lambda _self: pytest.fail("drawn again"))
    assert client.get(address).content == first
    assert len(kept(kept_in)) == 1


def test_each_language_has_its_own(client: Client, site: BilingualSite) -> None:
    english, french = (client.get(picture_of(client, url)).content for url in ("/en/", "/fr/"))
    assert english != french


def test_other_words_are_drawn_anew_and_take_the_place_of_the_old(
    client: Client, site: BilingualSite, kept_in: Path
) -> None:
    page: Any = published(ThemePageFactory(parent=site.themes, title="Before"))
    old = picture_of(client, page.url)
    client.get(old)
    page.title = "After"
    published(page)
    new = picture_of(client, page.url)
    assert new != old
    moved = client.get(old)
    assert (moved.status_code, moved["Location"]) == (302, new)
    assert "immutable" not in moved["Cache-Control"]
    client.get(new)
    (only,) = kept(kept_in)
    assert only.split("-")[1] == new.rsplit("-", 1)[1]


def test_the_name_of_the_site_is_part_of_every_picture(client: Client, site: BilingualSite) -> None:
    before = picture_of(client, site.themes.url)
    site.home.title = "Another name"
    published(site.home)
    assert picture_of(client, site.themes.url) != before


def test_nothing_can_be_drawn_that_is_not_published(client: Client, site: BilingualSite) -> None:
    draft = ThemePageFactory(parent=site.themes)
    assert client.get(f"/en/share/page/{draft.pk}-0000.png").status_code == 404
    assert client.get(f"/en/share/page/{10**30}-0000.png").status_code == 404
    root = site.home.get_parent()
    assert client.get(f"/en/share/page/{root.pk}-0000.png").status_code == 404


def test_what_is_unpublished_has_no_picture_any_more(
    client: Client, site: BilingualSite, kept_in: Path, django_capture_on_commit_callbacks: Any
) -> None:
    page = published(ThemePageFactory(parent=site.themes))
    address = picture_of(client, page.url)
    client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert client.get(address).status_code == 404
    assert kept(kept_in) == []


def test_what_is_deleted_takes_its_pictures_along(
    client: Client, site: BilingualSite, kept_in: Path, django_capture_on_commit_callbacks: Any
) -> None:
    page = published(ThemePageFactory(parent=site.themes))
    client.get(picture_of(client, page.url))
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert kept(kept_in) == []


def test_a_page_has_its_picture_under_its_own_language_only(
    client: Client, site: BilingualSite
) -> None:
    address = picture_of(client, site.themes.url)
    assert client.get(address.replace("/en/share/", "/fr/partage/")).status_code == 404


def test_a_page_of_another_site_has_no_picture_here(client: Client, site: BilingualSite) -> None:
    other = bilingual_site("other.example")
    version = other.themes.share_picture(other.home.title).version
    address = f"/en/share/page/{other.themes.pk}-{version}.png"
    assert client.get(address).status_code == 404
    assert client.get(address, headers={"host": "other.example"}).status_code == 200


def test_a_page_behind_a_password_has_no_picture(client: Client, site: BilingualSite) -> None:
    page = published(ThemePageFactory(parent=site.themes))
    address = picture_of(client, page.url)
    PageViewRestriction.objects.create(page=site.themes.page_ptr, password="open")
    assert client.get(address).status_code == 404


# --- Keeping --------------------------------------------------------------------------------------


def one_picture(words: str = "Un arbre") -> SharePicture:
    return SharePicture("Voices", words, "fr")


def test_drawn_by_many_at_once_one_is_kept(kept_in: Path) -> None:
    place, picture = Place("page", 1), one_picture()
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda _n: place.picture(picture, "fr"), range(8)))
    assert len(set(drawn)) == 1
    assert kept(kept_in) == [f"page/1/fr-{picture.version}.png"]
    assert place.picture(picture, "fr") == drawn[0]


def test_a_file_cut_short_is_drawn_again(kept_in: Path) -> None:
    place, picture = Place("page", 1), one_picture()
    whole = place.picture(picture, "fr")
    file = kept_in / "page" / "1" / f"fr-{picture.version}.png"
    file.write_bytes(whole[:100])
    assert place.picture(picture, "fr") == whole
    assert file.read_bytes() == whole


def test_a_disk_that_takes_nothing_hides_no_picture(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_args: Any, **_kwargs: Any) -> str:
        raise OSError("No space left on device")

    monkeypatch.setattr(type(storages["share_pictures"]), "_save", full)
    assert Place("page", 1).picture(one_picture(), "fr").startswith(b"\x89PNG")
    assert "could not be kept" in caplog.text


def test_the_other_language_stays_when_one_changes(kept_in: Path) -> None:
    place = Place("page", 1)
    place.picture(one_picture(), "en")
    place.picture(one_picture(), "fr")
    place.picture(one_picture("Deux arbres"), "fr")
    assert [name[:9] for name in kept(kept_in)] == ["page/1/en", "page/1/fr"]


def test_a_translation_keeps_its_own_pictures(
    client: Client, site: BilingualSite, kept_in: Path
) -> None:
    page = published(ThemePageFactory(parent=site.themes))
    french = translate(page)
    for address in (page.url, french.url):
        client.get(picture_of(client, address))
    assert len(kept(kept_in)) == 2
