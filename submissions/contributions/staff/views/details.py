"""Pages below the reading view: a passage, a note, the versions, the history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.admin import messages

from submissions.contributions.staff import access, notes, passages
from submissions.contributions.staff.audit import history_of
from submissions.contributions.staff.forms import CodesForm, NoteForm
from submissions.contributions.staff.people import name_of
from submissions.contributions.staff.scheme.tree import tree_of
from submissions.contributions.staff.surroundings import compare
from submissions.contributions.staff.views.base import OfContribution
from submissions.debate.views.page import id_in
from submissions.models import Code, ContributionVersion, Note, Passage


class PassageView(OfContribution):
    """The codes of one passage; it can be taken away."""

    permission = access.CODE
    template_name = "submissions/contributions/staff/passage.html"
    page_title = pgettext_lazy("one of them", "Passage")
    header_icon = "tag"

    @cached_property
    def passage(self) -> Passage:
        """The one of the address, of this contribution."""
        rows = Passage.objects.filter(answer__contribution=self.contribution)
        rows = rows.select_related("answer", "by").prefetch_related("codes__labels")
        found: Passage = get_object_or_404(rows, pk=self.kwargs["passage_pk"])
        return found

    def form(self, data: Any = None) -> CodesForm:
        """With the codes it has, retired or not."""
        held: list[Code] = list(self.passage.codes.all())
        also = {code.pk for code in held}
        return CodesForm(tree_of(self.contribution.consultation_id, also=also), data, held)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the codes, or take the passage away."""
        if request.POST.get("act") == "unmark":
            passages.unmark(self.passage, self.me)
            messages.success(request, _("The passage is marked no more."))
            return redirect(f"{self.read_url}#passages")
        form = self.form(request.POST)
        if not form.is_valid():
            return self.again(form=form)
        passages.code_passage(self.passage, form.chosen, self.me)
        messages.success(request, _("The codes of the passage are kept."))
        return redirect(f"{self.read_url}#passage-{self.passage.pk}")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The words and the codes."""
        context = {"passage": self.passage, "who": name_of(self.passage.by), "form": self.form()}
        return super().get_context_data(
            **context | more, contribution=self.contribution, back_url=self.read_url
        )


class NoteView(OfContribution):
    """A note of one's own: said otherwise, or taken away."""

    permission = access.NOTE
    template_name = "submissions/contributions/staff/note.html"
    page_title = pgettext_lazy("contribution", "Private note")
    header_icon = "edit"

    @cached_property
    def note(self) -> Note:
        """The one of the address; another's is refused."""
        rows = Note.objects.filter(contribution=self.contribution).select_related("contribution")
        found: Note = get_object_or_404(rows, pk=self.kwargs["note_pk"])
        if not notes.may_change(found, self.me):
            raise PermissionDenied
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What it says."""
        form = NoteForm(initial={"note": self.note.text})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or take it away."""
        if request.POST.get("act") == "remove":
            notes.remove(self.note, self.me)
            messages.success(request, _("The note is gone."))
            return redirect(f"{self.read_url}#notes")
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.again(form=form)
        notes.change(self.note, self.me, form.cleaned_data["note"])
        messages.success(request, _("The note is kept."))
        return redirect(f"{self.read_url}#notes")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The form."""
        return super().get_context_data(note=self.note, back_url=self.read_url, **more)


class VersionsView(OfContribution):
    """What changed between two versions."""

    template_name = "submissions/contributions/staff/versions.html"
    page_title = pgettext_lazy("contribution", "Versions")
    header_icon = "history"

    def _version(self, name: str, default: int) -> ContributionVersion:
        said = self.request.GET.get(name)
        number = default if said is None else id_in(said)
        found = next((one for one in self.versions if one.number == number), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def versions(self) -> list[ContributionVersion]:
        """All of them, the newest first."""
        versions = list(self.contribution.versions.order_by("-number"))
        if not versions:
            raise Http404
        return versions

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The newest beside the one before, or those that were chosen."""
        newest = self.versions[0].number
        before = self._version("before", max(newest - 1, self.versions[-1].number))
        after = self._version("after", newest)
        return super().get_context_data(
            versions=self.versions,
            compared=compare(before, after),
            contribution=self.contribution,
            back_url=self.read_url,
            **more,
        )


@dataclass(frozen=True)
class OfItsAuthor:
    """A line of the history that is none of the audit log's."""

    timestamp: datetime
    message: str
    details: str = ""
    who: str = ""


class HistoryView(OfContribution):
    """Everything that happened to it, the latest first: what staff did is in the audit log."""

    template_name = "submissions/contributions/staff/history.html"
    page_title = pgettext_lazy("contribution", "History")
    header_icon = "history"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """When, what, who."""
        entries: list[Any] = list(history_of(self.contribution))
        names = {code.pk: code.name_in() for code in self._codes(entries)}
        for entry in entries:
            entry.who = name_of(entry.user) if entry.user_id else ""
            entry.details = _details(entry.data or {}, names)
        entries = sorted(
            [*entries, *self._of_its_author()], key=lambda entry: entry.timestamp, reverse=True
        )
        return super().get_context_data(
            entries=entries, contribution=self.contribution, back_url=self.read_url, **more
        )

    def _of_its_author(self) -> Iterator[OfItsAuthor]:
        """The latest first, as the audit log is: so they stay in order where times are the same."""
        one = self.contribution
        if one.withdrawn_at:
            yield OfItsAuthor(
                one.withdrawn_at, pgettext("history of a contribution", "Withdrawn by its author")
            )
        newer = one.versions.filter(number__gt=1).order_by("-number")
        for number, sent_at in newer.values_list("number", "sent_at"):
            words = pgettext("history of a contribution", "Version %(number)s received") % {
                "number": number
            }
            yield OfItsAuthor(sent_at, words)
        yield OfItsAuthor(one.submitted_at, pgettext("history of a contribution", "Received"))

    def _codes(self, entries: list[Any]) -> Any:
        named = {pk for entry in entries for pk in (entry.data or {}).get("codes", [])}
        return Code.objects.filter(pk__in=named).prefetch_related("labels")


def _details(data: dict[str, Any], names: dict[int, str]) -> str:
    """To whom, why, which version, which codes; of a code that is gone, its number."""
    if "to" in data:
        to = data["to"] or pgettext("reader", "Nobody")
        return pgettext("history of a contribution", "to %(name)s") % {"name": to}
    if "codes" in data:
        return ", ".join(names.get(pk, f"#{pk}") for pk in data["codes"])
    if data.get("why"):
        ours = pgettext("history of a contribution", "at its author’s wish")
        return ours if data["why"] == "consent" else str(data["why"])
    if data.get("moved"):
        return pgettext("history of a contribution", "its author moved these words")
    if "version" in data:
        words = pgettext("history of a contribution", "version %(number)s")
        return words % {"number": data["version"]}
    return ""
