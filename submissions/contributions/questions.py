"""The questions as one language asks them: which, in what order, in which words.

A page that was open while an editor published still shows the words of then. Its form says so
(``drafts.stamps``), so that an answer keeps the version that was on screen and a form that comes
back with an error is worded as it was.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from core.typography import typeset
from submissions.models import Choice, Question, Questionnaire, QuestionWording

Versions = Mapping[int, int]  # question id: version of its words on screen
# What the form of a questionnaire reads, to be prefetched: five queries, however many questions.
WITH_QUESTIONS = (
    "labels",
    "questions__wordings",
    "questions__choices__labels",
    "questions__follows",
)
FIELD_PREFIX = "question_"


@dataclass(frozen=True)
class AskedQuestion:
    """A question with its words in one language, at the version that is on screen."""

    question: Question
    wording: QuestionWording
    choices: tuple[tuple[Choice, str], ...]  # of a matrix: its lines
    columns: tuple[tuple[Choice, str], ...] = ()

    @property
    def field_name(self) -> str:
        """Its name in a form: the same in every language, and never made of its words."""
        return f"{FIELD_PREFIX}{self.question.pk}"

    @property
    def label(self) -> str:
        """The question, set as its language is written."""
        return typeset(self.wording.label, self.wording.language)


def asked_in(
    questionnaire: Questionnaire, language: str, shown: Versions | None = None
) -> list[AskedQuestion]:
    """What the page of ``language`` asks now, in its order; words of ``shown`` where they exist.

    Reads the prefetched ``labels`` and questions ``with_words``. Empty when the questionnaire does
    not stand on a live page of that language.
    """
    label = questionnaire.label_in(language)
    if label is None or label.language != language or not (label.present and label.live):
        return []
    questions = {str(question.block_id): question for question in questionnaire.questions.all()}
    asked = []
    for block_id, _kind, items in label.structure:
        question = questions.get(block_id)
        if question is None or question.retired_at is not None:
            continue
        choices = {
            str(choice.item_id): choice
            for choice in question.choices.all()
            if choice.retired_at is None
        }
        ordered = [choices[item] for item in items if item in choices]
        asked.append(_as_asked(question, ordered, language, shown))
    return asked


def asked_once(
    questionnaire: Questionnaire, language: str, shown: Versions, ids: Collection[int]
) -> list[AskedQuestion]:
    """The questions of those ids, retired or not, with all their choices: what a form once held."""
    return [
        _as_asked(question, question.choices.all(), language, shown)
        for question in questionnaire.questions.all()
        if question.pk in ids
    ]


def question_ids(field_names: Collection[str]) -> Iterator[int]:
    """The ids of the questions that the fields of a posted form name."""
    for name in field_names:
        number = name.removeprefix(FIELD_PREFIX)
        if number != name and number.isascii() and number.isdecimal():
            yield int(number)


def _as_asked(
    question: Question, choices: Collection[Choice], language: str, shown: Versions | None
) -> AskedQuestion:
    wording = wording_at(question, language, (shown or {}).get(question.pk))

    def labelled(*, columns: bool) -> tuple[tuple[Choice, str], ...]:
        found = ((one, wording.choices.get(str(one.item_id))) for one in choices)
        return tuple(
            (one, typeset(label, wording.language))
            for one, label in found
            if label and one.is_column == columns
        )

    return AskedQuestion(question, wording, labelled(columns=False), labelled(columns=True))


def wording_at(question: Question, language: str, version: int | None) -> QuestionWording:
    """The words of ``version`` in ``language``, else the newest of that language, else any."""
    for wording in question.wordings.all():
        if wording.language == language and wording.version == version:
            return wording
    newest = question.wording_in(language)
    if newest is None:
        raise QuestionWording.DoesNotExist(f"question {question.pk} has no words")
    return newest
