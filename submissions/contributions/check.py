"""The whole dossier judged as if it were sent now: what it says, what is missing, what would go.

The page that checks answers shows it, and sending judges by it once more with the draft held.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from submissions.consents import ANALYSIS, PUBLICATION
from submissions.contributions.answers import publication_said, said, typed_in_words
from submissions.contributions.consents_given import Agreement
from submissions.contributions.drafts.dossier import Dossier
from submissions.contributions.drafts.parts import (
    ABOUT,
    CONSENTS,
    NOT_PUBLISHED,
    PARTS,
    WORDINGS,
    PartForm,
    wordings_in_force,
)
from submissions.contributions.drafts.tasks import FILES, form_of, section_key, title_of
from submissions.contributions.files.services import of_draft
from submissions.contributions.formatting import as_html
from submissions.contributions.questions import AskedQuestion
from submissions.contributions.sections import AnswersForm, Section, as_posted
from submissions.contributions.sent import IDENTITY, GivenAnswer, Sent
from submissions.models import (
    NOT_ANSWERED,
    Draft,
    QuestionKind,
    Questionnaire,
)


@dataclass(frozen=True)
class CheckedAnswer:
    """One line: a question with what was said to it, as the list of answers shows it."""

    label: str
    text: str
    url: str = ""
    formatted: bool = False
    note: str = ""  # whether it may be published, where that is asked of it alone
    wrong: str = ""  # what has to be mended before it can be sent

    @property
    def html(self) -> SafeString:
        """The words of a long text as readers will see them."""
        return as_html(self.text)


@dataclass(frozen=True)
class CheckedError:
    """What has to be mended, and where."""

    label: str
    message: str
    url: str


@dataclass
class CheckedTask:
    """A section, or a part, with its answers and what is wrong with them."""

    key: str
    title: str
    url: str
    theme: str = ""
    answers: list[CheckedAnswer] = field(default_factory=list)
    errors: list[CheckedError] = field(default_factory=list)


@dataclass
class Checked:
    """All of a draft. ``sent`` is None as long as something has to be mended.

    ``left``: what was written where no answers are taken now, or to questions that are asked no
    more; it is not sent. ``seen``: a digest of all that stands there, to tell whether it is still
    what somebody read.
    """

    tasks: list[CheckedTask] = field(default_factory=list)
    open: list[Questionnaire] = field(default_factory=list)
    left: list[CheckedTask] = field(default_factory=list)
    sent: Sent | None = None
    languages: dict[int, str] = field(default_factory=dict)
    agreed: list[Agreement] = field(default_factory=list)
    seen: str = ""

    @property
    def errors(self) -> list[CheckedError]:
        """All of them, as they come."""
        return [error for task in self.tasks for error in task.errors]

    @property
    def by_task(self) -> dict[str, list[str]]:
        """The same, by the key of the task where each is mended."""
        wrong = (task for task in self.tasks if task.errors)
        return {task.key: [one.message for one in task.errors] for task in wrong}


def check(draft: Draft, language: str) -> Checked:
    """Judge ``draft`` in ``language``: as many queries for ten themes as for one."""
    return _Judge(draft, language).judged()


class _Judge:
    """What one judgement reads once."""

    def __init__(self, draft: Draft, language: str) -> None:
        self.dossier = Dossier(draft, language)
        self.draft, self.language = draft, language
        self.files = list(of_draft(draft))
        self.checked = Checked()
        self.given: list[GivenAnswer] = []

    def judged(self) -> Checked:
        """Sections first, then who answers, files, consents: in the order of the task list."""
        for questionnaire in self.dossier.questionnaires:
            self._questionnaire(questionnaire)
        about = self._part(ABOUT, _("About you"))
        self._files()
        consents = self._part(CONSENTS, _("What may be done with it"))
        checked = self.checked
        if checked.open and not self.given and not self.files and not checked.errors:
            task = checked.tasks[0]
            message = _("Answer at least one of the questions.")
            task.errors.append(CheckedError(task.title, message, task.url))
        if not checked.errors:
            self._sent(about, consents)
        checked.seen = self._digest()
        return checked

    def _digest(self) -> str:
        parts = self.dossier.parts
        all_of_it = [
            sorted((pk, row.data, row.version) for pk, row in self.dossier.answers.items()),
            [parts[key].data for key in (ABOUT, CONSENTS) if key in parts],
            [str(file.pk) for file in self.files],
        ]
        return hashlib.sha256(json.dumps(all_of_it, sort_keys=True).encode()).hexdigest()[:20]

    def _questionnaire(self, questionnaire: Questionnaire) -> None:
        """Its sections, as their questions were on screen when they were answered."""
        dossier = self.dossier
        is_open = dossier.takes_answers(questionnaire)
        shown = {pk: row.version for pk, row in dossier.answers.items()}
        sections = dossier.sections(questionnaire, shown)
        if is_open:
            self.checked.open.append(questionnaire)
        for section in sections:
            task = self._task(section, alone=len(sections) == 1)
            form = form_of(dossier, section, complete=is_open)
            form.is_valid()
            if is_open:
                self._judge(task, section, form)
                self.checked.tasks.append(task)
            else:
                self._leave(task, section.asked)
        gone = dossier.no_longer_asked(questionnaire)
        if gone:
            title = _("Questions that are asked no more")
            url = reverse("submissions:draft", args=[self.draft.pk])
            key = section_key(questionnaire, 0)
            self._leave(CheckedTask(key, title, url, _theme(questionnaire)), gone)

    def _task(self, section: Section, *, alone: bool) -> CheckedTask:
        address = [self.draft.pk, section.questionnaire.pk, section.key]
        return CheckedTask(
            section_key(section.questionnaire, section.key),
            title_of(section, alone=alone),
            reverse("submissions:draft_section", args=address),
            _theme(section.questionnaire),
        )

    def _judge(self, task: CheckedTask, section: Section, form: AnswersForm) -> None:
        """The answers of a section, and what is wrong with them."""
        given = {one.question: self._as_read(one) for one in form.given()}
        self.given += given.values()
        for one in section.asked:
            if one.question.kind in NOT_ANSWERED or not form.applies(one):
                continue
            there = f"{task.url}#id_{one.field_name}"
            messages = self._wrong(one, form)
            answer = given.get(one.question.pk) if not messages else None
            words = self._words(one, answer)
            formatted = answer is not None and one.question.kind == QuestionKind.LONG_TEXT
            note = publication_said(one.question, answer.may_publish) if answer else ""
            wrong = " ".join(messages)
            task.answers.append(CheckedAnswer(one.label, words, there, formatted, note, wrong))
            task.errors += (CheckedError(one.label, message, there) for message in messages)

    def _wrong(self, one: AskedQuestion, form: AnswersForm) -> list[str]:
        """What has to be mended in the answer to it."""
        messages = [
            str(message)
            for name in form.fields
            if name == one.field_name or name.startswith(f"{one.field_name}_")
            for message in form.errors.get(name, ())
        ]
        row = self.dossier.answers.get(one.question.pk)
        if row is not None and row.aside:
            messages.append(_("Two versions were written: choose one."))
        return messages

    def _leave(self, task: CheckedTask, asked: Collection[AskedQuestion]) -> None:
        """What was written there, which is not sent."""
        lines = [CheckedAnswer(one.label, self._words(one, None)) for one in asked]
        task.answers = [line for line in lines if line.text]
        if task.answers:
            self.checked.left.append(task)

    def _as_read(self, given: GivenAnswer) -> GivenAnswer:
        """At the version and in the language that were on screen when it was written."""
        row = self.dossier.answers.get(given.question)
        if row is None:
            return given
        self.checked.languages[given.question] = row.language
        return replace(given, version=row.version)

    def _words(self, asked: AskedQuestion, given: GivenAnswer | None) -> str:
        """What is said, in words; what can't be sent as it is, as it was typed."""
        question = asked.question
        if question.kind == QuestionKind.FILE:
            names = (file.name for file in self.files if file.question_id == question.pk)
            return "\n".join(names)
        if given is not None:
            return said(question, given, self.language).text
        row = self.dossier.answers.get(question.pk)
        return typed_in_words(asked, row.data) if row else ""

    def _part(self, key: str, title: str) -> PartForm:
        """A part with what was chosen or typed there."""
        url = reverse(f"submissions:draft_{key}", args=[self.draft.pk])
        task = CheckedTask(key, title, url)
        part = self.dossier.parts.get(key)
        form = PARTS[key](as_posted(part.data if part else {}), complete=True)
        form.is_valid()
        for name, one in form.fields.items():
            there, label = f"{url}#id_{name}", str(one.label)
            typed = form.data.get(name, "")
            choices = dict(getattr(one, "choices", ()))
            words = str(choices.get(typed, "")) if typed and choices else typed
            if typed and name == "analysis":
                words = pgettext("consent", "Yes")
            messages = [str(message) for message in form.errors.get(name, ())]
            wrong = " ".join(messages)
            task.answers.append(CheckedAnswer(label, words, there, wrong=wrong))
            task.errors += (CheckedError(label, message, there) for message in messages)
        task.errors += (CheckedError(title, str(e), url) for e in form.non_field_errors())
        if part and part.data.get(WORDINGS, [wordings_in_force()]) != [wordings_in_force()]:
            message = _("The words have changed since you agreed: read them again, and save.")
            task.errors.append(CheckedError(title, message, url))
        self.checked.tasks.append(task)
        return form

    def _files(self) -> None:
        """Those of the whole dossier; a file that answers a question stands there."""
        url = reverse("submissions:draft_files", args=[self.draft.pk])
        task = CheckedTask(FILES, pgettext("contribution", "Files"), url)
        names = [file.name for file in self.files if file.question_id is None]
        task.answers.append(CheckedAnswer(_("Files that go with it"), "\n".join(names), url))
        self.checked.tasks.append(task)

    def _sent(self, about: PartForm, consents: PartForm) -> None:
        """Consents in the words, the language and at the time of the page that asked for them."""
        who, agreed = about.said(), consents.said()
        publication = None if agreed["publication"] == NOT_PUBLISHED else agreed["publication"]
        self.checked.sent = Sent(
            identity={name: who[name] for name in IDENTITY},
            email=who["email"],
            publication=publication,
            answers=tuple(self.given),
        )
        part = self.dossier.parts[CONSENTS]
        self.checked.agreed = [
            Agreement(wording.purpose, wording.version, part.language, part.saved_at)
            for wording in (ANALYSIS, *PUBLICATION)
            if wording.purpose in {ANALYSIS.purpose, publication}
        ]


def _theme(questionnaire: Questionnaire) -> str:
    """The title of the page it stands on. Reads the prefetched ``labels``."""
    label = questionnaire.label_in()
    return (label and label.page_title) or questionnaire.title
