"""The files that can be asked for, and who may have which."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.contributions.exports import writers
from submissions.contributions.exports.dataset import Dataset
from submissions.contributions.exports.everything import Everything
from submissions.contributions.exports.writers import Writer
from submissions.contributions.staff.access import CODE, CONTACT, EXPORT, VIEW, may
from submissions.models import Consultation, Export


@dataclass(frozen=True)
class Format:
    """One kind of file: how it is called, what it is for, who may have it, who writes it."""

    code: str
    name: str  # of the file, before the day
    ending: str
    media_type: str
    label: str | Promise
    use: str | Promise
    writer: Callable[[Path, Dataset], Writer]
    besides: tuple[str, ...] = ()  # permissions besides that to export

    def is_for(self, user: Any, consultation: Consultation) -> bool:
        """Whether ``user`` may have it of ``consultation``."""
        return all(
            may(user, permission, consultation) for permission in (VIEW, EXPORT, *self.besides)
        )


FORMATS = {
    each.code: each
    for each in (
        Format(
            "xlsx",
            "contributions",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            pgettext_lazy("export", "Workbook (XLSX)"),
            _("To read and sort in Excel or LibreOffice. With the codebook."),
            writers.Workbook,
        ),
        Format(
            "csv",
            "contributions",
            "csv",
            "text/csv; charset=utf-8",
            pgettext_lazy("export", "Table (CSV)"),
            _("For statistics: a row a contribution, a column a question."),
            writers.table_of_contributions,
        ),
        Format(
            "jsonl",
            "contributions",
            "jsonl",
            "application/jsonl",
            pgettext_lazy("export", "Contributions (JSON Lines)"),
            _("For programs: each contribution whole, with the words it was asked in."),
            writers.whole_contributions,
        ),
        Format(
            "answers",
            "answers",
            "jsonl",
            "application/jsonl",
            pgettext_lazy("export", "Texts (JSON Lines)"),
            _("For tools that look for themes: a line a text, with its question and language."),
            writers.text_answers,
        ),
        Format(
            "codebook",
            "codebook",
            "csv",
            "text/csv; charset=utf-8",
            pgettext_lazy("export", "Codebook (CSV)"),
            _(
                "What each column and code means, with every version of every question, in each "
                "language."
            ),
            writers.codebook_alone,
        ),
        Format(
            "coding",
            "coding",
            "csv",
            "text/csv; charset=utf-8",
            pgettext_lazy("export", "Codes and passages (CSV)"),
            _("What readers marked and coded: a row a code."),
            writers.codes_and_passages,
            besides=(CODE,),
        ),
        Format(
            "everything",
            "contributions",
            "zip",
            "application/zip",
            pgettext_lazy("export", "Everything (ZIP)"),
            _(
                "The workbook, the table, both files of lines and the codebook, with a note in "
                "each language and the SHA-256 of each file. No address, no code, no passage."
            ),
            Everything,
        ),
        Format(
            "contacts",
            "addresses",
            "csv",
            "text/csv; charset=utf-8",
            pgettext_lazy("export", "E-mail addresses (CSV)"),
            _("To write to contributors, and for nothing else. Delete it once you have."),
            writers.addresses,
            besides=(CONTACT,),
        ),
    )
}


def formats_for(user: Any, consultation: Consultation) -> list[Format]:
    """Those that ``user`` may ask for."""
    return [each for each in FORMATS.values() if each.is_for(user, consultation)]


def may_have(user: Any, export: Export) -> bool:
    """Whether ``user`` may see and download ``export``, by what they may do now."""
    return FORMATS[export.format].is_for(user, export.consultation)


def file_name(export: Export) -> str:
    """``contributions-2026-11-23.xlsx``: the day on which it was asked for."""
    each = FORMATS[export.format]
    return f"{each.name}-{export.asked_at:%Y-%m-%d}.{each.ending}"
