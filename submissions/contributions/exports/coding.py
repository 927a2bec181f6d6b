"""What staff made of the contributions: codes, and the passages that bear them; no notes."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.cells import Cell
from submissions.contributions.exports.answers import name_of
from submissions.contributions.exports.columns import in_each_language
from submissions.contributions.exports.dataset import Dataset
from submissions.contributions.exports.dossiers import Dossier
from submissions.models import Code, CodedContribution, Consultation, Passage

TITLES: dict[str, str | Promise] = {
    "reference": _("Reference"),
    "question": pgettext_lazy("export", "Question; empty: the contribution as a whole"),
    "start": pgettext_lazy(
        "export", "Where the passage starts in the answer, in characters from 0"
    ),
    "end": pgettext_lazy("export", "Where it ends"),
    "passage": pgettext_lazy("export", "Passage"),
    "lost": pgettext_lazy("export", "1: a newer version no longer has these words"),
    "code": pgettext_lazy("export", "Code; empty: none yet"),
    "name": pgettext_lazy("export", "Name of the code"),
    "path": pgettext_lazy("export", "With the codes above it"),
}


class Coding:
    """Rows of one table: a code of a contribution, or a code of a passage, each."""

    def __init__(self, dataset: Dataset) -> None:
        self.names, self.paths = _names(dataset.consultation, dataset.language)
        self.headings = [
            f"{code}: {in_each_language(title)[dataset.language]}" for code, title in TITLES.items()
        ]

    def of(self, dossiers: list[Dossier]) -> Iterator[list[Cell]]:
        """Those of a portion: three queries."""
        ids = [dossier.contribution.pk for dossier in dossiers]
        whole: dict[int, list[int]] = defaultdict(list)
        coded = CodedContribution.objects.filter(contribution__in=ids).order_by("pk")
        for contribution, code in coded.values_list("contribution", "code"):
            whole[contribution].append(code)
        marked: dict[int, list[Passage]] = defaultdict(list)
        passages = (
            Passage.objects.filter(answer__contribution__in=ids)
            .select_related("answer")
            .prefetch_related("codes")
            .order_by("answer__question", "start", "end", "pk")
        )
        for passage in passages:
            marked[passage.answer.contribution_id].append(passage)
        for dossier in dossiers:
            pk, reference = dossier.contribution.pk, dossier.contribution.reference
            for code in whole[pk]:
                yield [reference, "", None, None, "", None, *self._code(code)]
            for passage in marked[pk]:
                place: list[Cell] = [
                    *(reference, name_of(passage.answer.question_id), passage.start, passage.end),
                    *(passage.quote, int(passage.lost)),
                ]
                codes = [self._code(code.pk) for code in passage.codes.all()]
                yield from ([*place, *code] for code in codes or [self._code(None)])

    def _code(self, code: int | None) -> list[Cell]:
        if code is None:
            return ["", "", ""]
        return [key_of(code), self.names[code], self.paths[code]]


def key_of(code: int) -> str:
    """A code of the scheme in every file: ``k5``."""
    return f"k{code}"


def _names(consultation: Consultation, language: str) -> tuple[dict[int, str], dict[int, str]]:
    """The name of each code of the scheme, and its name after those of the codes above it."""
    codes = {
        code.pk: code
        for code in Code.objects.filter(consultation=consultation).prefetch_related("labels")
    }
    names = {pk: code.name_in(language) for pk, code in codes.items()}

    def path(code: Code) -> str:
        above = codes.get(code.parent_id) if code.parent_id else None
        return f"{path(above)} > {names[code.pk]}" if above else names[code.pk]

    return names, {pk: path(code) for pk, code in codes.items()}
