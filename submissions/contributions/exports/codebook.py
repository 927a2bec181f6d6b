"""The codebook: every column, question, wording, choice and code, in each language, a row each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.cells import Cell, plain
from submissions.contributions.exports.answers import code_of, labels_of, name_of
from submissions.contributions.exports.columns import Words, in_each_language
from submissions.contributions.exports.dataset import Dataset
from submissions.models import Question, QuestionKind, Questionnaire, QuestionWording

TITLES: dict[str, str | Promise] = {
    "column": pgettext_lazy("codebook", "Column of the table"),
    "what": pgettext_lazy("codebook", "What this row tells"),
    "code": pgettext_lazy("codebook", "Code that stands in the column"),
    "version": pgettext_lazy("codebook", "Version of the words"),
    "kind": pgettext_lazy("codebook", "Kind of question"),
    "rules": pgettext_lazy("codebook", "Rules"),
    "publication": pgettext_lazy("codebook", "Publication of the answer"),
    "retired": pgettext_lazy("codebook", "No longer asked: 1"),
    "id": pgettext_lazy("codebook", "Identity, whatever the language"),
}
IN_EACH: dict[str, str | Promise] = {
    "text": pgettext_lazy("codebook", "Words"),
    "help": pgettext_lazy("codebook", "Explanation"),
    "unit": pgettext_lazy("codebook", "Unit"),
}
LONG_TEXTS = _(
    "In the workbook, a text of more than 32,500 characters ends with a mark and goes on in the "
    "sheet “Long texts”; in the other files it is whole."
)
CONTROLS = _(
    "In the workbook, control characters stand as visible marks such as ␋, and the end of a line "
    "is one character; in the other files every character is as it was sent."
)
APOSTROPHE = _(
    "In CSV files, a text that would start a formula is prefixed by an apostrophe: take it away to "
    "have the text as it was sent."
)
NOTES = (LONG_TEXTS, CONTROLS, APOSTROPHE)


@dataclass(frozen=True)
class Row:
    """What one row tells; what a thing does not have stays empty."""

    column: str
    what: str
    code: str = ""
    version: int | None = None
    kind: str = ""
    text: Words = field(default_factory=dict)
    help: Words = field(default_factory=dict)
    unit: Words = field(default_factory=dict)
    rules: str = ""
    publication: str = ""
    retired: bool = False
    identity: str = ""

    @property
    def cells(self) -> list[Cell]:
        """In the order of the headings."""
        return [
            *(self.column, self.what, self.code, self.version, self.kind),
            *(
                words.get(language, "")
                for words in (self.text, self.help, self.unit)
                for language, _name in settings.LANGUAGES
            ),
            *(self.rules, self.publication, int(self.retired), self.identity),
        ]


def headings(language: str) -> list[str]:
    """``code: title`` of its own columns; the words of each language stand in their own."""
    titles = {code: in_each_language(title)[language] for code, title in TITLES.items()}
    parts = {code: in_each_language(title)[language] for code, title in IN_EACH.items()}
    return [
        *(f"{code}: {titles[code]}" for code in ("column", "what", "code", "version", "kind")),
        *(
            f"{code}_{each}: {parts[code]} ({each})"
            for code in IN_EACH
            for each, _name in settings.LANGUAGES
        ),
        *(f"{code}: {titles[code]}" for code in ("rules", "publication", "retired", "id")),
    ]


def rows(dataset: Dataset) -> Iterator[list[Cell]]:
    """Its rows, as cells."""
    return (row.cells for row in _rows(dataset))


def _rows(dataset: Dataset) -> Iterator[Row]:
    """The notes on the files, then column by column in the order of the table."""
    for note in NOTES:
        yield Row("", "note", text=in_each_language(note))
    told: set[int] = set()
    shown: set[int] = set()
    questions = {question.pk: question for question in dataset.questions}
    for column in dataset.columns:
        if column.question is not None and column.question not in told:
            question = questions[column.question]
            told.add(question.pk)
            if question.questionnaire_id not in shown:
                shown.add(question.questionnaire_id)
                yield _questionnaire(question.questionnaire)
            yield from _question(question)
        yield Row(column.code, "column", text=column.title, help=column.meaning)
        for code, words in column.codes.items():
            yield Row(column.code, "code", code=code, text=words)


def _questionnaire(questionnaire: Questionnaire) -> Row:
    labels = {label.language: label for label in questionnaire.labels.all()}
    return Row(
        "",
        "questionnaire",
        code=str(questionnaire.pk),
        text={language: label.page_title or label.title for language, label in labels.items()},
        help={language: label.title for language, label in labels.items()},
        retired=questionnaire.retired_at is not None,
        identity=str(questionnaire.block_id),
    )


def _question(question: Question) -> Iterator[Row]:
    """A row a version of its words, then its choices as each version words them."""
    name = name_of(question)
    versions: dict[int, dict[str, QuestionWording]] = {}
    for wording in sorted(question.wordings.all(), key=lambda one: (one.version, one.language)):
        versions.setdefault(wording.version, {})[wording.language] = wording
    for version, wordings in versions.items():
        yield Row(
            name,
            "question",
            version=version,
            kind=question.kind,
            text=_each(wordings, "label"),
            help=_each(wordings, "help_text"),
            unit=_each(wordings, "unit"),
            rules=_rules(question),
            publication=question.publication,
            retired=question.retired_at is not None,
            identity=str(question.block_id),
        )
        if question.kind == QuestionKind.SCALE:
            ends = (("1", "low_label"), (str(question.scale_points), "high_label"))
            for point, end in ends:
                words = _each(wordings, end)
                yield Row(name, "point", code=point, version=version, text=words)
        yield from _choices(question, name, version, wordings)


def _choices(
    question: Question, name: str, version: int, wordings: Mapping[str, QuestionWording]
) -> Iterator[Row]:
    for choice in question.choices.all():
        item = str(choice.item_id)
        words = {
            language: wording.choices[item]
            for language, wording in wordings.items()
            if item in wording.choices
        }
        if not words and version != question.version:
            continue  # came later
        what = "choice"
        if question.kind == QuestionKind.MATRIX:
            what = "matrix_column" if choice.is_column else "matrix_line"
        yield Row(
            name,
            what,
            code=code_of(choice),
            version=version,
            text=words or labels_of(choice),
            retired=choice.retired_at is not None,
            identity=item,
        )


def _each(wordings: Mapping[str, QuestionWording], field: str) -> dict[str, str]:
    return {language: getattr(wording, field) for language, wording in wordings.items()}


def _rules(question: Question) -> str:
    """``required=1; word_limit=500``: those that say something of this kind."""
    said: dict[str, object] = {"required": int(question.required)}
    if question.kind == QuestionKind.LONG_TEXT:
        said["word_limit"] = question.word_limit
    if question.kind == QuestionKind.SCALE:
        said["scale_points"] = question.scale_points
    if question.other:
        said["other"] = 1
    if question.most_choices:
        said["most_choices"] = question.most_choices
    for end in ("lowest", "highest"):
        if (limit := getattr(question, end)) is not None:
            said[end] = plain(limit)
    follows = [code_of(choice) for choice in question.follows.all()]
    if follows:
        said["follows"] = " ".join(follows)
    return "; ".join(f"{rule}={value}" for rule, value in said.items())
