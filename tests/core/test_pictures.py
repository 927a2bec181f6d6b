"""Pictures of the library on pages: what readers get, and that no file can break a page."""

import io
import logging
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import Client
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image

from core.pictures import draw_ahead
from tests.factories import BilingualSite, ThemePageFactory, picture, published

pytestmark = pytest.mark.django_db

TAG = (
    "{% load pictures %}"
    '{% picture image format-{avif,webp,jpeg} SPEC sizes="100vw" alt="A tree" loading="lazy" %}'
)


def stored(content: bytes, name: str, width: int = 640, height: int = 360) -> Image:
    """A file in the library, whatever it holds."""
    return Image.objects.create(
        title="A picture", file=ContentFile(content, name=name), width=width, height=height
    )


def encoded(drawing: Drawing.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    drawing.save(out, kind, **options)
    return out.getvalue()


def shown(image: Image | None, spec: str = "width-{480,960}") -> BeautifulSoup:
    template = engines["django"].from_string(TAG.replace("SPEC", spec))
    return BeautifulSoup(template.render({"image": image}), "html.parser")


def drawn(image: Image, spec: str) -> Any:
    with image.get_rendition(spec).file.open() as file:
        return Drawing.open(io.BytesIO(file.read())).convert("RGB")


# --- What readers get -----------------------------------------------------------------------------


def test_a_picture_comes_in_modern_formats_and_sizes_with_its_room_reserved() -> None:
    found = shown(picture(width=1600, height=900))
    assert [source["type"] for source in found.select("source")] == ["image/avif", "image/webp"]
    assert [source["sizes"] for source in found.select("source")] == ["100vw", "100vw"]
    assert [part.split()[1] for part in found.source["srcset"].split(", ")] == ["480w", "960w"]
    assert found.img["src"].endswith(".jpg")
    assert (found.img["width"], found.img["height"]) == ("480", "270")
    assert (found.img["loading"], found.img["alt"]) == ("lazy", "A tree")


def test_no_width_is_offered_twice_of_a_picture_that_is_small() -> None:
    found = shown(picture(width=640, height=360), "width-{480,960,1440}")
    for tag in (*found.select("source"), found.img):
        assert [part.split()[1] for part in tag["srcset"].split(", ")] == ["480w", "640w"]


def test_a_crop_keeps_the_focal_point_in_view() -> None:
    drawing = Drawing.new("RGB", (1200, 1200), "#ffffff")
    drawing.paste("#ff0000", (1080, 1080, 1200, 1200))
    image = stored(encoded(drawing, "PNG"), "corner.png", 1200, 1200)
    without = drawn(image, "fill-600x200|format-png")
    assert without.getpixel((590, 190)) == (255, 255, 255)
    image.focal_point_x = image.focal_point_y = 1140
    image.focal_point_width = image.focal_point_height = 100
    image.save()
    assert drawn(image, "fill-600x200|format-png").getpixel((590, 190)) == (255, 0, 0)


def test_a_theme_shows_its_picture_first_and_lists_show_theirs_late(
    client: Client, site: BilingualSite
) -> None:
    page = published(ThemePageFactory(parent=site.themes, picture=picture(width=1600, height=900)))
    hero = BeautifulSoup(client.get(page.url).content, "html.parser").select_one("main picture img")
    assert (hero["loading"], hero["fetchpriority"]) == ("eager", "high")
    listed = BeautifulSoup(client.get(site.themes.url).content, "html.parser")
    card = listed.select_one("main picture img")
    assert card["loading"] == "lazy"
    assert "fetchpriority" not in card.attrs
    assert card["sizes"]


def test_no_picture_says_where_it_was_taken() -> None:
    drawing = Drawing.new("RGB", (800, 600), "#7a9")
    exif = Drawing.Exif()
    exif[0x010F] = "Canary camera"
    exif[0x013B] = "Canary person"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.0), 3: "E", 4: (2.0, 17.0, 40.0)})
    notes = {"exif": exif, "comment": b"Canary comment", "xmp": b"<x:xmpmeta>Canary place"}
    image = stored(encoded(drawing, "JPEG", **notes), "gps.jpg", 800, 600)
    assert b"Canary" in image.file.read()
    shown(image)
    assert image.renditions.count() == 6
    for rendition in image.renditions.all():
        with rendition.file.open() as file:
            content = file.read()
        assert b"Canary" not in content, rendition.filter_spec
        assert not Drawing.open(io.BytesIO(content)).getexif().get_ifd(0x8825)


def test_a_photograph_held_sideways_stands_upright() -> None:
    drawing = Drawing.new("RGB", (800, 400), "#ffffff")
    drawing.paste("#ff0000", (0, 0, 100, 400))
    exif = Drawing.Exif()
    exif[0x0112] = 6  # to be turned by a quarter, clockwise
    image = stored(encoded(drawing, "JPEG", exif=exif), "sideways.jpg", 800, 400)
    upright = drawn(image, "width-400|format-png")
    assert upright.size == (400, 800)
    red, green, _blue = upright.getpixel((200, 20))
    assert red - green > 150


