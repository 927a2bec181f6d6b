"""A coding scheme as a CSV file: written, changed in a spreadsheet, and read again."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from core.cells import BYTE_ORDER_MARK, bare, csv_lines, dialect_of
from core.clock import database_now
from submissions.contributions.staff.scheme import services
from submissions.contributions.staff.scheme.services import Labels, SchemeRefused, Words
from submissions.contributions.staff.scheme.tree import codes_of, whole_tree
from submissions.models import Code, Consultation

MOST_LINES = 1000
LONGEST_NAME = 100
LONGEST_DEFINITION = 5000
YES = "yes"


class FileRefused(Exception):
    """The file can't be read as a scheme; ``code`` says why, ``line`` where (0: the whole)."""

    def __init__(self, code: str, line: int = 0, words: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.words = words


@dataclass(frozen=True)
class Line:
    """A code as a line of the file says it."""

    place: int
    code: int | None
    parent: str
    labels: Labels
    retired: bool


@dataclass(frozen=True)
class Imported:
    """What a file changed."""

    added: int = 0
    changed: int = 0


def languages() -> list[str]:
    """Those in which a code is named, in the site's order."""
    return [code for code, _name in settings.LANGUAGES]


def columns() -> list[str]:
    """The first line of the file."""
    named = [f"{part}_{code}" for code in languages() for part in ("name", "definition")]
    return ["number", "parent", *named, "retired"]


def as_csv(consultation: Consultation) -> Iterator[str]:
    """Lines of the file, in the order of the scheme; a parent is named in the first language."""
    yield BYTE_ORDER_MARK
    yield from csv_lines([columns()])
    yield from csv_lines(_cells(code) for branch in whole_tree(consultation) for code in branch)


def _cells(code: Code) -> list[str]:
    labels = {label.language: label for label in code.labels.all()}
    words = [
        getattr(labels.get(language), part, "")
        for language in languages()
        for part in ("name", "definition")
    ]
    above = code.parent.name_in(languages()[0]) if code.parent else ""
    return [str(code.pk), above, *words, YES if code.retired_at else ""]


def read(content: bytes) -> list[Line]:
    """The codes that a file names. Raises ``FileRefused``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("not_utf8") from None
    if "\0" in text:
        raise FileRefused("not_utf8")
    rows = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect_of(text))
    missing = [f"name_{code}" for code in languages() if f"name_{code}" not in _names(rows)]
    if missing:
        raise FileRefused("no_column", words=", ".join(missing))
    lines = []
    try:
        for place, row in enumerate(rows, start=2):
            values = {name: _cell(row.get(name)) for name in columns()}
            if any(values.values()):
                lines.append(_line(place, values))
    except csv.Error:
        raise FileRefused("not_csv") from None
    if not lines:
        raise FileRefused("empty")
    if len(lines) > MOST_LINES:
        raise FileRefused("too_long")
    return lines


@transaction.atomic
def load(consultation: Consultation, lines: list[Line], user: User) -> Imported:
    """Make the scheme say what ``lines`` say, in their order; codes that they don't name stay.

    A line with a number changes that code, one without changes the code of the same name, or adds
    one. All of it or nothing: raises ``FileRefused``.
    """
    services.lock(consultation)
    numbers = {code.pk: code for code in codes_of(consultation)}
    names = {
        label.name.casefold(): code for code in numbers.values() for label in code.labels.all()
    }
    now, added, seen = database_now(), 0, set()
    for position, line in enumerate(lines):
        code = _existing(line, numbers, names)
        parent = names.get(line.parent.casefold()) if line.parent else None
        if line.parent and parent is None:
            raise FileRefused("no_parent", line.place, line.parent)
        if code is not None and code.pk in seen:
            raise FileRefused("twice", line.place)
        added += code is None
        code = code or Code(consultation=consultation)
        code.position = position
        code.retired_at = (code.retired_at or now) if line.retired else None
        try:
            services.put(code, line.labels, parent)
        except SchemeRefused as refused:
            raise FileRefused(refused.code, line.place, refused.name) from None
        seen.add(code.pk)
        names |= {words.name.casefold(): code for words in line.labels.values()}
    data = {"added": added, "changed": len(lines) - added}
    log(consultation, "submissions.load_scheme", user=user, data=data)
    return Imported(added, len(lines) - added)


def _existing(line: Line, numbers: dict[int, Code], names: dict[str, Code]) -> Code | None:
    if line.code is not None:
        if line.code not in numbers:
            raise FileRefused("no_number", line.place, str(line.code))
        return numbers[line.code]
    return next(
        (
            names[words.name.casefold()]
            for words in line.labels.values()
            if words.name.casefold() in names
        ),
        None,
    )


def _line(place: int, values: dict[str, str]) -> Line:
    number = values["number"]
    if number and not (number.isascii() and number.isdigit() and len(number) < LONGEST_NAME // 10):
        raise FileRefused("no_number", place, number)
    labels = {}
    for language in languages():
        name, definition = values[f"name_{language}"], values[f"definition_{language}"]
        if not name:
            raise FileRefused("no_name", place, language)
        if len(name) > LONGEST_NAME or len(definition) > LONGEST_DEFINITION:
            raise FileRefused("too_long_words", place, name[:LONGEST_NAME])
        labels[language] = Words(name, definition)
    retired = values["retired"].casefold() in {YES, "oui", "1", "true", "x"}
    return Line(place, int(number) if number else None, values["parent"], labels, retired)


def _cell(value: str | list[str] | None) -> str:
    return bare(value.strip()) if isinstance(value, str) else ""


def _names(rows: "csv.DictReader[str]") -> list[str]:
    try:
        return list(rows.fieldnames or [])
    except csv.Error:
        raise FileRefused("not_csv") from None
