"""What staff write is for staff: no public page says it, and no note leaves."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from submissions.contributions.exports.formats import FORMATS
from submissions.contributions.staff import coding, notes, passages
from submissions.contributions.staff.places import Place
from submissions.contributions.staff.scheme import services as scheme
from submissions.contributions.staff.scheme.services import Words
from tests.submissions.exporting import exported
from tests.submissions.libraries import Room, member_of_staff, room

CANARY = "Xylokanarie"


@pytest.fixture
def where(db: None) -> Room:
    return room()


@pytest.fixture
def read(where: Room) -> Any:
    """A published contribution on which staff wrote all that they can."""
    one = where.published().contribution
    user = member_of_staff(f"{CANARY}-user", "view_contribution")
    labels = {"en": Words(f"{CANARY} code", CANARY), "fr": Words(f"{CANARY} fr", CANARY)}
    code = scheme.add(where.where.consultation, labels, None, user)
    coding.code_contribution(one, [code], user)
    answer = one.answers.get()
    passages.mark(answer, Place(0, 5), [code], user, quote=answer.text[:5])
    notes.add(one, user, f"{CANARY} note")
    return one


# case 47
def test_no_public_page_says_a_word_of_notes_and_codes(where: Room, read: Any):
    visitor = Client()
    seen = 0
    for language in ("en", "fr"):
        with translation.override(language):
            urls = [
                reverse("submissions:library"),
                *(
                    reverse(f"submissions:{name}", args=[read.reference])
                    for name in ("publication", "publication_data", "publication_text")
                ),
            ]
        for url in [*urls, where.page.url, where.page_fr.url, f"/{language}/", "/sitemap.xml"]:
            response = visitor.get(url)
            body = b"".join(response) if response.streaming else response.content
            assert CANARY.encode() not in body, url
            seen += response.status_code == 200
    assert seen >= len(("library", "publication", "theme")) * 2


@pytest.mark.parametrize("format", FORMATS)
def test_no_export_holds_a_note(where: Room, read: Any, tmp_path: Path, format: str):
    path = exported(tmp_path, format, read.consultation)
    kept = [path.read_bytes()]
    if is_zipfile(path):
        with ZipFile(path) as archive:
            kept += [archive.read(name) for name in archive.namelist()]
    assert not [content for content in kept if f"{CANARY} note".encode() in content]
