"""What is taken for a document and what is not: by content, within memory and time."""

from typing import get_args

import pikepdf
import pytest

from submissions.contributions.files.judged import ROOT
from submissions.contributions.files.judging import verdict as verdicts
from submissions.contributions.files.judging.kinds import judge as judge_here
from submissions.contributions.files.judging.verdict import RefusedError
from submissions.contributions.files.words import REFUSALS, TOLD
from tests.submissions import filing

Name = pikepdf.Name
ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
HTML = b"<script>document.title='ran'</script>"
ZIP = filing.zipped({"a": "b"})
LAUNCH = pikepdf.Dictionary(S=Name.Launch)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def tells(document: bytes) -> set[str]:
    return set(judge_here(document).tells)


def reason(document: bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        judge_here(document)
    return refused.value.reason


@pytest.mark.parametrize(
    ("document", "kind"),
    [(filing.pdf(), "pdf"), (filing.docx(), "docx"), (filing.odt(), "odt")],
    ids=["pdf", "docx", "odt"],
)
def test_documents_are_taken(document: bytes, kind: str) -> None:
    verdict = judge_here(document)
    assert (verdict.kind, verdict.tells) == (kind, set())


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt"])
def test_what_an_office_program_writes_is_taken(kind: str) -> None:
    # By LibreOffice: a heading, a link, a list, a table, a picture; and who wrote it.
    verdict = judge_here((ROOT / "tests/data/office" / f"study.{kind}").read_bytes())
    assert (verdict.kind, verdict.tells) == (kind, {"author"})


# case 33, case 34, case 36
@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"<html><script>alert(1)</script>", "page"),
        (b"\xef\xbb\xbf <!doctype html><p>", "page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "page"),
        (ENTITY.encode(), "page"),
        ('<?xml version="1.0"?><a/>'.encode("utf-16"), "page"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "page"),
        (b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n", "page"),
        (b"MZ\x90\x00", "program"),
        (b"\x7fELF", "program"),
        (b"#!/bin/sh\nrm -r /", "program"),
        (b"GIF89a/*%s*/=1;alert(1)", "picture"),
        (filing.photograph(place=False), "picture"),
        (b"\x00\x00\x00\x20ftypavif", "picture"),
        (OLE, "old_office"),
        (b"Rar!\x1a\x07", "archive"),
        (filing.zipped({"a.pdf": filing.pdf()}), "archive"),
        (b"{\\rtf1 hello}", "other"),
        (b"Dear all", "other"),
        (b" \n", "empty"),
        (b"\n" + filing.pdf(), "disguised"),
        (HTML + filing.pdf(), "disguised"),
    ],
)
def test_what_is_no_document_is_named(document: bytes, why: str) -> None:
    assert reason(document) == why


