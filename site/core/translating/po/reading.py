"""A PO file as it comes from outside: read whole, or refused with the line and the reason.

Nothing here asks the database. Names of files that stand in a file are never opened.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import polib

LARGEST = 1024 * 1024
MOST_ENTRIES = 5_000
IDENTITY = "X-WagtailLocalize-TranslationID"
WRITTEN_AT = "X-Written-At"
# A line that begins a string must end it: polib takes some that don't.
QUOTED = re.compile(r'(?:#~ ?)?(?:msg\w+(?:\[\d+\])?[ \t]*)?"(?:[^"\\]|\\.)*"[ \t]*')
BEGINS = re.compile(r'(?:#~ ?)?(?:msg(?:ctxt|id|id_plural|str(?:\[\d+\])?)\b|")')
LINE = re.compile(r"\(line (\d+)\)")
# No text of a page holds them; PostgreSQL refuses the first.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Fault:
    """Why a file is refused: ``code`` says what, ``line`` where (0: the whole), ``words`` which."""

    code: str
    line: int = 0
    words: str = ""
    file: str = ""


class FileRefused(Exception):
    """The file can't be taken, for each of ``faults``."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class Entry:
    """One translated string of a file."""

    line: int
    context: str
    source: str
    words: str
    unsure: bool  # “fuzzy”: not to be used until a person has looked at it


@dataclass(frozen=True)
class PoFile:
    """What a file says, well formed."""

    name: str
    identity: UUID
    language: str  # empty: it does not say
    written_at: datetime | None
    entries: list[Entry]
    empty: int  # strings without translation
    obsolete: int


def read(name: str, content: bytes) -> PoFile:
    """What ``content`` says. Raises ``FileRefused`` with every fault that can be told."""
    if len(content) > LARGEST:
        raise FileRefused(Fault("too_large", file=name))
    parsed = parse(name, content)
    identity, language = _identity(name, parsed), parsed.metadata.get("Language", "").strip()
    if len(parsed) > MOST_ENTRIES:
        raise FileRefused(Fault("too_many", file=name))
    if faults := list(_faults(name, parsed)):
        raise FileRefused(*faults)
    current = [entry for entry in parsed if not entry.obsolete]
    entries = [
        Entry(entry.linenum, entry.msgctxt, entry.msgid, entry.msgstr.strip(), entry.fuzzy)
        for entry in current
        if entry.msgstr.strip()
    ]
    return PoFile(
        name,
        identity,
        language,
        _moment(parsed.metadata.get(WRITTEN_AT, "")),
        entries,
        empty=len(current) - len(entries),
        obsolete=len(parsed) - len(current),
    )


def parse(name: str, content: bytes) -> polib.POFile:
    """The file, well formed, in UTF-8, with a header. Raises ``FileRefused``."""
    parsed = _parsed(name, _text(name, content))
    said = parsed.metadata
    if not said:
        raise FileRefused(Fault("no_header", 1, file=name))
    charset = re.search(r"charset=([\w-]+)", said.get("Content-Type", ""), re.I)
    if charset is not None and charset[1].casefold() not in {"utf-8", "utf8"}:
        raise FileRefused(Fault("charset", 1, charset[1], file=name))
    return parsed


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileRefused(Fault("not_utf8", line, file=name)) from None
    if found := CONTROLS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise FileRefused(Fault("control", line, file=name))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parsed(name: str, text: str) -> polib.POFile:
    # polib opens the file whose name it is given instead of a content: this is no name of a file.
    if not re.search(r'^msgid[ \t]+"', text, re.M) or "\n" not in text:
        raise FileRefused(Fault("not_po", file=name))
    for number, written in enumerate(text.split("\n"), start=1):
        if BEGINS.match(written) and not QUOTED.fullmatch(written):
            raise FileRefused(Fault("not_po", number, file=name))
    try:
        return polib.pofile(text + "\n", wrapwidth=0)
    except (OSError, ValueError, IndexError, AttributeError) as error:
        found = LINE.search(str(error))
        where = int(found[1]) if found else 0
        raise FileRefused(Fault("not_po", where, file=name)) from None


def _identity(name: str, parsed: polib.POFile) -> UUID:
    """Which translation it is of. Raises ``FileRefused``."""
    try:
        return UUID(parsed.metadata.get(IDENTITY, "").strip())
    except ValueError:
        raise FileRefused(Fault("no_identity", 1, file=name)) from None


def _faults(name: str, parsed: polib.POFile) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for entry in parsed:
        if entry.obsolete:
            continue
        if entry.msgid_plural:
            yield Fault("plural", entry.linenum, file=name)
        elif not entry.msgctxt:
            yield Fault("no_context", entry.linenum, entry.msgid[:80], file=name)
        else:
            place = (entry.msgctxt, entry.msgid)
            if place in seen and seen[place] != entry.msgstr:
                yield Fault("twice", entry.linenum, entry.msgid[:80], file=name)
            seen[place] = entry.msgstr


def _moment(said: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
