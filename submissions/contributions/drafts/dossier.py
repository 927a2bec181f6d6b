"""A draft as its pages show it: the questionnaires it answers, and all that is written so far."""

from collections import Counter
from collections.abc import Iterable

from django.utils.functional import cached_property

from submissions.contributions.questions import (
    WITH_QUESTIONS,
    AskedQuestion,
    Versions,
    asked_once,
)
from submissions.contributions.sections import Section, sections_in
from submissions.models import (
    Attachment,
    Draft,
    DraftAnswer,
    DraftPart,
    Phase,
    Question,
    Questionnaire,
)


class Dossier:
    """One draft in one language, read once: as many queries for ten themes as for one."""

    def __init__(self, draft: Draft, language: str) -> None:
        self.draft = draft
        self.language = language

    @cached_property
    def questionnaires(self) -> list[Questionnaire]:
        """Those that it answers, with their state, their questions and their words."""
        chosen = Questionnaire.objects.with_state().filter(drafts=self.draft)
        return list(chosen.prefetch_related(*WITH_QUESTIONS).order_by("pk"))

    @cached_property
    def answers(self) -> dict[int, DraftAnswer]:
        """What is written, by question; of themes that were taken out too."""
        rows = DraftAnswer.objects.filter(draft=self.draft).select_related("saved_by")
        return {row.question_id: row for row in rows}

    @cached_property
    def parts(self) -> dict[str, DraftPart]:
        """What is no question, by key."""
        return {part.key: part for part in DraftPart.objects.filter(draft=self.draft)}

    @cached_property
    def files(self) -> Counter[int | None]:
        """How many files stand for each question; ``None``: for the whole."""
        there = Attachment.objects.filter(draft=self.draft, removed_at=None)
        return Counter(there.values_list("question_id", flat=True))

    @cached_property
    def data(self) -> dict[str, list[str]]:
        """All that is written to questions, as one form would send it."""
        merged: dict[str, list[str]] = {}
        for row in self.answers.values():
            merged.update(row.data)
        return merged

    def takes_answers(self, questionnaire: Questionnaire) -> bool:
        """Whether it can be answered now, in this language."""
        return questionnaire.phase_in(self.language) is Phase.OPEN

    def sections(
        self, questionnaire: Questionnaire, shown: Versions | None = None
    ) -> list[Section]:
        """What ``questionnaire`` asks in this language; none when no page there holds it."""
        return sections_in(questionnaire, self.language, shown)

    def answered(self, asked: Iterable[AskedQuestion]) -> list[AskedQuestion]:
        """Those to which something is written, or a file is there."""
        return [one for one in asked if self.says(one.question)]

    def says(self, question: Question) -> bool:
        """Whether something is written to ``question``."""
        row = self.answers.get(question.pk)
        # That an answer may be published is no answer.
        typed = [name for name in row.data if not name.endswith("_publish")] if row else []
        return bool(typed) or bool(self.files[question.pk])

    def no_longer_asked(self, questionnaire: Questionnaire) -> list[AskedQuestion]:
        """Questions with words that no section asks any more, as they were read (case 26)."""
        there = {
            one.question.pk for section in self.sections(questionnaire) for one in section.asked
        }
        left = [
            question.pk
            for question in questionnaire.questions.all()
            if question.pk not in there and self.says(question)
        ]
        versions = {pk: self.answers[pk].version for pk in left if pk in self.answers}
        return asked_once(questionnaire, self.language, versions, left)
