"""What others wrote and we ship is byte for byte what they published."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

VENDOR = Path(settings.SITE_DIR) / "static" / "vendor"


def packages() -> list[Path]:
    return sorted(path for path in VENDOR.iterdir() if path.is_dir())


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
def test_its_scripts_are_noted_and_its_licence_and_version_stand_beside_them(package):
    noted = (package / "SHA256SUMS").read_text()
    assert all(script.name in noted for script in package.glob("*.js"))
    assert (package / "LICENSE").stat().st_size
    assert (package / "VERSION").read_text().strip()


def test_htmx_is_the_version_that_its_own_code_names():
    version = (VENDOR / "htmx" / "VERSION").read_text().strip()
    assert f'version:"{version}"' in (VENDOR / "htmx" / "htmx.min.js").read_text()
