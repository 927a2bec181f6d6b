"""A disk that is really full (case 22): a small one is mounted, which only root may."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from submissions.models import Attachment
from tests.submissions.filed import somebody, upload
from tests.submissions.filing import pdf
from tests.submissions.test_files_page import text_of

pytestmark = [pytest.mark.more, pytest.mark.django_db(transaction=True)]
SMALL = 256 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=0700", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def large() -> bytes:
    """A document of half a megabyte."""
    return pdf("x" * SMALL * 2)


def files_in(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def test_a_full_disk_is_told_and_heals(small_disk: Path, settings: Any) -> None:
    kept = {**settings.STORAGES["contributions"]}
    kept["OPTIONS"] = {**kept["OPTIONS"], "location": small_disk}
    writer = somebody()
    with override_settings(STORAGES={**settings.STORAGES, "contributions": kept}):
        answer = writer.add(upload(large(), "large.pdf"), upload(name="small.pdf"))
        assert answer.status_code == 422
        said = text_of(answer)
        assert "large.pdf – It could not be kept: there is no room left here." in said
        assert [row.name for row in Attachment.objects.all()] == ["small.pdf"]
        [path] = files_in(small_disk)
        assert path.read_bytes() == pdf()
        subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
        assert writer.add(upload(large(), "large.pdf")).status_code == 302


def test_a_full_temporary_folder_is_told_and_heals(
    small_disk: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(small_disk)
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    writer = somebody()
    answer = writer.add(upload(large(), "large.pdf"), upload(name="small.pdf"))
    assert answer.status_code == 422 and "no room left here" in text_of(answer)
    assert [row.name for row in Attachment.objects.all()] == ["small.pdf"]
    assert not files_in(small_disk)  # of what came in, nothing stays
