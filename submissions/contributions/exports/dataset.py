"""What every file of one export has in common: whose it is, its questions, its columns."""

from dataclasses import dataclass
from functools import cached_property

from submissions.contributions.exports.answers import columns_of
from submissions.contributions.exports.columns import Column
from submissions.contributions.exports.dossiers import Dossier, questions_of
from submissions.contributions.exports.facts import fact_columns
from submissions.models import Answer, Consultation, ContributionState, Question
from submissions.models.questionnaire import MADE_OF_CHOICES


class Outdated(Exception):
    """Somebody answered what was added to the questions after they were read."""


@dataclass(frozen=True)
class Dataset:
    """One consultation's questions and columns; headings and choices in ``language``."""

    consultation: Consultation
    language: str
    questions: tuple[Question, ...]
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, consultation: Consultation, language: str) -> "Dataset":
        """As the database has them now; the same columns whatever the filters and the language."""
        questions = questions_of(consultation)
        others = set(
            Answer.objects.filter(
                question__questionnaire__consultation=consultation,
                question__kind__in=MADE_OF_CHOICES,
                contribution__state=ContributionState.RECEIVED,
            )
            .exclude(text="")
            .values_list("question", flat=True)
            .distinct()
        )
        columns = fact_columns(language, consultation)
        for question in questions:
            columns += columns_of(question, language, with_other=question.pk in others)
        return cls(consultation, language, tuple(questions), tuple(columns))

    @cached_property
    def _versions(self) -> dict[int, int]:
        return {question.pk: question.version for question in self.questions}

    @cached_property
    def _choices(self) -> set[int]:
        return {choice.pk for question in self.questions for choice in question.choices.all()}

    def must_hold(self, dossiers: list[Dossier]) -> None:
        """Raise ``Outdated`` where an answer has no column, or words that were not read."""
        for dossier in dossiers:
            for answer in dossier.answers.values():
                ticked = {
                    number
                    for tick in answer.ticks.all()
                    for number in (tick.choice_id, tick.column_id)
                    if number is not None
                }
                known = self._versions.get(answer.question_id, 0) >= answer.version
                if not known or ticked - self._choices:
                    raise Outdated
