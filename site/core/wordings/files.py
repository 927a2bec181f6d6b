"""The catalogue of a language as a PO file: out, and in again once its report was read."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import polib
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from core.translating.po.reading import FileRefused, parse
from core.translating.po.reasons import REASONS
from core.wordings.catalogue import Key, Message, plural_examples
from core.wordings.checks import faults
from core.wordings.services import MendedMeanwhileError, mend, mendable, mended, stands

LARGEST = 2 * 1024 * 1024  # bytes
FORMS = re.compile(r"nplurals\s*=\s*(\d{1,2})\b")
Fault = tuple[int, str, str]  # line, message, why


@dataclass(frozen=True)
class Change:
    """A wording as it stands, and as the file has it."""

    message: Message
    stands: list[str]
    words: list[str]


@dataclass
class Report:
    """What a file would change. With a refusal nothing of it is taken."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    empty: int = 0
    left_out: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)

    @property
    def token(self) -> str:
        """Of what was read before it is confirmed: other changes than these have another one."""
        said = [(one.message.key, one.stands, one.words) for one in self.changes]
        return sha256(json.dumps(said).encode()).hexdigest()


def po_of(language: str) -> str:
    """Every message with the words that stand now."""
    held = mended(language)
    every = mendable(language).values()
    return _written(language, ((message, stands(message, held)) for message in every))


def changes_of(language: str, report: Report) -> str:
    """The changes alone, as a PO file: it is read again once they are confirmed."""
    return _written(language, ((one.message, one.words) for one in report.changes))


def _written(language: str, wordings: Iterable[tuple[Message, list[str]]]) -> str:
    forms = plural_examples(language)
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": "Polyphony",
        "Language": to_locale(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for message, words in wordings:
        several = dict(enumerate(words)) if message.plural else {}
        file.append(
            polib.POEntry(
                msgctxt=message.context or None,
                msgid=message.message,
                msgid_plural=message.plural,
                msgstr="" if several else words[0],
                msgstr_plural=several,
                tcomment=", ".join(f"[{n}]: {e[:3]}" for n, e in enumerate(forms))
                if several
                else "",
            )
        )
    return str(file)


def look(language: str, content: bytes) -> Report:
    """What ``content`` would change: nothing at all if one line of it can't stand."""
    report = Report()
    try:
        file = parse("", content)
    except FileRefused as refused:
        for fault in refused.faults:
            report.refused.append((fault.line, fault.words, str(REASONS[fault.code])))
        return report
    report.refused += _faults_of_header(language, file)
    if not report.refused:
        _compare(language, file, report)
    return report


def take(language: str, content: bytes, by: Any, seen: str) -> Report:
    """Mend what ``content`` says otherwise, as it was read in the report of the token ``seen``.

    Raises ``MendedMeanwhileError`` where it would change something else by now.
    """
    report = look(language, content)
    if not report.refused:
        if report.token != seen:
            raise MendedMeanwhileError
        stood = {one.message.key: one.stands for one in report.changes}
        mend(language, {one.message.key: one.words for one in report.changes}, by, seen=stood)
    return report


def _faults_of_header(language: str, file: polib.POFile) -> Iterator[Fault]:
    """It must be of the language; its plural forms, where it names them, those of the site."""
    said = file.metadata.get("Language", "").strip()
    if to_locale(said.replace("_", "-").lower() or "-") != to_locale(language):
        why = _("The file is for “%(said)s”, and this is “%(wanted)s”.")
        yield 1, "", why % {"said": said[:20], "wanted": to_locale(language)}
    forms = file.metadata.get("Plural-Forms", "")
    found, count = FORMS.search(forms), len(plural_examples(language))
    if forms and (found is None or int(found[1]) != count):
        why = _("Its Plural-Forms are not those of the site: the language has %(count)d forms.")
        yield 1, forms[:80], why % {"count": count}


def _compare(language: str, file: polib.POFile, report: Report) -> None:
    messages, held = mendable(language), mended(language)
    met: set[Key] = set()
    for entry in file:
        key = (entry.msgctxt or "", entry.msgid)
        message = messages.get(key)
        if entry.obsolete or "fuzzy" in entry.flags:
            report.left_out.append((entry.linenum, entry.msgid, _("It is marked as unsure.")))
            continue
        if message is None:
            why = _("The site doesn’t say this, or it can’t be mended here.")
            report.left_out.append((entry.linenum, entry.msgid, why))
            continue
        if entry.msgid_plural != message.plural:
            report.refused.append((entry.linenum, entry.msgid, _("Its plural is another one.")))
            continue
        several = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)]
        words = several if message.plural else [entry.msgstr]
        if not any(words):
            report.empty += 1
        elif words == stands(message, held):
            report.same += 1
        elif key in met:
            report.refused.append((entry.linenum, entry.msgid, _("It stands there twice.")))
        else:
            reasons = faults(message, words, language) if words != list(message.words) else []
            report.refused += [(entry.linenum, entry.msgid, why) for why in reasons]
            met.add(key)
            report.changes.append(Change(message, stands(message, held), words))
