"""Documents made in the test: such as office programs write, and such as attackers do."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pikepdf
from PIL import Image

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
Members = Mapping[str, str | bytes]


# --- PDF ----------------------------------------------------------------------------------------


def pdf(words: str = "A study", *, author: str = "", pages: int = 1) -> bytes:
    """A PDF with a text on each page."""
    made = pikepdf.new()
    for _page in range(pages):
        page = made.add_blank_page(page_size=(595, 842))
        text = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("latin-1")
        page.Contents = made.make_stream(text)
    if author:
        made.docinfo["/Author"] = author
    return _saved(made)


def pdf_with(name: str, value: pikepdf.Object) -> bytes:
    """A PDF whose root says ``name``."""
    made = pikepdf.new()
    made.add_blank_page()
    made.Root[name] = value
    return _saved(made)


def pdf_with_script() -> bytes:
    """It shows a window when it is opened."""
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    return pdf_with("/OpenAction", action)


def pdf_with_hidden_script() -> bytes:
    """The same, with the name spelled so that nobody finds it by looking for it."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScr#69pt/#4A#53(app.alert\\(1\\))>>>>"
    )


def pdf_of(root: bytes) -> bytes:
    """A PDF written by hand, byte by byte; ``root`` is its first object."""
    objects = [
        root,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 4\n0000000000 65535 f \n%strailer\n<</Size 4/Root 1 0 R>>\n" % table
        + b"startxref\n%d\n%%%%EOF\n" % len(made)
    )


def pdf_with_attachment() -> bytes:
    """Another file inside."""
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments["notes.txt"] = b"secret"
    return _saved(made)


def pdf_with_annotation(**entries: Any) -> bytes:
    """Something on its page beside the text."""
    made = pikepdf.new()
    page = made.add_blank_page()
    annotation = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Rect=pikepdf.Array([0, 0, 10, 10]), **entries
    )
    page.obj["/Annots"] = pikepdf.Array([made.make_indirect(annotation)])
    return _saved(made)


def pdf_with_picture(jpeg: bytes) -> bytes:
    """A photograph on its page, with whatever its notes say."""
    made = pikepdf.new()
    page = made.add_blank_page()
    stream = pikepdf.Stream(made, jpeg)
    for key, value in {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Filter": pikepdf.Name.DCTDecode,
        "/Width": 8,
        "/Height": 8,
        "/BitsPerComponent": 8,
        "/ColorSpace": pikepdf.Name.DeviceRGB,
    }.items():
        stream[key] = value
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
    return _saved(made)


def encrypted_pdf(user: str = "") -> bytes:
    """Protected: by a password to open it, or only against copying."""
    made = pikepdf.new()
    made.add_blank_page()
    saved = io.BytesIO()
    made.save(saved, encryption=pikepdf.Encryption(owner="owner", user=user))
    return saved.getvalue()


def pdf_bomb() -> bytes:
    """Its list of objects unpacks to a gigabyte of spaces."""
    packed = zlib.compressobj(9)
    piece = packed.compress(b" " * (1 << 24))
    spaces = piece + b"".join(packed.compress(b" " * (1 << 24)) for _each in range(63))
    spaces += packed.flush()
    made = b"%PDF-1.5\n"
    stream_at = len(made)
    made += (
        b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n"
        % len(spaces)
        + spaces
        + b"\nendstream\nendobj\n"
    )
    table_at = len(made)
    rows = [
        struct.pack(">BIH", 0, 0, 65535),
        struct.pack(">BIH", 1, stream_at, 0),
        struct.pack(">BIH", 2, 1, 0),
        struct.pack(">BIH", 1, table_at, 0),
    ]
    table = b"".join(rows)
    made += (
        b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 2]/Root 2 0 R/Length %d>>\nstream\n" % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table_at
    )
    return made


def _saved(made: pikepdf.Pdf) -> bytes:
    saved = io.BytesIO()
    made.save(saved, compress_streams=False, deterministic_id=True)
    return saved.getvalue()


# --- Office documents ---------------------------------------------------------------------------


def zipped(members: Members, *, stored: tuple[str, ...] = ()) -> bytes:
    """A zip of ``members`` in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=method)
    return made.getvalue()


def relationships(*lines: str) -> str:
    """A part that ties parts together."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def relation(kind: str, target: str, mode: str = "") -> str:
    """One tie."""
    said = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{target}"{said}/>'


def docx_members(body: str = "", *, main_type: str = DOCX_TYPE) -> dict[str, str | bytes]:
    """What a DOCX is made of; ``body`` is XML in the namespace ``w``."""
    return {
        "[Content_Types].xml": (
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
        ),
        "_rels/.rels": relationships(relation("officeDocument", "word/document.xml")),
        "word/document.xml": (
            f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>'
            f"<w:p><w:r><w:t>A study</w:t></w:r></w:p>{body}</w:body></w:document>"
        ),
    }


def docx(body: str = "", *, main_type: str = DOCX_TYPE, more: Members | None = None) -> bytes:
    """A DOCX; ``more`` members replace and follow its own."""
    return zipped({**docx_members(body, main_type=main_type), **(more or {})})


def core_properties(creator: str) -> str:
    """Who wrote a DOCX."""
    return (
        f'<?xml version="1.0"?><cp:coreProperties xmlns:cp="{CORE}" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{creator}</dc:creator>'
        "</cp:coreProperties>"
    )


ODT_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
)


def odt(body: str = "", *, mimetype: str = ODT_TYPE, more: Members | None = None) -> bytes:
    """An ODT; ``body`` stands in its text."""
    members: dict[str, str | bytes] = {
        "mimetype": mimetype,
        "content.xml": (
            f'<?xml version="1.0"?><office:document-content {ODT_SPACES}><office:scripts/>'
            f"<office:body><office:text><text:p>A study</text:p>{body}</office:text></office:body>"
            "</office:document-content>"
        ),
        "META-INF/manifest.xml": f'<?xml version="1.0"?><manifest:manifest {ODT_SPACES}/>',
    }
    return zipped({**members, **(more or {})}, stored=("mimetype",))


def photograph(*, place: bool) -> bytes:
    """A JPEG, with the place where it was taken in its notes or without."""
    drawn = io.BytesIO()
    picture = Image.new("RGB", (8, 8), "#7a9")
    notes = Image.Exif()
    notes[0x010F] = "Maker"
    if place:
        notes[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)}
    picture.save(drawn, "JPEG", exif=notes)
    return drawn.getvalue()


def with_link(name: str = "word/passwd") -> bytes:
    """A DOCX one of whose members is a symbolic link."""
    made = io.BytesIO(docx())
    with zipfile.ZipFile(made, "a") as archive:
        link = zipfile.ZipInfo(name)
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


def with_two_of_a_name() -> bytes:
    """A DOCX that says two things under one name: which one is read depends on who reads."""
    made = io.BytesIO(docx())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/DOCUMENT.xml", "<a/>")
    return made.getvalue()


def office_bomb(megabytes: int = 300) -> bytes:
    """A DOCX with a part that unpacks to 300 megabytes of nothing."""
    made = io.BytesIO(docx())
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/media/image1.png", "w") as member,
    ):
        for _each in range(megabytes):
            member.write(bytes(1024 * 1024))
    return made.getvalue()


def lying_bomb() -> bytes:
    """The same, whose list of members says that it is small."""
    bomb = bytearray(office_bomb(200))
    at = bomb.rindex(b"word/media/image1.png") - 46
    bomb[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(bomb)
