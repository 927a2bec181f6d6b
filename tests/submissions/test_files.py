"""The files of a dossier: taken whole or not at all, few and small, gone when they should be."""

import errno
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation

from core.clock import database_now
from submissions.contributions.files import limits
from submissions.contributions.files.retention import forget_bytes, forget_files
from submissions.contributions.files.services import (
    FileRefused,
    erase,
    of_contribution,
    of_draft,
    put_back,
    remove,
)
from submissions.contributions.files.storing import keep, storage
from submissions.models import Attachment, ScanState
from tests.submissions.filed import (  # noqa: F401
    file_question,
    judged_here,
    send,
    somebody,
    take_up_again,
    upload,
)
from tests.submissions.filing import docx, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judged_here")]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Any:
    """An empty place for files."""
    kept = {**settings.STORAGES["contributions"]}
    kept["OPTIONS"] = {**kept["OPTIONS"], "location": tmp_path / "kept"}
    with override_settings(STORAGES={**settings.STORAGES, "contributions": kept}):
        yield tmp_path / "kept"


def stored(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def refusal(writer: Any, content: bytes, **to: Any) -> str:
    with pytest.raises(FileRefused) as refused:
        writer.file(content, **to)
    return refused.value.code


def test_a_file_is_kept_in_private_under_a_name_of_chance(place: Path) -> None:
    row = somebody().file(pdf(author="Ada"), "Étude.PDF")
    assert (row.name, row.kind, row.tells, row.scan) == (
        *("Étude.PDF", "pdf", ["author"]),
        ScanState.NOT_SCANNED,
    )
    [path] = stored(place)
    assert path.read_bytes() == pdf(author="Ada") and path.stat().st_mode & 0o777 == 0o600
    assert row.size == len(pdf(author="Ada")) and len(row.sha256) == 64
    assert "tude" not in row.key and row.key.endswith(path.name) and len(path.name) == 40


def test_it_lies_outside_of_what_a_web_server_serves(settings: Any) -> None:
    # case 40: no address of /media/ or /static/ leads there
    kept = Path(settings.STORAGES["contributions"]["OPTIONS"]["location"])
    for served in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert Path(served) not in kept.parents and kept != Path(served)
    with pytest.raises(ValueError):
        storages["contributions"].url("x")


def test_what_it_says_of_itself_is_not_believed() -> None:
    writer = somebody()
    assert writer.file(docx(), "study.pdf").kind == "docx"
    assert refusal(writer, b"<html></html>", name="study.pdf") == "page"


def test_the_sentence_says_what_to_do_in_the_readers_language() -> None:
    with pytest.raises(FileRefused) as refused:
        somebody().file(b"<svg/>")
    assert str(refused.value).endswith("Save it as PDF, DOCX or ODT, and add that.")
    with translation.override("fr"):
        assert "PDF" in str(refused.value) and "Save" not in str(refused.value)


# case 39
def test_a_dossier_has_few_files_and_small_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = somebody()
    assert refusal(writer, pdf() + b" " * limits.LARGEST) == "too_large"
    assert refusal(writer, b"") == "empty"
    for n in range(limits.MOST_FILES):
        writer.file(pdf(str(n)))
    assert refusal(writer, pdf("one more")) == "too_many"
    remove(of_draft(writer.author.draft).first())
    monkeypatch.setattr(limits, "MOST_BYTES", 1500)
    assert refusal(writer, pdf("one more")) == "too_much"


def test_the_same_file_twice_is_one(place: Path) -> None:
    writer = somebody()
    first = writer.file()
    assert writer.file(name="again.pdf") == first
    assert len(stored(place)) == 1
    question = file_question(writer.author.draft.consultation)
    assert writer.file(question=question) != first  # an answer of its own


def test_what_was_sent_meanwhile_keeps_its_files() -> None:
    writer = somebody()
    row = writer.file()
    send(writer)
    with pytest.raises(FileRefused) as refused:
        remove(row)
    assert refused.value.code == "sent"
    row.refresh_from_db()
    assert row.removed_at is None


def test_a_removed_file_can_be_put_back_for_a_day(place: Path) -> None:
    writer = somebody()
    row = writer.file()
    remove(row)
    assert not of_draft(writer.author.draft).exists()
    forget_files(database_now() + timedelta(hours=23))
    put_back(row)
    assert of_draft(writer.author.draft).get() == row
    remove(row)
    forget_files(database_now() + timedelta(hours=25))
    assert not Attachment.objects.exists()


def test_there_may_be_no_room_any_more_to_put_it_back() -> None:
    writer = somebody()
    row = writer.file()
    remove(row)
    for n in range(limits.MOST_FILES):
        writer.file(pdf(str(n)))
    with pytest.raises(FileRefused, match="5 files"):
        put_back(row)


def test_what_was_sent_takes_nothing_more_and_keeps_what_is_removed_later() -> None:
    writer = somebody()
    row = writer.file()
    contribution = send(writer)
    assert refusal(writer, pdf("late")) == "sent"
    take_up_again(writer)
    writer.file(pdf("new"))
    remove(row)
    forget_files(database_now() + timedelta(days=9))
    assert of_contribution(contribution).get() == row  # of the version that was sent


@pytest.mark.django_db(transaction=True)
def test_erasing_leaves_neither_row_nor_byte(place: Path) -> None:
    # case 60
    writer = somebody()
    writer.file()
    contribution = send(writer)
    take_up_again(writer)
    remove(writer.file(pdf("removed")))
    writer.file(pdf("not sent"))
    assert len(stored(place)) == 3
    with transaction.atomic():
        erase(contribution)
        assert len(stored(place)) == 3  # until it is sure
    assert not stored(place) and not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_belongs_to_nothing_goes_by_itself(place: Path) -> None:
    writer = somebody()
    writer.file()
    keep(upload())  # a process that was killed before it wrote the row
    now = database_now()
    forget_files(now)
    assert len(stored(place)) == 2
    writer.author.draft.delete()
    forget_files(now)
    assert len(stored(place)) == 1 and not Attachment.objects.exists()
    assert forget_bytes(now + timedelta(days=1)) == 0  # it may still be on its way
    assert forget_bytes(now + timedelta(days=3)) == 1
    assert not stored(place)


def test_nothing_stored_yet_is_nothing_to_forget() -> None:
    assert forget_bytes(database_now()) == 0


# case 22
def test_a_full_disk_is_told_and_leaves_no_half(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Any, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(100))
        raise OSError(errno.ENOSPC, "No space left on device")

    writer = somebody()
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", full)
        assert refusal(writer, pdf()) == "no_room"
    assert not stored(place) and not Attachment.objects.exists()
    writer.file()  # there is room again
    assert len(stored(place)) == 1


def test_a_row_that_can_not_be_written_leaves_no_bytes(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise RuntimeError

    writer = somebody()
    monkeypatch.setattr(Attachment, "save", fail)
    with pytest.raises(RuntimeError):
        writer.file()
    assert not stored(place)


@pytest.mark.django_db(transaction=True)
def test_five_at_the_same_moment_are_five_and_no_more(place: Path) -> None:
    writer = somebody()
    refused: list[str] = []

    def add(n: int) -> None:
        try:
            writer.file(pdf(str(n)))
        except FileRefused as trouble:
            refused.append(trouble.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["too_many"] * 3
    assert len(stored(place)) == Attachment.objects.count() == limits.MOST_FILES
    assert storage().exists(Attachment.objects.first().key)
