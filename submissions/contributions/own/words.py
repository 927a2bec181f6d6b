"""A contribution in words, for its authors: each question of it with what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.typography import typeset
from submissions.contributions.answers import publication_said, said
from submissions.contributions.check import CheckedAnswer
from submissions.contributions.countries import country_name
from submissions.contributions.files.services import of_contribution
from submissions.contributions.questions import wording_at
from submissions.models import Answer, Attachment, Contribution, Question

WORDED = ("wordings", "choices__labels", "questionnaire__labels")


@dataclass(frozen=True)
class Part:
    """The answers to one questionnaire under the title of its page, or who answers."""

    title: str
    answers: list[CheckedAnswer]


def parts_of(contribution: Contribution, language: str) -> list[Part]:
    """The newest version: as many queries for ten themes as for one."""
    answers = contribution.answers.select_related("question__questionnaire").prefetch_related(
        "ticks", *(f"question__{one}" for one in WORDED)
    )
    files = of_contribution(contribution).filter(removed_at__isnull=True)
    files = files.select_related("question__questionnaire").prefetch_related(
        *(f"question__{one}" for one in WORDED)
    )
    of_question: dict[int | None, list[Attachment]] = {}
    for file in files:
        of_question.setdefault(file.question_id, []).append(file)
    given = {answer.question_id: answer for answer in answers}
    asked = {answer.question_id: answer.question for answer in answers}
    asked |= {file.question.pk: file.question for file in files if file.question}
    in_order = sorted(asked.values(), key=attrgetter("questionnaire_id", "position", "pk"))
    parts = [
        Part(
            questionnaire.page_title_in(language),
            [_line(one, given.get(one.pk), of_question.get(one.pk, ()), language) for one in group],
        )
        for questionnaire, group in groupby(in_order, attrgetter("questionnaire"))
    ]
    if whole := of_question.get(None):
        title = pgettext("contribution", "Files")
        parts.append(Part(title, [CheckedAnswer(_("Files that go with it"), _named(whole))]))
    parts.append(Part(_("About you"), _identity(contribution, language)))
    return parts


def _line(
    question: Question, answer: Answer | None, files: Sequence[Attachment], language: str
) -> CheckedAnswer:
    """Under the question as it read when it was answered; files have no words beside them."""
    wording = wording_at(question, language, answer.version if answer else None)
    label = typeset(wording.label, wording.language)
    note = publication_said(question, answer is not None and answer.may_publish)
    if answer is None or files:
        return CheckedAnswer(label, _named(files), note=note)
    words = said(question, answer, language)
    return CheckedAnswer(label, words.text, formatted=words.formatted, note=note)


def _named(files: Sequence[Attachment]) -> str:
    return "\n\n".join(f"{file.name}\nSHA-256 {file.sha256}" for file in files)


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
