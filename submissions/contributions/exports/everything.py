"""All files of a dataset in one archive, with a note in each language and the hash of each file."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from submissions.contributions.exports import writers
from submissions.contributions.exports.codebook import NOTES
from submissions.contributions.exports.dataset import Dataset
from submissions.contributions.exports.dossiers import Dossier
from submissions.contributions.exports.writers import Writer
from submissions.contributions.library.citing import name_of

FILES: tuple[tuple[str, Callable[[Path, Dataset], Writer], str | Promise], ...] = (
    (
        "contributions.xlsx",
        writers.Workbook,
        gettext_lazy("The workbook: a row a contribution; the codebook is its last sheet."),
    ),
    (
        "contributions.csv",
        writers.table_of_contributions,
        gettext_lazy("The same table for programs: UTF-8, commas, texts in quotes."),
    ),
    (
        "contributions.jsonl",
        writers.whole_contributions,
        gettext_lazy("Each contribution whole: one JSON object a line."),
    ),
    (
        "answers.jsonl",
        writers.text_answers,
        gettext_lazy("Each text: response_id, question, language, answer; one JSON object a line."),
    ),
    (
        "codebook.csv",
        writers.codebook_alone,
        gettext_lazy("What each column, question, choice and code means, in each language."),
    ),
)
QUICKLY = 3  # of 9: twice as fast as zlib's own choice, a few per cent larger
AT_ONCE = 1 << 20


class Everything:
    """The archive: its files are written side by side, and packed at the end."""

    def __init__(self, path: Path, dataset: Dataset) -> None:
        self.path, self.dataset = path, dataset
        self.place = path.with_name(f"{path.name}-files")
        self.place.mkdir()
        self.writers = [writer(self.place / name, dataset) for name, writer, _about in FILES]

    def add(self, dossiers: list[Dossier]) -> None:
        """To each of the files."""
        for writer in self.writers:
            writer.add(dossiers)

    def close(self) -> None:
        """Pack them, and remove what was packed."""
        for writer in self.writers:
            writer.close()
        hashes = {name: sha256_of(self.place / name) for name, _writer, _about in FILES}
        with zipfile.ZipFile(
            self.path, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICKLY
        ) as archive:
            for code, _name in settings.LANGUAGES:
                with translation.override(code):
                    archive.writestr(f"README.{code}.txt", self._note(hashes))
            sums = "".join(f"{digest}  {name}\n" for name, digest in hashes.items())
            archive.writestr("SHA256SUMS", sums)
            for name in hashes:
                packed = zipfile.ZIP_STORED if name.endswith(".xlsx") else None
                archive.write(self.place / name, name, compress_type=packed)
        shutil.rmtree(self.place)

    def _note(self, hashes: dict[str, str]) -> str:
        """What is in the archive and how to read it, in the active language."""
        about = {name: str(said) for name, _writer, said in FILES}
        lines = [
            _("Contributions to: %(consultation)s")
            % {"consultation": name_of(self.dataset.consultation, get_language() or "")},
            "",
            _(
                "One dataset, whatever the language: an answer in French and one in English stand "
                "in the same column, each in the words of its author. Withdrawn contributions, "
                "e-mail addresses and the notes of readers are in none of these files."
            ),
            "",
        ]
        for name, digest in hashes.items():
            lines += [name, f"  {about[name]}", f"  SHA-256: {digest}", ""]
        lines += [
            _(
                "Columns begin with a code (q12, or q12_c30 for one of its choices), then a colon; "
                "the codebook tells what it means."
            ),
            *(str(note) for note in NOTES),
            "",
            _(
                "These are personal data, political opinions among them: keep them where only "
                "those who need them can read them, and delete them when the work is done."
            ),
            "",
        ]
        return "\r\n".join(lines)


def sha256_of(path: Path) -> str:
    """The hash of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(AT_ONCE):
            digest.update(part)
    return digest.hexdigest()