# --- What no file can break -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (encoded(Drawing.new("CMYK", (640, 360), (10, 20, 30, 0)), "JPEG"), "ink.jpg"),
        (
            encoded(
                Drawing.new("P", (640, 360)),
                "GIF",
                save_all=True,
                append_images=[Drawing.new("P", (640, 360), 9)],
            ),
            "moving.gif",
        ),
        (encoded(Drawing.new("RGBA", (640, 360), (1, 2, 3, 0)), "PNG"), "clear.png"),
        (encoded(Drawing.new("1", (640, 360)), "PNG"), "black-and-white.png"),
    ],
    ids=["CMYK", "moving", "transparent", "1 bit"],
)
def test_every_sort_of_picture_is_shown(content: bytes, name: str) -> None:
    found = shown(stored(content, name))
    assert len(found.select("source")) == 2
    assert found.img["width"] == "480"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (encoded(Drawing.effect_noise((640, 360), 90).convert("RGB"), "JPEG")[:900], "cut.jpg"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "broken.png"),
        (b"<html>not a picture</html>", "page.jpg"),
        (b"", "empty.png"),
    ],
    ids=["cut", "broken", "no picture", "empty"],
)
def test_a_broken_file_leaves_its_alternative(
    content: bytes, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    image = picture()
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(content)
    with caplog.at_level(logging.WARNING):
        found = shown(Image.objects.get(pk=image.pk))
    assert found.text == "A tree"
    assert found.find("img") is None
    assert f"{image.pk}" in caplog.text


def test_a_file_that_is_lost_leaves_its_alternative() -> None:
    image = picture()
    image.file.storage.delete(image.file.name)
    assert shown(Image.objects.get(pk=image.pk)).text == "A tree"


def test_a_page_stays_whole_when_its_picture_is_broken(client: Client, site: BilingualSite) -> None:
    image = picture()
    page = published(ThemePageFactory(parent=site.themes, picture=image))
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(b"broken")
    for address in (page.url, site.themes.url, "/en/"):
        response = client.get(address)
        assert response.status_code == 200
        assert not BeautifulSoup(response.content, "html.parser").select("main img")


def test_a_picture_of_one_pixel_is_not_blown_up(client: Client, site: BilingualSite) -> None:
    dot = picture(width=1, height=1)
    assert shown(dot).find("img") is None
    page = published(ThemePageFactory(parent=site.themes, picture=dot))
    assert client.get(page.url).status_code == 200


def test_no_picture_shows_nothing() -> None:
    assert shown(None).text == ""


def test_words_that_stand_for_a_picture_are_escaped() -> None:
    template = engines["django"].from_string("{% load pictures %}{% picture i width-9 alt=alt %}")
    html = template.render({"i": picture(width=1, height=1), "alt": "<script>"})
    assert html == "&lt;script&gt;"


# --- What the library takes -----------------------------------------------------------------------


def upload(content: bytes, name: str) -> Any:
    form = get_image_form(get_image_model())
    return form({"title": "A picture"}, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "sign.svg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "sign.png"),
        (b"<html>", "page.jpg"),
        (b"", "empty.png"),
        (encoded(Drawing.new("1", (9000, 9000)), "PNG"), "huge.png"),
    ],
    ids=["SVG", "SVG in disguise", "no picture", "empty", "81 million pixels"],
)
def test_the_library_refuses_what_it_cannot_show_safely(content: bytes, name: str) -> None:
    form = upload(content, name)
    assert not form.is_valid()
    assert form.errors["file"]


def test_the_library_takes_a_photograph() -> None:
    form = upload(encoded(Drawing.new("RGB", (640, 360)), "JPEG"), "tree.jpg")
    assert "file" not in form.errors


# --- Drawn ahead ----------------------------------------------------------------------------------


def test_a_worker_draws_a_page_and_its_card_before_anybody_comes(
    client: Client, site: BilingualSite
) -> None:
    image = picture(width=1600, height=900)
    page = published(ThemePageFactory(parent=site.themes, picture=image))
    assert not image.renditions.exists()
    draw_ahead.call(page.pk)
    ready = set(image.renditions.values_list("filter_spec", flat=True))
    for address in (page.url, site.themes.url, "/en/"):
        client.get(address)
    assert ready == set(image.renditions.values_list("filter_spec", flat=True))
    assert ready


@pytest.mark.parametrize("live", [True, False])
def test_what_shows_no_picture_or_is_no_longer_public_is_left_alone(
    site: BilingualSite, live: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = published(ThemePageFactory(parent=site.themes, picture=None if live else picture()))
    if not live:
        page.unpublish()
    monkeypatch.setattr(
        "wagtail.models.Page.make_preview_request", lambda _self: pytest.fail("read")
    )
    draw_ahead.call(page.pk)
    draw_ahead.call(10**9)


def test_who_adds_a_picture_is_told_what_its_description_is_for(admin_client: Client) -> None:
    for address in ("wagtailimages:add", "wagtailimages_chooser:choose"):
        assert b"offered as the alternative" in admin_client.get(reverse(address)).content
