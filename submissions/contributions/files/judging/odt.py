"""ODT: its type first and unpacked, a manifest, XML; no scripts, no objects of other programs."""

import re

from submissions.contributions.files.judging.markup import Attributes, Reader
from submissions.contributions.files.judging.verdict import RefusedError, Verdict
from submissions.contributions.files.judging.zipped import Package

MIMETYPE, MANIFEST = "mimetype", "META-INF/manifest.xml"
TYPE = b"application/vnd.oasis.opendocument.text"
SCRIPTS = re.compile(r"^(?:Basic|Scripts|Dialogs)/|(?:^|/)script-l[bc]\.xml$", re.I)
OBJECT = re.compile(r"^(?:.*/)?Object \d+$")
KNOWN = re.compile(r"^(?:mimetype|layout-cache|(?:.*/)?ObjectReplacements/Object \d+)$")
ACTING = {"script", "event-listener", "plugin", "applet", "object-ole", "floating-frame"}
CHANGES = {"insertion", "deletion", "format-change"}
LINKED = {"image", "object", "section-source", "fill-image", "audio", "video"}
FETCHING = {"dde-connection-decl", "dde-source"}
HERE = re.compile(r"^(?:#|\./|(?![a-z][a-z0-9+.-]*:|/|\\|\.\.))", re.I)
WRITERS = ("initial-creator", "creator", "printed-by")
HIDDEN = {"hidden-text", "hidden-paragraph"}


class Rules:
    """What the members of an ODT may hold; ``verdict`` grows as they go by."""

    def __init__(self, package: Package) -> None:
        self.verdict = Verdict("odt")
        first = package.listed[0]
        said = package.first_bytes(MIMETYPE, 200)
        if said != TYPE:
            other = said.startswith(b"application/vnd.")
            raise RefusedError("other_office" if other else "other")
        if first.filename != MIMETYPE or first.compress_type:
            raise RefusedError("packing")

    def check_names(self, names: set[str]) -> None:
        """Members whose very names say what they are."""
        if any(SCRIPTS.search(name) for name in names):
            raise RefusedError("macros")
        if any(OBJECT.match(name) and not KNOWN.match(name) for name in names):
            raise RefusedError("embedded")
        if not {MANIFEST, "content.xml"} <= names:
            raise RefusedError("damaged")

    def knows(self, name: str) -> bool:
        """Whether a member that is neither XML nor a picture belongs here."""
        return bool(KNOWN.match(name))

    def reader(self, name: str) -> Reader:
        """What looks at one XML member."""
        if name == MANIFEST:
            return Reader(self._entry)
        return Reader(self._element, texts_of=WRITERS if name == "meta.xml" else ())

    def after(self, name: str, reader: Reader) -> None:
        """What the texts of a member tell, once it has gone by."""
        if any(text.strip() for text in reader.texts.values()):
            self.verdict.tells.add("author")

    def check_whole(self) -> None:
        """Nothing is left to check once every member has gone by."""

    def _entry(self, space: str, name: str, attributes: Attributes) -> None:
        if name == "encryption-data":
            raise RefusedError("encrypted")
        if name == "file-entry" and "oleobject" in attributes.get("media-type", "").lower():
            raise RefusedError("embedded")

    def _element(self, space: str, name: str, attributes: Attributes) -> None:
        if name in ACTING:
            raise RefusedError("macros" if name in {"script", "event-listener"} else "embedded")
        if name in FETCHING or (
            name in LINKED and not HERE.match(attributes.get("href", "").strip())
        ):
            raise RefusedError("fetches")
        if name in CHANGES:
            self.verdict.tells.add("tracked_changes")
        elif name == "annotation":
            self.verdict.tells.add("comments")
        elif name in HIDDEN or (name == "text-properties" and attributes.get("display") == "none"):
            self.verdict.tells.add("hidden_text")
