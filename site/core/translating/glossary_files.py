"""The glossary as a CSV file: written, changed in a spreadsheet, and read again with a report."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.cells import BYTE_ORDER_MARK, bare, csv_lines, dialect_of
from core.models import Term, TermWording
from core.translating.glossary_form import TermForm, field_of, languages

LARGEST = 1024 * 1024  # bytes
MOST_LINES = 1000
LONGEST_NUMBER = 9  # digits
NUMBER, NOTE = "number", "note"

Fault = tuple[int, str, str]  # line (0: the whole), words, why


@dataclass
class Report:
    """What a file brought. With a refusal nothing of it was taken."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: list[Fault] = field(default_factory=list)


def as_csv() -> Iterator[str]:
    """Lines of the file: a column a language, named by its code."""
    own = languages()
    yield BYTE_ORDER_MARK
    yield from csv_lines([[NUMBER, *own, NOTE]])
    for term in Term.objects.prefetch_related("wordings").order_by("pk"):
        said = {wording.language: wording.words for wording in term.wordings.all()}
        yield from csv_lines([[str(term.pk), *(said.get(code, "") for code in own), term.note]])


def take(content: bytes, by: Any) -> Report:
    """Make the glossary say what the file says; terms that it doesn't name stay. All or nothing.

    A line with a number changes that term; one without changes the term of the same words, or adds
    one.
    """
    report = Report()
    rows = _rows(content, report)
    if report.refused:
        return report
    with transaction.atomic():
        _put(rows, report, by)
        if report.refused:
            transaction.set_rollback(True)
    return report


def _rows(content: bytes, report: Report) -> list[tuple[int, dict[str, str]]]:
    """The lines that say something, by their place in the file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        report.refused.append((line, "", _("It is not in UTF-8. Save it in UTF-8.")))
        return []
    wanted = [*languages(), NOTE]
    found: list[tuple[int, dict[str, str]]] = []
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect_of(text))
        missing = [code for code in languages() if code not in (rows.fieldnames or [])]
        if missing:
            why = _("The first line must name a column for each language: %(missing)s is missing.")
            report.refused.append((1, "", why % {"missing": ", ".join(missing)}))
            return []
        for row in rows:
            cells = {name: bare((row.get(name) or "").strip()) for name in (NUMBER, *wanted)}
            if None in row:
                why = _("The line has more cells than the first line has columns.")
                report.refused.append((rows.line_num, cells[languages()[0]][:80], why))
            elif any(cells.values()):
                found.append((rows.line_num, cells))
    except csv.Error:
        report.refused.append((0, "", _("It can’t be read as a CSV file.")))
    if len(found) > MOST_LINES:
        why = _("It has more than %(most)d lines: cut it in two.") % {"most": MOST_LINES}
        report.refused.append((0, "", why))
    elif not found and not report.refused:
        report.refused.append((0, "", _("It holds no term.")))
    return found


def _put(rows: list[tuple[int, dict[str, str]]], report: Report, by: Any) -> None:
    terms = Term.objects.in_bulk()
    known = {
        (language, words.casefold()): term
        for term, language, words in TermWording.objects.values_list("term", "language", "words")
    }
    seen: set[int] = set()
    for line, cells in rows:
        first = next((cells[code] for code in languages() if cells[code]), "")[:80]
        number = cells[NUMBER]
        numbered = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
        if number and not (numbered and int(number) in terms):
            why = _("The glossary has no term of the number %(number)s; leave the cell empty.")
            report.refused.append((line, first, why % {"number": number[:20]}))
            continue
        same = (known.get((code, cells[code].casefold())) for code in languages())
        pk = int(number) if number else next((one for one in same if one is not None), None)
        if pk in seen:
            report.refused.append((line, first, _("It stands there twice.")))
            continue
        term = _put_one(terms.get(pk) if pk else None, line, cells, report, by)
        if term is not None:
            seen.add(term.pk)
            said = [code for code in languages() if cells[code]]  # of three, one may be empty
            known |= {(code, cells[code].casefold()): term.pk for code in said}


def _put_one(
    term: Term | None, line: int, cells: dict[str, str], report: Report, by: Any
) -> Term | None:
    """As the form does, with its rules and its words."""
    data = {field_of(code): cells[code] for code in languages()} | {NOTE: cells[NOTE]}
    form = TermForm(data, instance=term)
    if not form.is_valid():
        for name, errors in form.errors.items():
            words = str(data.get(name) or next(iter(data.values())))[:80]
            report.refused += [(line, words, str(error)) for error in errors]
        return None
    if term is not None and not form.has_changed():
        report.same += 1
        return term
    kept = form.save()
    log(kept, "wagtail.create" if term is None else "wagtail.edit", user=by)
    report.added += term is None
    report.changed += term is not None
    return kept
