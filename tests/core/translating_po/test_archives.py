"""An archive of PO files: imported whole or not at all, whatever was made of it on its way."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page, PageLogEntry

from core.models import PageTranslation, TranslationFile
from core.translating.po.archive import MOST_FILES
from core.translating.po.importing import IMPORTED
from core.translating.po.writing import as_zip, translations_under
from tests.core.translating_po.files import begun, confirm, filled, packed, upload, words_of

pytestmark = pytest.mark.django_db

LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
# Where a field stands behind the beginning of each kind of head.
FLAGS = {LOCAL: 6, CENTRAL: 8}
SIZE = {LOCAL: 22, CENTRAL: 24}


def forged(content: bytes, places: dict[bytes, int], form: str, value: int) -> bytes:
    """The archive with one number of each head changed."""
    raw = bytearray(content)
    for head, offset in places.items():
        at = raw.find(head)
        while at >= 0:
            struct.pack_into(form, raw, at + offset, value)
            at = raw.find(head, at + 4)
    return bytes(raw)


def test_an_archive_is_imported_whole_or_not_at_all(client: Client):
    page, first = begun()
    _below, second = begun("Below", parent=first.source.get_source_instance())
    assert client.get(f"/admin/translating/trees/{page.pk}/po.zip").status_code == 200
    good, bad = str(filled(first)), str(filled(second, title="<b>"))
    answer = upload(client, page, packed(**{"a.po": good, "b.po": bad}), tree=True)
    assert answer.status_code == 422 and "b.po" in answer.content.decode()
    assert not words_of(first)
    system: dict[str, str | bytes] = {
        "a.po": good,
        "b.po": str(filled(second)),
        "__MACOSX/._a.po": b"\0",
    }
    confirm(client, upload(client, page, packed(**system), tree=True))
    assert "title" in words_of(first) and "title" in words_of(second)
    assert as_zip(translations_under(page))


@pytest.mark.parametrize(
    "name", ["../a.po", "/etc/a.po", "a\\..\\b.po", "C:a.po", "a.exe", "z.zip"]
)
def test_names_that_lead_away_are_refused(client: Client, name: str):
    page, translation = begun()
    answer = upload(client, page, packed(**{name: str(filled(translation))}), tree=True)
    assert answer.status_code == 422 and not words_of(translation)


def test_a_bomb_is_refused_unread(client: Client):
    page, _translation = begun()
    bomb = packed(**{f"{n}.po": b"0" * (900 * 1024) for n in range(40)})
    assert len(bomb) < 100_000
    answer = upload(client, page, bomb, tree=True)
    assert answer.status_code == 422 and "30 MB unpacked" in answer.content.decode()


def with_smaller_sizes(content: bytes) -> bytes:
    return forged(content, SIZE, "<I", 10)


def with_larger_sizes(content: bytes) -> bytes:
    return forged(content, SIZE, "<I", 900_000)


def with_a_huge_size(content: bytes) -> bytes:
    return forged(content, SIZE, "<I", 0xFFFFFFFE)


def locked(content: bytes) -> bytes:
    return forged(content, FLAGS, "<H", 1)


def cut_off(content: bytes) -> bytes:
    return content[:-40]


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (with_smaller_sizes, "can’t be read as a zip archive"),
        (with_larger_sizes, "can’t be read as a zip archive"),
        (with_a_huge_size, "30 MB unpacked"),
        (locked, "locked by a password"),
        (cut_off, "can’t be read as a zip archive"),
    ],
)
def test_an_archive_that_lies_is_refused(
    client: Client, forge: Callable[[bytes], bytes], reason: str
):
    page, translation = begun()
    answer = upload(client, page, forge(packed(**{"a.po": str(filled(translation))})), tree=True)
    assert answer.status_code == 422 and reason in answer.content.decode()
    assert not words_of(translation) and not TranslationFile.objects.exists()


def test_a_link_of_the_system_is_refused(client: Client):
    page, _translation = begun()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.po")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    answer = upload(client, page, out.getvalue(), tree=True)
    said = answer.content.decode()
    assert answer.status_code == 422 and "a.po" in said and "or it is a link" in said
    assert "root:" not in said


def test_too_many_files_and_the_same_name_twice_are_refused(client: Client):
    page, translation = begun()
    many = packed(**{f"{number}.po": "x" for number in range(MOST_FILES + 1)})
    answer = upload(client, page, many, tree=True)
    assert answer.status_code == 422 and "more than 500 files" in answer.content.decode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        for _time in range(2):
            archive.writestr("a.po", str(filled(translation)))
    answer = upload(client, page, out.getvalue(), tree=True)
    assert answer.status_code == 422 and "bear this name" in answer.content.decode()
    twice = packed(**{name: str(filled(translation)) for name in ("a.po", "b.po")})
    answer = upload(client, page, twice, tree=True)
    assert answer.status_code == 422 and "of the same page" in answer.content.decode()


def test_what_is_found_while_it_is_written_takes_everything_back(client: Client):
    """An address that another page has is seen at the last page: the first one loses its words."""
    page, first = begun()
    _below, second = begun("Below", parent=first.source.get_source_instance())
    begun("Taken", parent=first.source.get_source_instance())
    taken = Page.objects.get(locale__language_code="fr", slug__contains="taken").slug
    files = {"a.po": str(filled(first)), "b.po": str(filled(second, slug=taken))}
    answer = upload(client, page, packed(**files), tree=True)
    refused = confirm(client, answer)
    said = refused.content.decode()
    assert refused.status_code == 409
    assert "b.po" in said and "line " in said and "has the address" in said
    assert not words_of(first) and not words_of(second)
    assert not PageTranslation.objects.filter(translation=first, state="in_progress").exists()
    assert not PageLogEntry.objects.filter(action=IMPORTED).exists()


def test_faults_of_every_file_are_told_at_once(client: Client):
    page, first = begun()
    _below, second = begun("Below", parent=first.source.get_source_instance())
    answer = upload(
        client,
        page,
        packed(**{"a.po": str(filled(first, title="<b>")), "b.po": "no PO file"}),
        tree=True,
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "a.po" in said and "A tag is not closed" in said
    assert "b.po" in said and "read as a PO file" in said
    assert not words_of(first) and not words_of(second)


def test_a_page_of_another_part_of_the_site_is_refused(client: Client):
    page, translation = begun()
    _other, another = begun("Elsewhere")
    files = {"a.po": str(filled(translation)), "b.po": str(filled(another))}
    answer = upload(client, page, packed(**files), tree=True)
    assert answer.status_code == 422 and "in this part of the site" in answer.content.decode()
    assert not words_of(translation) and not words_of(another)
