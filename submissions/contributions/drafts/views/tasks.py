"""The list of tasks, at the heart of a draft; and its themes, which can be chosen anew."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.clock import database_now
from submissions.contributions.answers import typed_in_words
from submissions.contributions.drafts.authors import authors_of
from submissions.contributions.drafts.services import choose_questionnaires
from submissions.contributions.drafts.tasks import CHECK, Task, tasks_in
from submissions.contributions.drafts.views.page import DraftPage, draft_page
from submissions.contributions.drafts.views.start import Theme, as_theme, open_themes
from submissions.contributions.given_back import GivenBack
from submissions.models import Questionnaire


@dataclass(frozen=True)
class Group:
    """A theme with its sections. ``given_back``: what was written to questions that are gone."""

    row: Questionnaire
    title: str
    is_open: bool
    tasks: list[Task]
    given_back: list[GivenBack]


class TaskList(DraftPage):
    """How far each part is, who else writes, and what was written where nothing is asked now."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        tasks = tasks_in(self.dossier)
        groups = [self._group(row, tasks) for row in self.dossier.questionnaires]
        context = {
            "groups": groups,
            "tasks": [one for one in tasks if one.questionnaire is None and one.key != CHECK],
            "check": next(one for one in tasks if one.key == CHECK),
            "done": sum(one.status == "done" for one in tasks if one.key != CHECK),
            "count": len(tasks) - 1,
            "others": [one for one in authors_of(self.draft) if one.pk != self.author.pk],
            "last": max(self.dossier.answers.values(), key=lambda row: row.saved_at, default=None),
            "today": database_now(),
            "removed": request.GET.get("removed", "").isdigit(),
            "closing": min(
                (
                    row.closing
                    for row in self.dossier.questionnaires
                    if row.closing and self.dossier.takes_answers(row)
                ),
                default=None,
            ),
        }
        return self.show("tasks.html", _("Your contribution"), context)

    def _group(self, row: Questionnaire, tasks: list[Task]) -> Group:
        gone = self.dossier.no_longer_asked(row) if self.dossier.sections(row) else []
        told = [
            GivenBack(one.label, typed_in_words(one, self.dossier.answers[one.question.pk].data))
            for one in gone
            if one.question.pk in self.dossier.answers
        ]
        return Group(
            row,
            as_theme(row, self.language).title,
            self.dossier.takes_answers(row),
            [one for one in tasks if one.questionnaire == row.pk],
            told,
        )


class Themes(DraftPage):
    """One dossier over several themes: which it answers."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Those that are open, and those that were chosen."""
        return self._form({row.pk for row in self.dossier.questionnaires})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Choose them. None is no choice."""
        said = set(request.POST.getlist("themes"))
        chosen = [one for one in self._offered(set()) if str(one.row.pk) in said]
        if not chosen:
            return self._form(set(), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        before = {row.pk for row in self.dossier.questionnaires}
        choose_questionnaires(self.author, [one.row for one in chosen])
        removed = len(before - {one.row.pk for one in chosen})
        query = f"?removed={removed}" if removed else ""
        return redirect(reverse("submissions:draft", args=[self.draft.pk]) + query)

    def _offered(self, chosen: set[int]) -> list[Theme]:
        offered = open_themes(self.draft.consultation, self.language)
        there = {one.row.pk for one in offered}
        kept = [row for row in self.dossier.questionnaires if row.pk not in there]
        rows = sorted([*(one.row for one in offered), *kept], key=lambda row: row.pk)
        return [as_theme(row, self.language, chosen=row.pk in chosen) for row in rows]

    def _form(self, chosen: set[int], *, status: int = HTTPStatus.OK) -> HttpResponse:
        context = {"themes": self._offered(chosen), "has_errors": status != HTTPStatus.OK}
        return self.show("themes.html", _("Choose your themes"), context, status=status)


task_list, themes = draft_page(TaskList), draft_page(Themes)
