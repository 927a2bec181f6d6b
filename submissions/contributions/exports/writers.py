"""Who writes which file: each is given the contributions once, a portion at a time."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from core.cells import BYTE_ORDER_MARK, Cell, csv_lines
from submissions.contributions.exports import codebook
from submissions.contributions.exports.coding import Coding
from submissions.contributions.exports.columns import in_each_language
from submissions.contributions.exports.dataset import Dataset
from submissions.contributions.exports.dossiers import Dossier
from submissions.contributions.exports.json_lines import TextAnswers, WholeContributions
from submissions.contributions.exports.workbook import Book
from submissions.models import ContactDetails


class Writer(Protocol):
    """Writes one file; it is whole once ``close`` has returned."""

    def add(self, dossiers: list[Dossier]) -> None:
        """The next portion."""

    def close(self) -> None:
        """No more are to come."""


class _Text:
    """A file of lines."""

    def __init__(self, path: Path) -> None:
        # As the lines say: their ends are their own.
        self.file: IO[str] = path.open("w", encoding="utf-8", newline="")

    def close(self) -> None:
        """Have it on the disk."""
        self.file.close()


class Lines(_Text):
    """JSON Lines."""

    def __init__(self, path: Path, lines: Callable[[Dossier], Iterator[str]]) -> None:
        super().__init__(path)
        self.lines = lines

    def add(self, dossiers: list[Dossier]) -> None:
        """As many lines for each as there are."""
        for dossier in dossiers:
            self.file.writelines(self.lines(dossier))


class Table(_Text):
    """CSV."""

    def __init__(
        self,
        path: Path,
        headings: Iterable[str],
        rows: Callable[[list[Dossier]], Iterable[list[Cell]]],
        first: Iterable[list[Cell]] = (),
    ) -> None:
        super().__init__(path)
        self.rows = rows
        self.file.write(BYTE_ORDER_MARK)
        self.file.writelines(csv_lines(chain([headings], first)))

    def add(self, dossiers: list[Dossier]) -> None:
        """As many rows as they make."""
        self.file.writelines(csv_lines(self.rows(dossiers)))


class Workbook:
    """XLSX: contributions, what does not fit in a cell, codebook."""

    def __init__(self, path: Path, dataset: Dataset) -> None:
        self.book = Book(path)
        self.dataset = dataset
        self.headings = [column.heading(dataset.language) for column in dataset.columns]
        self.contributions = self.book.sheet(pgettext("export", "Contributions"), self.headings)

    def add(self, dossiers: list[Dossier]) -> None:
        """A row each."""
        for row in _rows(self.dataset)(dossiers):
            self.contributions.write(row)

    def close(self) -> None:
        """The codebook, then the file."""
        language = self.dataset.language
        sheet = self.book.sheet(pgettext("export", "Codebook"), codebook.headings(language))
        for row in codebook.rows(self.dataset):
            sheet.write(row)
        self.book.close()


def table_of_contributions(path: Path, dataset: Dataset) -> Writer:
    """A row a contribution, a column a question."""
    headings = [column.heading(dataset.language) for column in dataset.columns]
    return Table(path, headings, _rows(dataset))


def whole_contributions(path: Path, dataset: Dataset) -> Writer:
    """An object a contribution."""
    return Lines(path, WholeContributions(dataset))


def text_answers(path: Path, dataset: Dataset) -> Writer:
    """An object a text."""
    return Lines(path, TextAnswers(dataset))


def codebook_alone(path: Path, dataset: Dataset) -> Writer:
    """What the columns mean; no contribution is in it."""
    rows = codebook.rows(dataset)
    return Table(path, codebook.headings(dataset.language), lambda _dossiers: (), rows)


def codes_and_passages(path: Path, dataset: Dataset) -> Writer:
    """A row a code that was given."""
    coding = Coding(dataset)
    return Table(path, coding.headings, coding.of)


def addresses(path: Path, dataset: Dataset) -> Writer:
    """A row a contribution: how to write to its author, and in which language."""
    titles = {
        "reference": _("Reference"),
        "email": _("E-mail address"),
        "name": _("Name"),
        "organisation": pgettext_lazy("contribution", "Organisation"),
        "language": pgettext_lazy("export", "Language of the page it was sent from"),
    }
    headings = [
        f"{code}: {in_each_language(title)[dataset.language]}" for code, title in titles.items()
    ]
    return Table(path, headings, _address_rows)


def _rows(dataset: Dataset) -> Callable[[list[Dossier]], Iterable[list[Cell]]]:
    def rows(dossiers: list[Dossier]) -> Iterator[list[Cell]]:
        for dossier in dossiers:
            yield [column.value(dossier) for column in dataset.columns]

    return rows


def _address_rows(dossiers: list[Dossier]) -> Iterator[list[Cell]]:
    contributions = [dossier.contribution for dossier in dossiers]
    emails = dict(
        ContactDetails.objects.filter(contribution__in=contributions).values_list("pk", "email")
    )
    for one in contributions:
        yield [one.reference, emails.get(one.pk), one.name, one.organisation, one.language]
