"""A contribution in words, for its authors: each question of it with what they answered."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.typography import typeset
from submissions.contributions.answers import said
from submissions.contributions.check import CheckedAnswer, publication_said
from submissions.contributions.countries import country_name
from submissions.contributions.files.services import of_contribution
from submissions.contributions.questions import wording_at
from submissions.models import Answer, Contribution, Questionnaire


@dataclass(frozen=True)
class Part:
    """The answers to one questionnaire under the title of its page, or who answers."""

    title: str
    answers: list[CheckedAnswer]


def parts_of(contribution: Contribution, language: str) -> list[Part]:
    """The newest version: as many queries for ten themes as for one."""
    answers = (
        contribution.answers.select_related("question__questionnaire")
        .prefetch_related(
            "ticks",
            "question__wordings",
            "question__choices__labels",
            "question__questionnaire__labels",
        )
        .order_by("question__questionnaire_id", "question__position", "question_id")
    )
    parts = [
        Part(
            _title(questionnaire, language),
            [_line(answer, language) for answer in group],
        )
        for questionnaire, group in groupby(answers, lambda answer: answer.question.questionnaire)
    ]
    files = of_contribution(contribution).filter(removed_at__isnull=True)
    named = [f"{file.name}\nSHA-256 {file.sha256}" for file in files]
    if named:
        title = pgettext("contribution", "Files")
        parts.append(Part(title, [CheckedAnswer(_("Files that go with it"), "\n\n".join(named))]))
    parts.append(Part(_("About you"), _identity(contribution, language)))
    return parts


def _title(questionnaire: Questionnaire, language: str) -> str:
    label = questionnaire.label_in(language)
    return (label and label.page_title) or str(questionnaire)


def _line(answer: Answer, language: str) -> CheckedAnswer:
    """Under the question as it read when it was answered."""
    wording = wording_at(answer.question, language, answer.version)
    label = typeset(wording.label, wording.language)
    words = said(answer.question, answer, language)
    note = publication_said(answer.question, answer.may_publish)
    return CheckedAnswer(label, words.text, formatted=words.formatted, note=note)


def _identity(contribution: Contribution, language: str) -> list[CheckedAnswer]:
    return [
        CheckedAnswer(_("You answer as"), contribution.get_respondent_type_display()),
        CheckedAnswer(_("Your first and last name"), contribution.name),
        CheckedAnswer(pgettext("contribution", "Organisation"), contribution.organisation),
        CheckedAnswer(_("Your role there"), contribution.role),
        CheckedAnswer(
            pgettext("contribution", "Country"), country_name(contribution.country, language)
        ),
    ]
