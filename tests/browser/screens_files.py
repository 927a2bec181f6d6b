"""Screens of a draft's files: none yet, some that tell much, refused ones, and sent."""

from playwright.sync_api import FilePayload

from tests.browser.screens import screen
from tests.browser.visits import Visit
from tests.submissions.filed import Writer, file_question, send, writer_of
from tests.submissions.filing import docx, pdf

REMARKS = "<w:p><w:ins><w:r><w:t>New words</w:t></w:r></w:ins></w:p>"


def write(visit: Visit) -> Writer:
    """A draft of the place, whose author's cookie this browser has."""
    writer = writer_of(visit.place.where.consultation)
    visit.tab.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": visit.base}
            for name, morsel in writer.browser.cookies.items()
        ]
    )
    return writer


@screen("files: none yet")
def none_yet(visit: Visit) -> None:
    visit.open("submissions:draft_files", write(visit).author.draft_id)


@screen("files: what they tell, one removed, one of a question")
def told(visit: Visit) -> None:
    writer = write(visit)
    writer.file(docx(REMARKS), "Opinion of the institute.docx")
    question = file_question(visit.place.where.consultation, "A study of your own")
    writer.file(pdf(author="Ada"), "étude.pdf", question=question)
    writer.file(pdf("removed"), "draft.pdf")
    visit.open("submissions:draft_files", writer.author.draft_id)
    visit.press("button[name=remove_file] >> nth=1")


@screen("files: refused")
def refused(visit: Visit) -> None:
    visit.open("submissions:draft_files", write(visit).author.draft_id)
    page = FilePayload(name="page.pdf", mimeType="application/pdf", buffer=b"<html></html>")
    good = FilePayload(name="study.pdf", mimeType="application/pdf", buffer=pdf())
    visit.tab.set_input_files("main input[type=file]", [page, good])
    visit.press("button[name=add_files]", status=422)


@screen("files: full")
def full(visit: Visit) -> None:
    writer = write(visit)
    for n in range(5):
        writer.file(pdf(str(n)), f"{n}.pdf")
    visit.open("submissions:draft_files", writer.author.draft_id)


@screen("files: sent")
def sent(visit: Visit) -> None:
    writer = write(visit)
    writer.file(pdf(author="Ada"))
    send(writer)
    visit.open("submissions:draft_files", writer.author.draft_id)
