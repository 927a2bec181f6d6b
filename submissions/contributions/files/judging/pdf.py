"""PDF: read by qpdf, object by object. No page is drawn and no stream of a page is unpacked."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf

from submissions.contributions.files.judging import limits
from submissions.contributions.files.judging.pictures import HEAD, tells_place
from submissions.contributions.files.judging.verdict import Reason, RefusedError, Tell, Verdict

# A browser that takes the file for a page would run these, wherever in the file they stand.
MARKUP = re.compile(
    rb"<(?:script|iframe|!doctype\s+html|html[\s>]|body[\s>]|svg\s+(?:xmlns|on)|img\s+src)", re.I
)
END = re.compile(rb"%%EOF[\s\x00]*\Z")
# Objects that name none of these are not looked at further: a document has thousands.
TELLING = re.compile(
    rb"/(?:JS|JavaScript|S|EF|EmbeddedFiles?|Subtype|XFA|AA|OpenAction|OCProperties)\b"
)
ACTIONS: dict[str, Reason] = {
    "/JavaScript": "script",
    "/Launch": "actions",
    "/ImportData": "actions",
    "/SubmitForm": "actions",
    "/Rendition": "actions",
    "/Movie": "actions",
    "/Sound": "actions",
    "/RichMediaExecute": "actions",
    "/GoToE": "embedded",
}
THINGS: dict[str, Reason] = {
    "/RichMedia": "embedded",
    "/FileAttachment": "embedded",
    "/Movie": "embedded",
    "/Sound": "embedded",
    "/Screen": "embedded",
    "/3D": "embedded",
}
OPENED = {"/URI", "/GoToR"}  # harmless when clicked, not when they are followed by themselves
REMARKS = {"/Text", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret", "/Ink"}
AUTHOR_IN_XMP = re.compile(rb"<dc:creator\b.*?<rdf:li[^>]*>\s*[^\s<]", re.S)
XMP = 1024 * 1024


def judge_pdf(data: bytes) -> Verdict:
    """Say what a file that begins as a PDF is; raise ``RefusedError``."""
    if not END.search(data[-1024:]):
        raise RefusedError("disguised" if b"%%EOF" in data else "damaged")
    if MARKUP.search(data) or zipfile.is_zipfile(io.BytesIO(data)):
        raise RefusedError("disguised")
    try:
        with pikepdf.open(
            io.BytesIO(data), attempt_recovery=False, suppress_warnings=True
        ) as document:
            return _judge(document)
    except pikepdf.PasswordError:
        raise RefusedError("encrypted") from None
    except pikepdf.PdfError:
        raise RefusedError("damaged") from None


def _judge(document: pikepdf.Pdf) -> Verdict:
    if document.is_encrypted:
        raise RefusedError("encrypted")
    if not document.pages:
        raise RefusedError("damaged")
    if len(document.pages) > limits.PAGES:
        raise RefusedError("pages")
    verdict = Verdict("pdf")
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
            verdict.tells |= _tells(each)
    verdict.tells |= _about(document)
    return verdict


def _tells(found: pikepdf.Object) -> set[Tell]:
    """What one object tells; raises when it does what a text to read has no need of."""
    tells: set[Tell] = set()
    if isinstance(found, pikepdf.Stream):
        if "/F" in found.stream_dict:  # its bytes are another file's
            raise RefusedError("fetches")
        if _is_photograph(found) and tells_place(found.read_raw_bytes()[:HEAD]):
            tells.add("place")
        written = found.stream_dict.unparse(resolved=True)
    else:
        written = found.unparse(resolved=True)
    if TELLING.search(written):
        for one in _dictionaries(found):
            tells |= _of_dictionary(one)
    return tells


def _of_dictionary(one: pikepdf.Object) -> set[Tell]:
    action, thing = str(one.get("/S", "")), str(one.get("/Subtype", ""))
    if "/XFA" in one or _is_code(one.get("/JS")) or "/JavaScript" in one:
        raise RefusedError("script")
    if action in ACTIONS:
        raise RefusedError(ACTIONS[action])
    if {"/EmbeddedFiles", "/EF"} & set(one.keys()) or one.get("/Type") == "/EmbeddedFile":
        raise RefusedError("embedded")
    if thing in THINGS and one.get("/Type", "/Annot") == "/Annot" and "/Rect" in one:
        raise RefusedError(THINGS[thing])
    opened = one.get("/OpenAction")
    if isinstance(opened, pikepdf.Dictionary) and str(opened.get("/S", "")) in OPENED:
        raise RefusedError("actions")
    tells: set[Tell] = set()
    if thing in REMARKS and "/Rect" in one and str(one.get("/Contents", "")).strip():
        tells.add("comments")
    layers = one.get("/OCProperties")
    if isinstance(layers, pikepdf.Dictionary) and _some_hidden(layers.get("/D")):
        tells.add("hidden_text")
    return tells


def _some_hidden(shown: object) -> bool:
    """Whether the layers that a document opens with leave any out."""
    off = shown.get("/OFF") if isinstance(shown, pikepdf.Dictionary) else None
    return isinstance(off, pikepdf.Array) and len(off) > 0


def _is_code(value: object) -> bool:
    """Whether a value under /JS can be run: some writers call a font that."""
    return isinstance(value, pikepdf.String | pikepdf.Stream)


def _is_photograph(stream: pikepdf.Object) -> bool:
    filters = stream.stream_dict.get("/Filter", "")
    return "/DCTDecode" in (
        [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    )


def _dictionaries(found: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The object and those written inside it; those it points to are objects of their own."""
    waiting = [found.stream_dict if isinstance(found, pikepdf.Stream) else found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary):
            yield one
            inside = [one[key] for key in one.keys()]  # noqa: SIM118 (not a Python dictionary)
        elif isinstance(one, pikepdf.Array):
            inside = list(one)
        else:
            continue
        waiting += [
            each
            for each in inside
            if isinstance(each, pikepdf.Dictionary | pikepdf.Array) and not each.is_indirect
        ]


def _about(document: pikepdf.Pdf) -> set[Tell]:
    """What its lists of notes say of who made it."""
    tells: set[Tell] = set()
    notes = document.trailer.get("/Info")
    if isinstance(notes, pikepdf.Dictionary):
        if str(notes.get("/Author", "")).strip():
            tells.add("author")
        if str(notes.get("/Company", "")).strip():
            tells.add("company")
    packet = document.Root.get("/Metadata")
    if isinstance(packet, pikepdf.Stream) and AUTHOR_IN_XMP.search(_beginning(packet)):
        tells.add("author")
    return tells


def _beginning(stream: pikepdf.Object) -> bytes:
    """The first megabyte of a stream, however much it would unpack to."""
    packed = stream.read_raw_bytes()
    if str(stream.stream_dict.get("/Filter", "")) != "/FlateDecode":
        return packed[:XMP]
    try:
        return zlib.decompressobj().decompress(packed, XMP)
    except zlib.error:
        return b""
