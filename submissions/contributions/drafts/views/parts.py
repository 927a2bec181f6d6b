"""The pages of what is no question: who answers, and what may be done with it."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from core.clock import database_now
from submissions.contributions.drafts.parts import ABOUT, CONSENTS, PARTS, PartForm
from submissions.contributions.drafts.services import SavedPart, save_part
from submissions.contributions.drafts.tasks import tasks_in
from submissions.contributions.drafts.views.leaving import Ways, other_languages_of, where_to
from submissions.contributions.drafts.views.page import TEMPLATES, DraftPage, draft_page
from submissions.contributions.given_back import GivenBack, part_given_back
from submissions.contributions.sections import as_posted
from submissions.debate.views.page import id_in
from submissions.models import DraftPart


class PartPage(DraftPage):
    """A form that is the same in every consultation. Saving it demands nothing."""

    key: str
    title: Any

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, with what was saved."""
        part = self.dossier.parts.get(self.key)
        form = PARTS[self.key](as_posted(part.data if part else {}))
        return self._page(form, part.revision if part else 0)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Save it, whatever it says; then lead on, unless there is something to mend or to see."""
        form = PARTS[self.key](request.POST)
        revision = id_in(request.POST.get("revision", "")) or 0
        saved = save_part(self.author, self.key, form.raw(), revision, self.language)
        if self.by_itself:
            return self._line(saved)
        if saved.conflict and saved.part:
            theirs = part_given_back(self.key, saved.part.data)
            return self._page(
                form, saved.part.revision, status=HTTPStatus.CONFLICT, part=saved.part, other=theirs
            )
        ways = Ways.of(request)
        if ways.on and not form.is_valid():
            revision = saved.part.revision if saved.part else 0
            return self._page(form, revision, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return redirect(where_to(self, ways, self.key))

    def _line(self, saved: SavedPart) -> HttpResponse:
        """What a page that saved by itself hears, and the revision that it goes on with."""
        context: dict[str, Any] = {"theirs": True}
        if not saved.conflict:
            revision = saved.part.revision if saved.part else 0
            context = {"at": database_now(), "revision": revision}
        return render(self.request, f"{TEMPLATES}saved.html", context)

    def _page(
        self,
        form: PartForm,
        revision: int,
        *,
        status: int = HTTPStatus.OK,
        part: DraftPart | None = None,
        other: list[GivenBack] | None = None,
    ) -> HttpResponse:
        tasks = [one.key for one in tasks_in(self.dossier)]
        context = {
            "form": form,
            "revision": revision,
            "key": self.key,
            "step": tasks.index(self.key) + 1,
            "steps": len(tasks),
            "part": part,
            "other": other,
            "has_errors": status != HTTPStatus.OK,
            "languages": other_languages_of(self),
        }
        return self.show("part.html", str(self.title), context, status=status)


class About(PartPage):
    """Who answers."""

    key, title = ABOUT, gettext_lazy("About you")


class Consents(PartPage):
    """What may be done with it. Nobody consents by a pause: a button saves it, never the page."""

    key, title = CONSENTS, gettext_lazy("What may be done with it")


about, consents = draft_page(About), draft_page(Consents)