# case 33
@pytest.mark.parametrize(
    ("document", "why"),
    [
        (filing.pdf().replace(b"\n", b"\n%" + HTML + b"\n", 1), "disguised"),
        (filing.pdf("<script>alert(1)</script>"), "disguised"),
        (filing.pdf() + HTML, "disguised"),
        (filing.pdf() + b"more", "disguised"),
        (filing.pdf_with("/More", pikepdf.Dictionary(JS="app.alert(1)")), "script"),
        (filing.pdf() + ZIP, "disguised"),
        (filing.pdf().replace(b"%%EOF", b"%" + ZIP + b"\n%%EOF"), "disguised"),
        (filing.pdf_with_script(), "script"),
        (filing.pdf_with_hidden_script(), "script"),
        (filing.pdf_with("/AcroForm", pikepdf.Dictionary(XFA="x")), "script"),
        (filing.pdf_with("/OpenAction", pikepdf.Dictionary(S=Name.Launch, F="cmd")), "actions"),
        (filing.pdf_with("/OpenAction", pikepdf.Dictionary(S=Name.URI, URI="h")), "actions"),
        (filing.pdf_with_annotation(A=pikepdf.Dictionary(S=Name.SubmitForm)), "actions"),
        (filing.pdf_with_annotation(AA=pikepdf.Dictionary(O=LAUNCH)), "actions"),
        (filing.pdf_with_attachment(), "embedded"),
        (filing.pdf_with_annotation(Subtype=Name.RichMedia), "embedded"),
        (filing.pdf_with_annotation(Subtype=Name.FileAttachment), "embedded"),
        (filing.encrypted_pdf("secret"), "encrypted"),
        (filing.encrypted_pdf(), "encrypted"),
        (filing.pdf()[:300], "damaged"),
        (filing.pdf()[:300] + b"\n%%EOF", "damaged"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
        (filing.pdf(pages=2001), "pages"),
    ],
)
def test_a_pdf_only_shows_pages(document: bytes, why: str) -> None:
    assert reason(document) == why


def test_a_link_in_a_pdf_is_no_action_of_its_own() -> None:
    link = pikepdf.Dictionary(S=Name.URI, URI="https://example.org")
    assert tells(filing.pdf_with_annotation(Subtype=Name.Link, A=link)) == set()


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
OBJECT = '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object>'
DDE = (
    "<w:r><w:instrText>DDEAU</w:instrText></w:r><w:r><w:instrText>TO c:\\\\cmd</w:instrText></w:r>"
)


def docx_with(name: str, content: str | bytes) -> bytes:
    return filing.docx(more={name: content})


def tied(kind: str, target: str, mode: str = "") -> bytes:
    ties = filing.relationships(filing.relation(kind, target, mode))
    return docx_with("word/_rels/document.xml.rels", ties)


# case 34, case 35
@pytest.mark.parametrize(
    ("document", "why"),
    [
        (filing.docx(main_type=MACRO), "macros"),
        (docx_with("word/vbaProject.bin", OLE), "macros"),
        (tied("vbaProject", "other.bin"), "macros"),
        (docx_with("word/embeddings/sheet.xlsx", b"PK"), "embedded"),
        (docx_with("word/activeX/activeX1.xml", "<a/>"), "macros"),
        (tied("oleObject", "x.bin"), "embedded"),
        (tied("aFChunk", "page.html"), "embedded"),
        (filing.docx(OBJECT), "embedded"),
        (filing.docx("<w:altChunk/>"), "embedded"),
        (tied("attachedTemplate", "https://example.org/a.dotm", "External"), "fetches"),
        (tied("attachedTemplate", "file://server/share/a.dotm", "External"), "fetches"),
        (tied("attachedTemplate", "\\\\server\\a.dotm", "External"), "fetches"),
        (tied("image", "https://example.org/pixel.png", "external"), "fetches"),
        (filing.docx(DDE), "fetches"),
        (filing.docx("<w:fldSimple w:instr='INCLUDEPICTURE \"https://a.example/b\"'/>"), "fetches"),
        (docx_with("word/document.xml", ENTITY), "entities"),
        (docx_with("customXml/item1.xml", ENTITY), "entities"),
        (
            docx_with("customXml/item1.xml", '<!DOCTYPE a SYSTEM "http://a.example/"><a/>'),
            "entities",
        ),
        (docx_with("word/media/image1.png", b"PK\x03\x04"), "embedded"),
        (docx_with("word/media/image1.png", b"MZ"), "embedded"),
        (docx_with("word/media/image1.png", b" <html>" + HTML), "disguised"),
        (docx_with("word/media/image1.svg", "<svg><script>1</script></svg>"), "disguised"),
        (docx_with("word/page.html", "<p>"), "embedded"),
        (docx_with("../../evil.xml", "<a/>"), "packing"),
        (docx_with("/etc/evil.xml", "<a/>"), "packing"),
        (docx_with("word\\..\\evil.xml", "<a/>"), "packing"),
        (docx_with("C:evil.xml", "<a/>"), "packing"),
        (filing.with_link(), "packing"),
        (filing.with_two_of_a_name(), "packing"),
        (filing.docx() + b"tail", "disguised"),
        (b"PK\x03\x04" + HTML + filing.docx(), "disguised"),
        (filing.docx(main_type="a.spreadsheetml.sheet.main+xml"), "other_office"),
        (filing.docx(main_type="application/xml"), "other"),
        (docx_with("word/document.xml", "<w:document"), "damaged"),
    ],
)
def test_a_docx_holds_text_and_pictures_only(document: bytes, why: str) -> None:
    assert reason(document) == why


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (filing.odt(more={"Basic/Standard/Module1.xml": "<a/>"}), "macros"),
        (filing.odt('<script:event-listener xlink:href="vnd.sun.star.script:a"/>'), "macros"),
        (filing.odt("<office:script/>"), "macros"),
        (filing.odt(more={"Object 1": OLE}), "embedded"),
        (filing.odt("<draw:object-ole/>"), "embedded"),
        (filing.odt("<draw:floating-frame/>"), "embedded"),
        (filing.odt('<draw:image xlink:href="https://example.org/a.png"/>'), "fetches"),
        (filing.odt('<text:section-source xlink:href="//server/a"/>'), "fetches"),
        (filing.odt(more={"meta.xml": ENTITY}), "entities"),
        (filing.odt(mimetype=f"{filing.ODT_TYPE}-template"), "other_office"),
        (filing.odt(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "other_office"),
        (
            filing.odt(
                more={
                    "META-INF/manifest.xml": f"<manifest:manifest {filing.ODT_SPACES}>"
                    "<manifest:encryption-data/></manifest:manifest>"
                }
            ),
            "encrypted",
        ),
        (filing.zipped({"a.xml": "<a/>", "mimetype": filing.ODT_TYPE}), "packing"),
        (filing.zipped({"mimetype": filing.ODT_TYPE}), "packing"),
    ],
)
def test_an_odt_holds_text_and_pictures_only(document: bytes, why: str) -> None:
    assert reason(document) == why


