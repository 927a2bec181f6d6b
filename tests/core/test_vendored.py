"""What others made and we ship: noted by checksum, with its licence and version beside it."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from PIL import ImageFont

STATIC = Path(settings.SITE_DIR) / "static"
VENDOR = STATIC / "vendor"
FACE = STATIC / "fonts" / "piazzolla" / "piazzolla-medium.woff2"
FACE_OF_PICTURES = Path(settings.SITE_DIR) / "core/share_pictures/fonts/piazzolla-medium.ttf"
# What an English or a French heading may hold.
LETTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    "ÀÂÄÆÇÉÈÊËÎÏÔŒÙÛÜŸàâäæçéèêëîïôœùûüÿ"
    "«»‹›’‘“”–—…·§°€.,;:!?()[]/&%+-\u00a0\u202f"  # noqa: RUF001
)


def packages() -> list[Path]:
    folders = [*VENDOR.iterdir(), *(STATIC / "fonts").iterdir(), FACE_OF_PICTURES.parent]
    return sorted(path for path in folders if path.is_dir())


@pytest.mark.parametrize("package", packages(), ids=lambda path: path.name)
def test_every_file_has_the_checksum_that_was_noted(package):
    noted = dict(
        reversed(line.split(maxsplit=1))
        for line in (package / "SHA256SUMS").read_text().splitlines()
    )
    assert noted
    for name, checksum in noted.items():
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == checksum, name


@pytest.mark.parametrize("package", packages(), ids=lambda path: path.name)
def test_what_is_shipped_is_noted_and_its_licence_and_version_stand_beside_them(package):
    noted = (package / "SHA256SUMS").read_text()
    shipped = [*package.glob("*.js"), *package.glob("*.woff2"), *package.glob("*.ttf")]
    assert shipped
    assert all(path.name in noted for path in shipped)
    assert (package / "LICENSE").stat().st_size
    assert (package / "VERSION").read_text().strip()


def test_htmx_is_the_version_that_its_own_code_names():
    version = (VENDOR / "htmx" / "VERSION").read_text().strip()
    assert f'version:"{version}"' in (VENDOR / "htmx" / "htmx.min.js").read_text()


def test_the_face_of_headings_is_one_light_file():
    assert [path.name for path in STATIC.rglob("*.woff2")] == [FACE.name]
    assert FACE.stat().st_size <= 16 * 1024


def test_the_face_of_headings_draws_every_letter_of_both_languages():
    face = ImageFont.truetype(FACE, 64)

    def drawn(letter: str) -> tuple[float, bytes]:
        return face.getlength(letter), bytes(face.getmask(letter))

    missing = drawn("\ue000")  # for private use: no face draws it
    assert [letter for letter in LETTERS if drawn(letter) == missing] == []
