"""DOCX: parts with types, tied together by relationships; no macros, objects or far-away parts."""

import re

from submissions.contributions.files.judging.markup import Attributes, Reader
from submissions.contributions.files.judging.verdict import Reason, RefusedError, Verdict
from submissions.contributions.files.judging.zipped import Package

CONTENT_TYPES = "[Content_Types].xml"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OTHER_OFFICE = re.compile(r"spreadsheetml|presentationml|wordprocessingml\.template|visio", re.I)
# What a type or a relationship is called that stands for more than text and pictures.
FORBIDDEN: tuple[tuple[re.Pattern[str], Reason], ...] = (
    (re.compile(r"macro|vba", re.I), "macros"),
    (
        re.compile(r"activex|oleobject|/package$|/control$|embeddedpackage|afchunk", re.I),
        "embedded",
    ),
    (re.compile(r"/(?:keyMapCustomizations|attachedToolbars|userCustomization)$", re.I), "macros"),
)
PLACES = re.compile(r"(?:^|/)(?:vbaProject|vbaData|activeX|embeddings|macros?)", re.I)
# A place on the writer's own machine: Word notes where its template lay. Nothing is fetched.
OWN_DISK = re.compile(r"^(?:file:///)?[A-Za-z]:[\\/](?!/)", re.I)
FIELD = re.compile(
    r"\bDDE(?:AUTO)?\b|\bINCLUDE(?:PICTURE|TEXT)\b\s*\"?(?:\w{2,}:|\\\\)|\bMACROBUTTON\b", re.I
)
OBJECTS = {"object", "OLEObject", "control", "altChunk", "subDoc"}
CHANGES = {"ins", "del", "moveFrom", "moveTo"}
WORD = "wordprocessingml/2006/main"
STRICT_WORD = "purl.oclc.org/ooxml/wordprocessingml/main"
DRAWINGS = "schemas-microsoft-com"
WRITERS, COMPANIES = ("creator", "lastModifiedBy"), ("Company", "Manager")
OFF = {"0", "false", "off", "none"}


class Rules:
    """What the members of a DOCX may hold; ``verdict`` grows as they go by."""

    def __init__(self, package: Package) -> None:
        self.verdict = Verdict("docx")
        self.types: set[str] = set()
        self.package = package

    def check_names(self, names: set[str]) -> None:
        """Members whose very names say what they are."""
        for name in names:
            if PLACES.search(name):
                raise RefusedError("embedded" if "embedding" in name.lower() else "macros")
        if "_rels/.rels" not in names:
            raise RefusedError("other")

    def knows(self, name: str) -> bool:
        """Whether a member that is neither XML nor a picture belongs here."""
        return False

    def reader(self, name: str) -> Reader:
        """What looks at one XML member."""
        if name == CONTENT_TYPES:
            return Reader(self._content_type)
        if name.lower().endswith(".rels"):
            return Reader(self._relationship)
        return Reader(self._element, texts_of={*WRITERS, *COMPANIES, "instrText"})

    def after(self, name: str, reader: Reader) -> None:
        """What the texts of a member tell, once it has gone by."""
        if name.startswith("docProps/"):
            if any(reader.texts.get(one, "").strip() for one in WRITERS):
                self.verdict.tells.add("author")
            if any(reader.texts.get(one, "").strip() for one in COMPANIES):
                self.verdict.tells.add("company")
        _check_field(reader.texts.get("instrText", ""))

    def check_whole(self) -> None:
        """It says that it is a document, and nothing else."""
        if TYPE not in self.types:
            other = any(OTHER_OFFICE.search(one) for one in self.types)
            raise RefusedError("other_office" if other else "other")

    def _content_type(self, space: str, name: str, attributes: Attributes) -> None:
        said = attributes.get("ContentType", "")
        self.types.add(said)
        _check_words(said)

    def _relationship(self, space: str, name: str, attributes: Attributes) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        _check_words(kind)
        outside = attributes.get("TargetMode", "").lower() == "external"
        if outside and not kind.lower().endswith("/hyperlink"):
            if not OWN_DISK.match(target.strip()):
                raise RefusedError("fetches")
            self.verdict.tells.add("author")  # whose folder it was stands in it

    def _element(self, space: str, name: str, attributes: Attributes) -> None:
        if name in OBJECTS and (WORD in space or STRICT_WORD in space or DRAWINGS in space):
            raise RefusedError("embedded")
        if name.lower() in {"script", "foreignobject"}:  # of a drawing (SVG)
            raise RefusedError("disguised")
        if WORD not in space and STRICT_WORD not in space:
            return
        if name in CHANGES:
            self.verdict.tells.add("tracked_changes")
        elif name == "comment":
            self.verdict.tells.add("comments")
        elif name == "vanish" and attributes.get("val", "").lower() not in OFF:
            self.verdict.tells.add("hidden_text")
        elif name == "fldSimple":
            _check_field(attributes.get("instr", ""))


def _check_words(said: str) -> None:
    for words, reason in FORBIDDEN:
        if words.search(said):
            raise RefusedError(reason)


def _check_field(instruction: str) -> None:
    if FIELD.search(instruction):
        raise RefusedError("fetches")
