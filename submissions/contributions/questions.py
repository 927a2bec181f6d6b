"""The questions as one language asks them: which, in what order, in which words.

A page that was open while an editor published still shows the words of then. Its form says so in a
stamp, signed, so that an answer keeps the version that was on screen and a form that comes back
with an error is worded as it was.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.core import signing

from core.typography import typeset
from submissions.models import Choice, Question, Questionnaire, QuestionWording

Versions = Mapping[int, int]  # question id: version of its words on screen
FIELD_PREFIX = "question_"


@dataclass(frozen=True)
class AskedQuestion:
    """A question with its words in one language, at the version that is on screen."""

    question: Question
    wording: QuestionWording
    choices: tuple[tuple[Choice, str], ...]

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


def stamp(asked: list[AskedQuestion], questionnaire: Questionnaire, language: str) -> str:
    """Which version of each question is on screen, signed."""
    versions = {one.question.pk: one.wording.version for one in asked}
    return signing.dumps(versions, salt=_salt(questionnaire, language))


def read_stamp(sent: str, questionnaire: Questionnaire, language: str) -> Versions:
    """What a stamp says. Nothing for one that is missing, altered or another language's."""
    try:
        versions = signing.loads(sent, salt=_salt(questionnaire, language))
    except signing.BadSignature:
        return {}
    return {int(question): version for question, version in versions.items()}


def _salt(questionnaire: Questionnaire, language: str) -> str:
    return f"submissions.questions.{questionnaire.pk}.{language}"


def _as_asked(
    question: Question, choices: Collection[Choice], language: str, shown: Versions | None
) -> AskedQuestion:
    wording = wording_at(question, language, (shown or {}).get(question.pk))
    labels = ((choice, wording.choices.get(str(choice.item_id))) for choice in choices)
    return AskedQuestion(
        question,
        wording,
        tuple((choice, typeset(label, wording.language)) for choice, label in labels if label),
    )


def wording_at(question: Question, language: str, version: int | None) -> QuestionWording:
    """The words of ``version`` in ``language``, else the newest of that language, else any."""
    for wording in question.wordings.all():
        if wording.language == language and wording.version == version:
            return wording
    newest = question.wording_in(language)
    if newest is None:
        raise QuestionWording.DoesNotExist(f"question {question.pk} has no words")
    return newest
