"""A section of a questionnaire, a page: whatever is typed is saved, and judged without demands.

The words of a question are those that were on screen (``stamps``), so an editor who publishes
meanwhile changes nothing that somebody is answering (case 26); a page that is unpublished takes no
words along (case 27).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from submissions.contributions.answers import typed_in_words
from submissions.contributions.drafts.beside import Beside, beside
from submissions.contributions.drafts.dossier import Dossier
from submissions.contributions.drafts.services import Saved, finish_section, save_answers
from submissions.contributions.drafts.stamps import RawData, Screen, read, tidy
from submissions.contributions.drafts.tasks import section_key, tasks_in, title_of
from submissions.contributions.drafts.views.leaving import Ways, other_languages_of, where_to
from submissions.contributions.drafts.views.page import TEMPLATES, DraftPage, draft_page
from submissions.contributions.files.incoming import expect_files
from submissions.contributions.files.receiving import ADD, Outcome, receive_files
from submissions.contributions.files.shown import controls_of
from submissions.contributions.given_back import GivenBack, as_plain_text
from submissions.contributions.questions import (
    FIELD_PREFIX,
    WITH_QUESTIONS,
    AskedQuestion,
    asked_once,
    question_ids,
)
from submissions.contributions.sections import AnswersForm, Section, as_posted
from submissions.models import NOT_ANSWERED, Question, QuestionKind, Questionnaire
from submissions.registry import page_of


@dataclass(frozen=True)
class Posted:
    """What a form of this page sent: of the questions that it had, asked still or not."""

    screen: Screen
    asked: Sequence[AskedQuestion]
    gone: Sequence[AskedQuestion]  # on no page of the questionnaire any more
    raw: Mapping[int, RawData]
    chosen: Mapping[int, str]


class SectionPage(DraftPage):
    """The questions of one section."""

    questionnaire: Questionnaire
    key: int

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A section may ask for files, received apart: words arrive all the same."""
        expect_files(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, questionnaire_id: int, section: int) -> HttpResponseBase:
        """The form with what is written; the words alone where nothing is asked now."""
        self._find(questionnaire_id, section)
        if self.section is None or not self.dossier.takes_answers(self.questionnaire):
            return self._closed([])
        return self._page(self._screen({}), self.dossier.data)

    def post(self, request: HttpRequest, questionnaire_id: int, section: int) -> HttpResponseBase:
        """Save every word; then lead on, unless there is something to mend or to choose."""
        self._find(questionnaire_id, section)
        posted = self._posted(request.POST)
        saved = save_answers(
            self.author,
            posted.asked,
            posted.raw,
            posted.screen,
            self.language,
            left=not self.by_itself,
            chosen=posted.chosen,
        )
        if self.by_itself:
            return self._line(saved, posted.screen)
        files = receive_files(request, self.author, self._file_questions())
        self.dossier = Dossier(self.draft, self.language)
        ways = Ways.of(request)
        task = section_key(self.questionnaire, self.key)
        if self.section is None or not self.dossier.takes_answers(self.questionnaire):
            return self._closed(self._written(posted.gone, posted.raw))
        typed = self._typed(posted, saved.conflicts)
        form = self._form(typed)
        lost = self._written(posted.gone, posted.raw)
        moves_on = ways.on and not files.stays
        if saved.conflicts or files.refused or (moves_on and (lost or form.errors)):
            status = HTTPStatus.CONFLICT
            if not saved.conflicts and not lost:
                status = HTTPStatus.UNPROCESSABLE_ENTITY
            screen = self._screen(posted.screen.versions)
            page = self._page(screen, typed, saved.conflicts, status=status, gone=lost, files=files)
            if files.retry_after:
                page["Retry-After"] = str(files.retry_after)
            return page
        if files.pressed:
            return redirect(f"{request.path}#{request.POST.get(ADD, '')}")
        if ways.on:
            finish_section(self.author, task, self.language)
        return redirect(where_to(self, ways, task))

    def _find(self, questionnaire_id: int, section: int) -> None:
        """Of the draft's themes, or one that was taken out of them while it was open here."""
        self.key = section
        for row in self.dossier.questionnaires:
            if row.pk == questionnaire_id:
                self.questionnaire = row
                return
        rows = Questionnaire.objects.with_state().prefetch_related(*WITH_QUESTIONS)
        here = rows.filter(consultation=self.draft.consultation_id)
        self.questionnaire = get_object_or_404(here, pk=questionnaire_id)

    @cached_property
    def section(self) -> Section | None:
        """As it is asked now, in its newest words."""
        found = self.dossier.sections(self.questionnaire)
        return next((one for one in found if one.key == self.key), None)

    def _posted(self, form: QueryDict) -> Posted:
        screen = read(form.get("screen", ""), self.draft.pk)
        there = {
            one.question.pk: one
            for section in self.dossier.sections(self.questionnaire, screen.versions)
            for one in section.asked
        }
        here = {one.question.pk for one in self.section.asked} if self.section else set()
        said = {*screen.questions, *question_ids(form)}
        asked = [one for pk, one in there.items() if pk in here | said]
        gone = asked_once(self.questionnaire, self.language, screen.versions, said - there.keys())
        every = [one for one in (*asked, *gone) if one.question.kind not in NOT_ANSWERED]
        typed = AnswersForm(every, form, elsewhere=self.dossier.data)
        raw = {one.question.pk: tidy(typed.raw(one)) for one in every}
        chosen = {pk: form.get(f"choose_{pk}", "") for pk in raw if f"choose_{pk}" in form}
        return Posted(screen, every, gone, raw, chosen)

    def _typed(self, posted: Posted, conflicts: Sequence[int]) -> dict[str, list[str]]:
        """What stands by now; where it is not what the form held, what the form held."""
        data = dict(self.dossier.data)
        for question in conflicts:
            for name in self.dossier.answers[question].data:
                data.pop(name, None)
            data |= posted.raw[question]
        return data

    def _form(self, data: Mapping[str, list[str]], screen: Screen | None = None) -> AnswersForm:
        versions = screen.versions if screen else {}
        found = self.dossier.sections(self.questionnaire, versions)
        asked = next(one.asked for one in found if one.key == self.key)
        return AnswersForm(
            asked,
            as_posted(data),
            elsewhere=data,
            attached=[question for question in self.dossier.files if question is not None],
        )

    def _screen(self, versions: Mapping[int, int]) -> Screen:
        """A page that is being loaded, in the words of ``versions`` where they stand."""
        found = self.dossier.sections(self.questionnaire, versions)
        asked = next(one.asked for one in found if one.key == self.key)
        shown = AnswersForm(asked, elsewhere=self.dossier.data).shown
        return Screen.of(shown, self.dossier.answers)

    def _line(self, saved: Saved, screen: Screen) -> HttpResponse:
        """What a page that saved by itself hears, and the stamp that it goes on with."""
        met = {*saved.conflicts, *saved.late}
        known = {pk: row for pk, row in saved.answers.items() if pk not in met}
        context = {
            "at": saved.at,
            "conflict": bool(saved.conflicts),
            "late": bool(saved.late),
            "screen": screen.with_answers(known).sign(self.draft.pk),
        }
        return render(self.request, f"{TEMPLATES}saved.html", context)

    def _page(
        self,
        screen: Screen,
        data: Mapping[str, list[str]],
        conflicts: Sequence[int] = (),
        *,
        status: int = HTTPStatus.OK,
        gone: Sequence[GivenBack] = (),
        files: Outcome | None = None,
    ) -> HttpResponse:
        form = self._form(data, screen)
        for question, refusals in files.refused.items() if files else ():
            for refusal in refusals:
                name = f"{FIELD_PREFIX}{question}"
                named = f"{refusal.name} – {refusal.sentence}"
                form.add_error(name if name in form.fields else None, named)
        tasks = [one.key for one in tasks_in(self.dossier)]
        sections = self.dossier.sections(self.questionnaire)
        section = next(one for one in sections if one.key == self.key)
        theme = page_of(self.questionnaire, self.language)
        task = section_key(self.questionnaire, self.key)
        texts: list[Beside] = []
        for one in form.asked:
            met = one.question.pk in conflicts
            if told := beside(one, self.dossier, self.author, form, met=met):
                texts.append(told)
        context: dict[str, Any] = {
            "form": form,
            "file_controls": controls_of(self.draft, self._file_questions(), files)
            if self._file_questions()
            else {},
            "section": section,
            "questionnaire": self.questionnaire,
            "theme": theme,
            "theme_title": theme.title if theme else self.questionnaire.title,
            "screen": screen.beside({one.question: one.digests for one in texts}).sign(
                self.draft.pk
            ),
            "step": tasks.index(task) + 1 if task in tasks else 0,
            "steps": len(tasks),
            "texts": texts,
            "reworded": self._reworded(form.asked),
            "gone": gone,
            "all_optional": not any(one.question.required for one in form.asked),
            "has_errors": status != HTTPStatus.OK,
            "languages": other_languages_of(self),
            "saved_at": self._saved_at(form.asked),
        }
        title = title_of(section, alone=len(sections) == 1)
        return self.show("section.html", title, context, status=status)

    def _file_questions(self) -> list[Question]:
        """Those that are answered by a file."""
        asked = self.section.asked if self.section else ()
        return [one.question for one in asked if one.question.kind == QuestionKind.FILE]

    def _saved_at(self, asked: Sequence[AskedQuestion]) -> Any:
        rows = [self.dossier.answers.get(one.question.pk) for one in asked]
        return max((row.saved_at for row in rows if row), default=None)

    def _reworded(self, asked: Sequence[AskedQuestion]) -> list[tuple[AskedQuestion, str]]:
        """Questions whose words are newer than those that were answered, with the older ones."""
        told = []
        for one in asked:
            row = self.dossier.answers.get(one.question.pk)
            if row and row.data and row.version < one.wording.version:
                once = {one.question.pk: row.version}
                before = asked_once(self.questionnaire, row.language, once, once)
                told.append((one, before[0].label))
        return told

    def _closed(self, gone: Sequence[GivenBack]) -> HttpResponse:
        """Nothing is asked here, at least in this language: what was written, to read and copy."""
        asked = self.section.asked if self.section else []
        pks = {one.question.pk for one in asked}
        if not pks:  # all that was written to the questionnaire
            pks = {question.pk for question in self.questionnaire.questions.all()}
        answers = self.dossier.answers
        versions = {pk: answers[pk].version for pk in pks if pk in answers}
        once = asked_once(self.questionnaire, self.language, versions, versions)
        told = self._written(once, {pk: answers[pk].data for pk in versions})
        told += [one for one in gone if one not in told]
        theme = page_of(self.questionnaire, self.language)
        context = {
            "questionnaire": self.questionnaire,
            "questionnaire_phase": self.questionnaire.phase_in(self.language).value,
            "given_back": told,
            "plain_text": as_plain_text(told),
            "theme": theme,
            "languages": [
                one
                for one in other_languages_of(self)
                if one.code in self.questionnaire.live_languages
            ],
            "after_post": self.request.method == "POST",
        }
        status = HTTPStatus.CONFLICT if self.request.method == "POST" else HTTPStatus.OK
        title = theme.title if theme else self.questionnaire.title
        return self.show("section_closed.html", title, context, status=status)

    def _written(
        self, asked: Sequence[AskedQuestion], data: Mapping[int, RawData]
    ) -> list[GivenBack]:
        told = [
            GivenBack(one.label, typed_in_words(one, data.get(one.question.pk, {})))
            for one in asked
        ]
        return [one for one in told if one.text.strip()]


section = draft_page(SectionPage)
