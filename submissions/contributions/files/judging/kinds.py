"""What a file is, by its first bytes; then by what it holds."""

import re

from submissions.contributions.files.judging.verdict import Reason, RefusedError, Verdict

PDF, ZIP = b"%PDF-", b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEGINNINGS: tuple[tuple[Reason, tuple[bytes, ...]], ...] = (
    ("old_office", (OLE,)),
    ("program", (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")),
    (
        "picture",
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00"),
    ),
    (
        "archive",
        (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x05\x06", b"PK\x07\x08"),
    ),
)
HTML_OR_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")
MHTML = re.compile(rb"(?:^|\n)(?:MIME-Version|Content-Type|From|Snapshot-Content-Location):", re.I)
CONTAINERS = (b"ftyp", b"WEBP")  # after four or eight bytes of length: AVIF, HEIC, WebP, films


def judge(data: bytes) -> Verdict:
    """Say what a file is and tells; raise ``RefusedError`` with what it is instead."""
    # Each reader is loaded for its own files alone: it costs a third of the time.
    if data.startswith(PDF):
        from submissions.contributions.files.judging.pdf import judge_pdf  # noqa: PLC0415

        return judge_pdf(data)
    if data.startswith(ZIP):
        from submissions.contributions.files.judging.office import judge_office  # noqa: PLC0415

        return judge_office(data)
    raise RefusedError(what_else(data))


def what_else(data: bytes) -> Reason:
    """What a file is that is none of ours, as far as that helps its sender."""
    for reason, beginnings in BEGINNINGS:
        if data.startswith(beginnings):
            return reason
    head = data[:1024]
    if not data.strip(b"\x00 \t\r\n"):
        return "empty"
    if head[4:8] in CONTAINERS or head[8:12] in CONTAINERS:
        return "picture"
    if PDF in head:  # something stands before it
        return "disguised"
    if HTML_OR_XML.match(head) or MHTML.search(head):
        return "page"
    return "other"
