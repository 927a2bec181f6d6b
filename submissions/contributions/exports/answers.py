"""The columns of a question, by its kind: one whatever the language, and more where it helps.

``q12`` is the question's own; ``q12_c30`` one of its choices (several, ranking) or lines (matrix).
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.cells import Cell, plain
from submissions.contributions.exports.columns import Column, Words, in_each_language
from submissions.contributions.exports.dossiers import Dossier
from submissions.models import Answer, AnswerPublication, Choice, Question, QuestionKind
from submissions.models.questionnaire import MADE_OF_CHOICES

BETWEEN = " | "

IN_WORDS = _("In words; the next column holds the code.")
CODE_OF = _("Code of the choice.")
ALL_TICKED = _("All that were ticked, in words, with “|” between them.")
TICKED = _("1: ticked; 0: not ticked; empty: the question was not answered.")
RANK = _("Its rank: 1 comes first. Empty: not ranked.")
LINE = _("What is said of this line, in words; the next column holds the code.")
OTHER = pgettext_lazy("export", "Other, in their words")
VERSION = pgettext_lazy("export", "Version of the question")
VERSION_MEANS = _("The version of the question that was answered: its words are in the codebook.")
MAY_PUBLISH = pgettext_lazy("export", "May be published")
MAY_PUBLISH_MEANS = _("What the author says of this answer. 1: yes; 0: no.")
BY_KIND: dict[str, str | Promise] = {
    QuestionKind.SHORT_TEXT: _("As written."),
    QuestionKind.LONG_TEXT: _("As written, with the signs of its light formatting."),
    QuestionKind.SCALE: _("The point of the scale."),
    QuestionKind.NUMBER: _("The number, without its unit."),
    QuestionKind.DATE: _("The day (ISO 8601)."),
    QuestionKind.LINK: _("The address."),
    QuestionKind.FILE: _("The names of the files, with “|” between them."),
    QuestionKind.ONE_CHOICE: IN_WORDS,
    QuestionKind.SEVERAL_CHOICES: ALL_TICKED,
}


def name_of(question: Question | int) -> str:
    """Its code, in every file and every language: ``q12``."""
    return f"q{question if isinstance(question, int) else question.pk}"


def code_of(choice: Choice | int) -> str:
    """The code of a choice, a line or a column of a matrix: ``c30``."""
    return f"c{choice if isinstance(choice, int) else choice.pk}"


def labels_of(choice: Choice) -> Words:
    """Its words in each language, as last published there."""
    return {label.language: label.text for label in choice.labels.all()}


def columns_of(question: Question, language: str, *, with_other: bool) -> Iterator[Column]:
    """All columns of one question. ``with_other``: somebody said which other."""
    name, titles = name_of(question), _titles(question)
    yield from _substance(question, name, titles, language)
    if question.kind in MADE_OF_CHOICES and (question.other or with_other):
        yield _more(question, f"{name}_other", OTHER, lambda answer: answer.text)
    if question.version > 1:
        yield _more(question, f"{name}_version", VERSION, _version, VERSION_MEANS)
    if question.publication == AnswerPublication.ASKED:
        yield _more(question, f"{name}_may_publish", MAY_PUBLISH, _may_publish, MAY_PUBLISH_MEANS)


def _substance(question: Question, name: str, titles: Words, language: str) -> Iterable[Column]:
    choices = list(question.choices.all())
    words = {choice.pk: choice.label_in(language) for choice in choices}
    meaning = in_each_language(BY_KIND.get(question.kind, ""))
    match question.kind:
        case QuestionKind.ONE_CHOICE:
            codes = {code_of(choice): labels_of(choice) for choice in choices}
            yield Column(name, titles, _of(question, _ticked(words)), meaning, {}, question.pk)
            yield Column(
                f"{name}_code",
                titles,
                _of(question, _ticked({pk: code_of(pk) for pk in words})),
                in_each_language(CODE_OF),
                codes,
                question.pk,
            )
        case QuestionKind.SEVERAL_CHOICES:
            yield Column(name, titles, _of(question, _ticked(words)), meaning, {}, question.pk)
            for choice in choices:
                yield _of_choice(question, name, choice, titles, TICKED, _is_ticked(choice.pk))
        case QuestionKind.RANKING:
            for choice in choices:
                yield _of_choice(question, name, choice, titles, RANK, _rank(choice.pk))
        case QuestionKind.MATRIX:
            yield from _matrix(question, name, titles, choices, words)
        case QuestionKind.FILE:
            yield Column(name, titles, _file_names(question.pk), meaning, {}, question.pk)
        case _:
            yield Column(name, titles, _of(question, _single), meaning, {}, question.pk)


def _matrix(
    question: Question, name: str, titles: Words, choices: Collection[Choice], words: dict[int, str]
) -> Iterable[Column]:
    """A column a line, in words and as a code."""
    codes = {code_of(choice): labels_of(choice) for choice in choices if choice.is_column}
    for line in choices:
        if line.is_column:
            continue
        yield _of_choice(question, name, line, titles, LINE, _said_of(line.pk, words))
        as_codes = {choice.pk: code_of(choice) for choice in choices}
        in_code = _of_choice(question, name, line, titles, CODE_OF, _said_of(line.pk, as_codes))
        yield Column(
            f"{in_code.code}_code",
            in_code.title,
            in_code.value,
            in_code.meaning,
            codes,
            question.pk,
        )


def _titles(question: Question) -> Words:
    """Its newest words in each language, else in any."""
    return {
        language: wording.label if (wording := question.wording_in(language)) else name_of(question)
        for language in in_each_language("")
    }


def _of_choice(
    question: Question,
    name: str,
    choice: Choice,
    titles: Words,
    meaning: str | Promise,
    said: Callable[[Answer], Cell],
) -> Column:
    title = {language: f"{titles[language]} – {choice.label_in(language)}" for language in titles}
    code = f"{name}_{code_of(choice)}"
    return Column(code, title, _of(question, said), in_each_language(meaning), {}, question.pk)


def _more(
    question: Question,
    code: str,
    title: str | Promise,
    said: Callable[[Answer], Cell],
    meaning: str | Promise = "",
) -> Column:
    titles = _titles(question)
    title_in = in_each_language(title)
    return Column(
        code,
        {language: f"{titles[language]} – {title_in[language]}" for language in titles},
        _of(question, said),
        in_each_language(meaning),
        {},
        question.pk,
    )


def _of(question: Question, said: Callable[[Answer], Cell]) -> Callable[[Dossier], Cell]:
    """What the answer to ``question`` says; nothing where there is none."""

    def value(dossier: Dossier) -> Cell:
        answer = dossier.answers.get(question.pk)
        return None if answer is None else said(answer)

    return value


def _single(answer: Answer) -> Cell:
    if answer.number is not None:
        return answer.number
    if answer.amount is not None:
        return plain(answer.amount)
    return answer.day.isoformat() if answer.day is not None else answer.text


def _ticked(words: dict[int, str]) -> Callable[[Answer], Cell]:
    """In the order of the question, whatever the order of ticking."""

    def said(answer: Answer) -> Cell:
        ticked = {tick.choice_id for tick in answer.ticks.all()}
        return BETWEEN.join(word for pk, word in words.items() if pk in ticked)

    return said


def _is_ticked(choice: int) -> Callable[[Answer], Cell]:
    return lambda answer: int(any(tick.choice_id == choice for tick in answer.ticks.all()))


def _rank(choice: int) -> Callable[[Answer], Cell]:
    return lambda answer: next(
        (tick.place for tick in answer.ticks.all() if tick.choice_id == choice), None
    )


def _said_of(line: int, words: dict[int, str]) -> Callable[[Answer], Cell]:
    def said(answer: Answer) -> Cell:
        column = next(
            (tick.column_id for tick in answer.ticks.all() if tick.choice_id == line), None
        )
        return None if column is None else words.get(column, code_of(column))

    return said


def _file_names(question: int) -> Callable[[Dossier], Cell]:
    return lambda dossier: BETWEEN.join(file.name for file in dossier.files_of(question)) or None


def _version(answer: Answer) -> Cell:
    return answer.version


def _may_publish(answer: Answer) -> Cell:
    return int(answer.may_publish)
