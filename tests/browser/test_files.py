"""Files in a browser: added without scripts, saved and never run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from submissions.contributions.files import serving
from submissions.models import Attachment, AttachmentType
from tests.submissions.conftest import address
from tests.submissions.filed import Writer, publish, send, somebody
from tests.submissions.filing import pdf
from tests.submissions.sendable import blank

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page as Tab

    from tests.fixtures.browser import OpenPage

RUNS = b"<script>console.error('canary')</script><img src=x onerror=console.error('canary')>"


def enter(tab: Tab, base: str, writer: Writer) -> None:
    """Have the cookie that names the author."""
    tab.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": base}
            for name, morsel in writer.browser.cookies.items()
        ]
    )


@pytest.mark.parametrize("javascript", [False, True])
def test_files_are_added_removed_and_put_back(
    live_server: Any, open_page: OpenPage, tmp_path: Path, *, javascript: bool
) -> None:
    writer = somebody()
    tab = open_page(javascript=javascript)
    enter(tab, live_server.url, writer)
    tab.goto(live_server.url + writer.page())
    paths = []
    for name, content in (("étude.pdf", pdf(author="Ada")), ("page.pdf", b"<html>" + RUNS)):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    tab.set_input_files("input[type=file]", paths)
    tab.get_by_role("button", name="Add what was chosen").click()
    tab.locator(".error-summary").wait_for()
    assert "page.pdf – It is a web page" in tab.locator(".error-summary").inner_text()
    assert "étude.pdf" in tab.locator("main li.file").inner_text()
    assert "who wrote it" in tab.locator("main li.file").inner_text()
    with tab.expect_download() as saved:
        tab.get_by_role("link", name="étude.pdf").click()
    assert saved.value.suggested_filename == "étude.pdf"
    tab.get_by_role("button", name="Remove").click()
    tab.get_by_role("button", name="Put it back").click()
    tab.get_by_text("The file is back.").wait_for()
    tab.get_by_role("link", name="étude.pdf").wait_for()


@pytest.mark.parametrize("javascript", [False, True])
def test_a_question_is_answered_by_a_file_and_no_word_is_lost(
    live_server: Any, open_page: OpenPage, tmp_path: Path, *, javascript: bool
) -> None:
    asked = ("long_text", {"label": "What do you propose?"}), ("file", {"label": "Your study"})
    dossier = blank(questions=list(asked))
    words, study = (f"question_{dossier.question(kind).pk}" for kind in ("long_text", "file"))
    tab = open_page(javascript=javascript)
    enter(tab, live_server.url, Writer(dossier.author, dossier.browser()))
    page = address("draft_section", str(dossier.draft.pk), dossier.questionnaires[0].pk, 0)
    tab.goto(live_server.url + page)
    refused, taken = tmp_path / "page.pdf", tmp_path / "study.pdf"
    refused.write_bytes(b"<html>" + RUNS)
    taken.write_bytes(pdf())
    tab.locator(f"[name={words}]").fill("Words beside a file")
    tab.set_input_files(f"[name={study}]", refused)
    tab.locator(".button-large[name=then]").click()
    tab.locator(".error-summary a").click()
    assert "Your study – page.pdf – It is a web page" in tab.locator(".error-summary").inner_text()
    assert tab.locator(f"[name={words}]").input_value() == "Words beside a file"
    tab.set_input_files(f"[name={study}]", taken)
    tab.locator(f"[name={words}]").fill("More words")
    tab.get_by_role("button", name="Add what was chosen").click()
    tab.get_by_role("link", name="study.pdf").wait_for()
    assert tab.locator(f"[name={words}]").input_value() == "More words"
    assert Attachment.objects.get().question == dossier.question("file")


# case 33
@pytest.mark.parametrize("content_type", ["application/pdf", "text/html", "image/svg+xml"])
def test_a_polyglot_that_came_through_never_runs(
    live_server: Any,
    open_page: OpenPage,
    monkeypatch: pytest.MonkeyPatch,
    content_type: str,
) -> None:
    # As if the judge had missed it, and as if even its type were told as its author wants.
    content = pdf().replace(b"\n", b"\n" + RUNS + b"\n", 1)
    judged = type("Judged", (), {"kind": "pdf", "tells": []})
    monkeypatch.setattr("submissions.contributions.files.services.judge", lambda _file: judged)
    monkeypatch.setitem(serving.TYPES, AttachmentType.PDF, content_type)
    writer = somebody()
    row = writer.file(content, "polyglot.html")
    publish(send(writer))
    assert Attachment.objects.get().size == len(content)
    tab = open_page()
    heard: list[str] = []
    tab.context.on("console", lambda message: heard.append(message.text))
    url = live_server.url + address("published_file", row.pk)
    with tab.expect_download() as saved:
        tab.goto(live_server.url + "/robots.txt")
        tab.evaluate(f"location.href = '{url}'")
    assert saved.value.suggested_filename == "polyglot.html.pdf"
    # Put into a page of an attacker's, or of ours.
    for tag in ("iframe", "embed", "object", "script", "img"):
        source = "data" if tag == "object" else "src"
        tab.set_content(f"<{tag} {source}='{url}'></{tag}>")
        tab.wait_for_timeout(100)
    assert "canary" not in heard
    tab.goto("about:blank")  # the test's own ears, where no policy holds
    tab.set_content(RUNS.decode())
    tab.wait_for_timeout(200)
    assert "canary" in heard
