"""The tasks of a draft: a section each, who answers, files, what may be done with it, sending."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from core.numbers import number
from submissions.contributions.drafts.dossier import Dossier
from submissions.contributions.drafts.parts import ABOUT, CONSENTS, PARTS
from submissions.contributions.sections import AnswersForm, Section, as_posted
from submissions.models import NOT_ANSWERED, Questionnaire

Status = Literal["empty", "begun", "done", "error", "closed"]
FILES, CHECK = "files", "check"


@dataclass(frozen=True)
class Task:
    """One line of the list. ``key``: by which errors of sending name it, too."""

    key: str
    title: str
    url: str
    status: Status
    hint: str = ""
    questionnaire: int | None = None  # whose section it is


def section_key(questionnaire: Questionnaire, section: int) -> str:
    """The key of the task that a section is."""
    return f"{questionnaire.pk}-{section}"


def tasks_in(dossier: Dossier) -> list[Task]:
    """All that there is to fill in, in its order, each with how far it is; sending comes last."""
    sections = [task for one in dossier.questionnaires for task in _of_questionnaire(dossier, one)]
    draft = dossier.draft.pk
    return [
        *sections,
        Task(
            ABOUT,
            _("About you"),
            reverse("submissions:draft_about", args=[draft]),
            _status_of_part(dossier, ABOUT),
        ),
        _files(dossier),
        Task(
            CONSENTS,
            _("What may be done with it"),
            reverse("submissions:draft_consents", args=[draft]),
            _status_of_part(dossier, CONSENTS),
        ),
        Task(
            CHECK,
            _("Check and send"),
            reverse("submissions:draft_check", args=[draft]),
            "empty",
        ),
    ]


class Titled(Protocol):
    """A section, as it is asked or as it is shown."""

    @property
    def title(self) -> str:
        """Empty for the questions before any heading."""


def title_of(section: Titled, *, alone: bool) -> str:
    """What a page of questions is called; those before any heading have no title of their own."""
    if section.title:
        return section.title
    return _("The questions") if alone else _("First questions")


def form_of(dossier: Dossier, section: Section, *, complete: bool) -> AnswersForm:
    """What is written in a section, judged."""
    return AnswersForm(
        section.asked,
        as_posted(dossier.data),
        elsewhere=dossier.data,
        complete=complete,
        attached=[question for question in dossier.files if question is not None],
    )


def _of_questionnaire(dossier: Dossier, questionnaire: Questionnaire) -> Iterator[Task]:
    sections = dossier.sections(questionnaire)
    is_open = dossier.takes_answers(questionnaire)
    if not sections:
        title = pgettext("task", "What you wrote")
        yield _section_task(dossier, questionnaire, 0, title, "closed")
    for section in sections:
        title = title_of(section, alone=len(sections) == 1)
        status, hint = _how_far(dossier, section, is_open=is_open)
        yield _section_task(dossier, questionnaire, section.key, title, status, hint)


def _section_task(
    dossier: Dossier,
    questionnaire: Questionnaire,
    section: int,
    title: str,
    status: Status,
    hint: str = "",
) -> Task:
    address = [dossier.draft.pk, questionnaire.pk, section]
    return Task(
        section_key(questionnaire, section),
        title,
        reverse("submissions:draft_section", args=address),
        status,
        hint,
        questionnaire.pk,
    )


def _how_far(dossier: Dossier, section: Section, *, is_open: bool) -> tuple[Status, str]:
    """The status of a section, and how many of the questions that apply have an answer."""
    asked = [one for one in section.asked if one.question.kind not in NOT_ANSWERED]
    form = form_of(dossier, section, complete=True)
    applying = [one for one in asked if form.applies(one)]
    answered = len(dossier.answered(applying))
    hint = _how_many(answered, len(applying)) if applying else ""
    if not is_open:
        return "closed", hint
    passed = section_key(section.questionnaire, section.key) in dossier.parts
    if not dossier.answered(asked) and not (passed and not asked):
        return "empty", hint
    if form_of(dossier, section, complete=False).errors:
        return "error", hint
    # Done: nothing is missing, and each question has an answer or was passed by "continue".
    all_said = passed or answered == len(applying)
    return "done" if form.is_valid() and all_said else "begun", hint


def _status_of_part(dossier: Dossier, key: str) -> Status:
    part = dossier.parts.get(key)
    if part is None or not part.data:
        return "empty"
    posted = as_posted(part.data)
    if not PARTS[key](posted).is_valid():
        return "error"
    return "done" if PARTS[key](posted, complete=True).is_valid() else "begun"


def _files(dossier: Dossier) -> Task:
    count = dossier.files.total()
    hint = ngettext("%(number)s file", "%(number)s files", count)
    return Task(
        FILES,
        pgettext("task", "Files"),
        reverse("submissions:draft_files", args=[dossier.draft.pk]),
        "done" if count else "empty",
        hint % {"number": number(count, get_language() or "en")} if count else _("If you like"),
    )


def _how_many(answered: int, asked: int) -> str:
    language = get_language() or "en"
    words = ngettext(
        "%(answered)s of %(number)s question answered",
        "%(answered)s of %(number)s questions answered",
        asked,
    )
    return words % {"answered": number(answered, language), "number": number(asked, language)}
