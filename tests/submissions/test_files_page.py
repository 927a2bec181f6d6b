"""The page of a draft's files, without JavaScript: several at once, each answered for by itself."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from submissions.contributions.drafts.tasks import tasks_in
from submissions.contributions.files import limits
from submissions.contributions.files import page as page_of_files
from submissions.contributions.files.incoming import expect_files
from submissions.contributions.files.receiving import WHOLE, receive_files
from submissions.contributions.files.services import of_draft, remove
from submissions.contributions.files.shown import controls_of
from submissions.limits import counting
from submissions.models import Attachment, Question, ScanState
from tests.submissions.conftest import address
from tests.submissions.filed import Writer, file_question, judged_here, send, somebody, upload  # noqa: F401
from tests.submissions.filing import docx, odt, pdf
from tests.submissions.sendable import blank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judged_here")]


@pytest.fixture
def writer() -> Writer:
    return somebody()


def text_of(response: Any) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def names(writer: Writer) -> list[str]:
    return [row.name for row in of_draft(writer.author.draft)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_limits_are_told_before_anything_is_chosen(writer: Writer, language: str) -> None:
    page = writer.see(language)
    assert page.status_code == 200
    assert all(said in text_of(page) for said in ("PDF, DOCX", "10", "5"))
    html = page.content.decode()
    assert 'enctype="multipart/form-data"' in html and " multiple " in html
    assert {"en": "Step 2 of 4", "fr": "Étape 2 sur 4"}[language] in text_of(page)
    assert "no-store" in page["Cache-Control"] and page["X-Robots-Tag"] == "noindex"


def test_several_at_once_are_added(writer: Writer) -> None:
    answer = writer.add(upload(name="a.pdf"), upload(docx(), "b.docx"), upload(odt(), "c.odt"))
    assert answer.status_code == 302 and names(writer) == ["a.pdf", "b.docx", "c.odt"]
    page = text_of(writer.browser.get(answer["Location"]))
    assert "What you chose was added." in page and "room for 2 files more" in page
    assert all(name in page for name in names(writer))


def test_one_that_is_refused_takes_nothing_from_the_others(writer: Writer) -> None:
    answer = writer.add(upload(b"<html>", "page.pdf"), upload(name="good.pdf"))
    assert answer.status_code == 422 and names(writer) == ["good.pdf"]
    said = text_of(answer)
    assert "page.pdf – It is a web page" in said and "1 file was added." in said
    html = answer.content.decode()
    assert html.index("error-summary") < html.index("<h1") and 'href="#id_files"' in html
    assert "<title>Error:" in html


def test_what_a_file_tells_is_told_to_its_sender(writer: Writer) -> None:
    # case 41
    writer.add(upload(pdf(author="Ada")))
    page = text_of(writer.see())
    assert "Besides its text, this file tells" in page and "who wrote it" in page
    assert Attachment.objects.get().tells == ["author"]


def test_nothing_chosen_is_said(writer: Writer) -> None:
    answer = writer.add()
    assert "No file was chosen." in text_of(writer.browser.get(answer["Location"]))


def test_a_file_is_removed_and_put_back(writer: Writer) -> None:
    row = writer.file()
    answer = writer.browser.post(writer.page(), {"remove_file": str(row.pk)})
    page = text_of(writer.browser.get(answer["Location"]))
    assert "For a day it can be put back." in page and not names(writer)
    writer.browser.post(writer.page(), {"put_back_file": str(row.pk)})
    assert names(writer) == ["study.pdf"]


def test_nobody_removes_the_file_of_another(writer: Writer) -> None:
    other = somebody()
    row = other.file()
    for said in (str(row.pk), "x", ""):
        writer.browser.post(writer.page(), {"remove_file": said})
    assert names(other) == ["study.pdf"]
    assert other.browser.get(writer.page()).status_code == 404
    assert writer.browser.post(other.page(), {"files": [upload()]}).status_code == 404


def test_what_was_sent_is_shown_and_not_changed(writer: Writer) -> None:
    row = writer.file()
    send(writer)
    page = writer.see()
    assert "has been sent with these files" in text_of(page) and b'type="file"' not in page.content
    assert "has been sent" in text_of(writer.add(upload(name="late.pdf")))
    writer.browser.post(writer.page(), {"remove_file": str(row.pk)})
    assert names(writer) == ["study.pdf"]


def test_one_that_was_set_aside_is_named_and_not_linked(writer: Writer) -> None:
    row = writer.file()
    Attachment.objects.update(scan=ScanState.INFECTED)
    page = writer.see()
    assert "a virus was found" in text_of(page)
    assert writer.page("own_file", row.pk) not in page.content.decode()


def test_a_hostile_name_is_shown_as_text_apart_from_the_sentence(writer: Writer) -> None:
    # case 37, case 51
    writer.add(upload(name="<svg onload=alert(1)>.pdf"), upload(b"x", "\u202efdp.exe"))
    page = writer.see().content.decode()
    assert "<bdi>&lt;svg onload=alert(1)&gt;.pdf</bdi>" in page and "<svg onload" not in page
    refused = writer.add(upload(b"x", "\u202efdp.exe")).content.decode()
    assert "<bdi>fdp.exe</bdi>" in refused and "\u202e" not in refused


# case 39
def test_a_dossier_takes_five(writer: Writer) -> None:
    answer = writer.add(*(upload(pdf(str(n)), f"{n}.pdf") for n in range(6)))
    assert answer.status_code == 422 and len(names(writer)) == 5
    said = text_of(answer)
    assert "5.pdf – There are 5 files already." in said and "remove one first" in said


# case 39
def test_one_that_is_too_large_is_not_even_put_aside(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGEST", 2000)
    large = pdf() + b" " * 300_000
    answer = writer.add(upload(large, "large.pdf"), upload(name="small.pdf"), words="kept")
    assert answer.status_code == 422 and names(writer) == ["small.pdf"]
    assert "large.pdf – It is larger than 10 MB." in text_of(answer)


# case 25
def test_of_far_too_much_the_words_are_taken_all_the_same(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_SENT", 5000)
    request = RequestFactory().post(
        "/", {"before": "words", "files": [upload(bytes(9000)), upload()], "later": "more"}
    )
    expect_files(request)
    outcome = receive_files(request, writer.author)
    assert request.POST["before"] == "words" and request.POST["later"] == "more"
    assert [one.code for one in outcome.refused[WHOLE]] == ["too_large", "too_large"]


# case 25
def test_of_an_endless_request_no_more_is_read(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_SENT", 50)
    request = RequestFactory().post("/", {"before": "words", "files": [upload(bytes(9000))]})
    expect_files(request)
    [refused] = receive_files(request, writer.author).refused[WHOLE]
    assert refused.code == "too_large" and request.POST["before"] == "words"
    assert not request.FILES


# case 22
def test_no_room_in_the_temporary_folder_is_told(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", full)
    answer = writer.add(upload(name="study.pdf"))
    assert answer.status_code == 422 and "no room left here" in text_of(answer)


# case 39, case 69
def test_too_many_in_a_short_time_are_told_when_to_come_again(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(counting.BY_PARTICIPANT, "upload", 1)
    answer = writer.add(upload(pdf("a"), "a.pdf"), upload(pdf("b"), "b.pdf"))
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    assert "b.pdf – Too many files" in text_of(answer) and names(writer) == ["a.pdf"]


def test_a_day_has_a_limit_of_its_own_by_network(
    writer: Writer, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.PEOPLE_BEHIND_ONE_ADDRESS = 1
    monkeypatch.setitem(counting.BY_NETWORK, "upload", 9)
    other = somebody()
    for one, n in ((writer, 1), (writer, 2), (other, 3)):
        answer = one.browser.post(
            one.page(), {"files": [upload(pdf(str(n)))]}, REMOTE_ADDR="192.0.2.1"
        )
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 86_400


def test_a_question_for_a_file_takes_its_own(writer: Writer) -> None:
    question = file_question(writer.author.draft.consultation, "Your figures")
    field = f"question_{question.pk}"
    request = RequestFactory().post(
        "/", {field: [upload(name="a.pdf"), upload(b"x", "b.pdf")], "other_words": "kept"}
    )
    expect_files(request)
    outcome = receive_files(request, writer.author, [question])
    assert outcome.stays and request.POST["other_words"] == "kept"
    assert [row.name for row in outcome.attached[question.pk]] == ["a.pdf"]
    assert [one.name for one in outcome.refused[question.pk]] == ["b.pdf"]
    asked = Question.objects.filter(pk=question.pk).with_words()
    control = controls_of(writer.author.draft, asked, outcome)[question.pk]
    assert (control.name, control.label, control.left) == (field, "Your figures", 4)
    assert [one.row.name for one in control.files] == ["a.pdf"] and len(control.refused) == 1
    assert "Your figures" in text_of(writer.see())  # the page of all files names it too
    remove(outcome.attached[question.pk][0])


def test_the_summary_of_a_section_says_which_file_was_refused() -> None:
    dossier = blank(questions=[("file", {"label": "Your figures"})])
    field = f"question_{dossier.question('file').pk}"
    where = address("draft_section", str(dossier.draft.pk), dossier.questionnaires[0].pk, 0)
    sent = {field: [upload(b"<html>", "a.pdf"), upload(b"", "b.pdf")], "add_files": field}
    page = dossier.browser().post(where, sent)
    assert page.status_code == 422
    summary = text_of(page).partition("There is a problem")[2]
    assert summary.index("Your figures – a.pdf – It is a web page") < summary.index("Step 1 of")
    assert "Your figures – b.pdf – The file is empty." in summary


def test_the_page_costs_the_same_whatever_it_lists(
    writer: Writer,
) -> None:
    writer.file()
    writer.see()
    counts = []
    for n in range(3):
        with CaptureQueriesContext(connection) as queries:
            writer.see()
        counts.append(len(queries))
        writer.file(pdf(str(n)))
    assert len(set(counts)) == 1


def test_what_was_sent_is_not_judged_to_show_its_files(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = []

    def judge(dossier: Any) -> Any:
        judged.append(dossier)
        return tasks_in(dossier)

    monkeypatch.setattr(page_of_files, "tasks_in", judge)
    assert "Step 2 of 4" in text_of(writer.see()) and len(judged) == 1
    send(writer)
    assert "Step" not in text_of(writer.see()) and len(judged) == 1