REMARK = f'<w:comments xmlns:w="{filing.WORD}"><w:comment/></w:comments>'
DELETED = "<text:tracked-changes><text:deletion/></text:tracked-changes>"
PICTURE = '<draw:image xlink:href="Pictures/a.png"/>'
META = f"<office:meta {filing.ODT_SPACES}><dc:creator>Ada</dc:creator></office:meta>"
PLACE, NO_PLACE = filing.photograph(place=True), filing.photograph(place=False)


# case 41
@pytest.mark.parametrize(
    ("document", "told"),
    [
        (filing.pdf(author="Ada"), {"author"}),
        (filing.pdf_with_annotation(Subtype=Name.Text, Contents="No!"), {"comments"}),
        (filing.pdf_with_picture(PLACE), {"place"}),
        (filing.pdf_with_picture(NO_PLACE), set()),
        (docx_with("docProps/core.xml", filing.core_properties("Ada")), {"author"}),
        (docx_with("docProps/core.xml", filing.core_properties(" ")), set()),
        (docx_with("docProps/app.xml", "<a><Company>ACME</Company></a>"), {"company"}),
        (filing.docx("<w:p><w:del><w:r/></w:del></w:p>"), {"tracked_changes"}),
        (filing.docx("<w:r><w:rPr><w:vanish/></w:rPr></w:r>"), {"hidden_text"}),
        (filing.docx('<w:rPr><w:vanish w:val="0"/></w:rPr>'), set()),
        (docx_with("word/comments.xml", REMARK), {"comments"}),
        (tied("attachedTemplate", "file:///C:\\Users\\ada\\a.dotx", "External"), {"author"}),
        (tied("hyperlink", "https://example.org", "External"), set()),
        (docx_with("word/media/image1.jpeg", PLACE), {"place"}),
        (docx_with("word/media/image1.jpeg", NO_PLACE), set()),
        (filing.odt(DELETED), {"tracked_changes"}),
        (filing.odt("<office:annotation/>"), {"comments"}),
        (filing.odt("<text:hidden-text/>"), {"hidden_text"}),
        (filing.odt(PICTURE, more={"Pictures/a.png": "x"}), set()),
        (filing.odt(more={"meta.xml": META}), {"author"}),
    ],
)
def test_what_a_document_tells_beyond_its_text(document: bytes, told: set[str]) -> None:
    assert tells(document) == told


def test_every_code_has_a_sentence_and_a_test() -> None:
    assert set(get_args(verdicts.Reason)) <= REFUSALS.keys()
    assert set(get_args(verdicts.Tell)) == TOLD.keys()
