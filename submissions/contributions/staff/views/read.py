"""The reading view of one contribution: all of it, whose it is, codes, passages, notes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin import messages

from core.alternates import own_name
from core.dates import moment
from submissions.contributions.countries import country_name
from submissions.contributions.staff import access, coding, notes, passages, readings
from submissions.contributions.staff.document import Document, document_of
from submissions.contributions.staff.forms import AssignForm, CodesForm, MarkForm, NoteForm
from submissions.contributions.staff.people import name_of
from submissions.contributions.staff.places import NotFound
from submissions.contributions.staff.queue import Neighbours, neighbours
from submissions.contributions.staff.scheme.tree import tree_of
from submissions.contributions.staff.surroundings import surroundings_of
from submissions.contributions.staff.views.base import OfContribution
from submissions.models import Contribution, ContributionState

ACTS = {
    "take": access.READ,
    "give": access.READ,
    "give_back": access.READ,
    "read": access.READ,
    "read_again": access.READ,
    "code": access.CODE,
    "mark": access.CODE,
    "note": access.NOTE,
}


class ReadView(OfContribution):
    """Each question beside its answer; on POST, one act, and the page again or the next one."""

    template_name = "submissions/contributions/staff/read.html"

    def get_page_title(self) -> str:
        """Its reference: who sent it stands below."""
        return self.contribution.reference

    def steps(self) -> list[tuple[str, Any]]:
        """Right below the list."""
        return []

    @cached_property
    def document(self) -> Document:
        """What it says."""
        return document_of(self.contribution)

    @cached_property
    def around(self) -> Neighbours:
        """What stands before and after it in the list that one comes from."""
        return neighbours(self.in_list(), self.contribution.pk, self.me)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; or tell what is missing, or who was quicker."""
        act = request.POST.get("act", "")
        permission = ACTS.get(act)
        if permission is None:
            return self.again(errors=[(_("Choose what to do."), "")])
        if not self.may(permission, self.contribution.consultation):
            raise PermissionDenied
        try:
            done: HttpResponse = getattr(self, f"_{act}")()
        except readings.Meanwhile as quicker:
            return self._conflict(self._whose_now(quicker))
        except readings.NewerVersion:
            words = _("A newer version came while you read: what changed is shown below.")
            return self._conflict(words)
        except readings.IsWithdrawn:
            return self._conflict(_("Its author has withdrawn it meanwhile."))
        except (passages.TextChanged, NotFound):
            return self._conflict(_("The answer changed meanwhile: select the words again."))
        return done

    # What is done ---------------------------------------------------------------------------------

    def _take(self) -> HttpResponse:
        readings.assign(self.contribution, self.me, self.me, seen=self._seen())
        return self._here(_("It is yours to read."), "#reading")

    def _give(self) -> HttpResponse:
        form = AssignForm(access.readers_of(self.contribution.consultation), self.request.POST)
        if not form.is_valid():
            return self.again(assign_form=form)
        to = form.cleaned_data["to"]
        readings.assign(self.contribution, to, self.me, seen=form.cleaned_data["seen"])
        return self._here(_("%(name)s reads it now.") % {"name": name_of(to)}, "#reading")

    def _give_back(self) -> HttpResponse:
        readings.assign(self.contribution, None, self.me, seen=self._seen())
        return self._here(_("It is nobody’s to read now."), "#reading")

    def _read(self) -> HttpResponse:
        # Asked for before: afterwards it is perhaps no more in the list that one comes from.
        onwards = self.around.next_to_read
        said = self.request.POST.get("version", "")
        version = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0  # noqa: PLR2004
        readings.mark_read(self.contribution, self.me, version=version)
        told = _("%(reference)s is read.") % {"reference": self.contribution.reference}
        if onwards is None:
            last = _("Nothing more waits in this list.")
            messages.success(self.request, f"{told} {last}")
            return redirect(self.list_url)
        messages.success(self.request, told)
        return redirect(self.url("inspect", onwards))

    def _read_again(self) -> HttpResponse:
        readings.read_again(self.contribution, self.me)
        return self._here(_("It counts as being read again."), "#reading")

    def _code(self) -> HttpResponse:
        held = {row.code_id for row in self.contribution.coded.all()}
        form = CodesForm(self._branches(held), self.request.POST)
        if not form.is_valid():
            return self.again(codes_form=form)
        coding.code_contribution(self.contribution, form.chosen, self.me)
        return self._here(_("The codes of the contribution are kept."), "#codes")

    def _mark(self) -> HttpResponse:
        form = MarkForm(self._branches(), self._texts(), self.request.POST)
        if not form.is_valid() or form.place is None:
            return self.again(mark_form=form)
        answer, place = form.place
        quote = answer.text[place.start : place.end]
        passage = passages.mark(answer, place, form.chosen, self.me, quote=quote)
        return self._here(_("The passage is marked."), f"#passage-{passage.pk}")

    def _note(self) -> HttpResponse:
        form = NoteForm(self.request.POST)
        if not form.is_valid():
            return self.again(note_form=form)
        notes.add(self.contribution, self.me, form.cleaned_data["note"])
        return self._here(_("The note is kept."), "#notes")

    # What is shown --------------------------------------------------------------------------------

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The contribution with all that a reader needs to judge it, by what they may."""
        one = self.contribution
        consultation = one.consultation
        held = {row.code_id for row in one.coded.all()}
        may = {
            name: self.may(permission, consultation)
            for name, permission in (
                ("read", access.READ),
                ("code", access.CODE),
                ("note", access.NOTE),
                ("scheme", access.SCHEME),
            )
        }
        if one.state == ContributionState.WITHDRAWN:
            may = dict.fromkeys(may, False)
        branches = self._branches(held)
        context: dict[str, Any] = {
            "contribution": one,
            "withdrawn": one.state == ContributionState.WITHDRAWN,
            "country": country_name(one.country, self.language) if one.country else "",
            "language_name": own_name(one.language),
            "document": self.document,
            "reading": readings.state_of(one),
            "reader": name_of(one.reading.assignee) if self._has_reader() else "",
            "mine": self._has_reader() and one.reading.assignee_id == self.me.pk,
            "may": may,
            "branches": branches,
            "codes_form": CodesForm(
                branches, held=[code for b in branches for code in b if code.pk in held]
            ),
            "mark_form": MarkForm(self._branches(), self._texts()),
            "note_form": NoteForm(),
            "assign_form": AssignForm(access.readers_of(consultation)) if may["read"] else None,
            "around": self.around,
            "previous_url": self._neighbour(self.around.previous),
            "next_url": self._neighbour(self.around.next),
            "next_to_read_url": self._neighbour(self.around.next_to_read),
            "list_url": self.list_url,
            "history_url": self.url("history", one.pk),
            "see_contact": self.may(access.CONTACT, consultation),
        }
        context |= surroundings_of(self.request, one, self.me) | more
        context["errors"] = [*context.get("errors", []), *self._errors(context)]
        return super().get_context_data(**context)

    def _errors(self, context: dict[str, Any]) -> list[tuple[str, str]]:
        forms = (context.get(f"{name}_form") for name in ("assign", "codes", "mark", "note"))
        return [
            (words, f"id_{'assign_' if name == 'to' else ''}{name}")
            for form in forms
            if form is not None
            for name, said in form.errors.items()
            for words in said
        ]

    def _has_reader(self) -> bool:
        reading = getattr(self.contribution, "reading", None)
        return reading is not None and reading.assignee_id is not None

    def _branches(self, also: set[int] | None = None) -> Any:
        return tree_of(self.contribution.consultation_id, also=also)

    def _texts(self) -> list[Any]:
        """The answers in which there are words to mark."""
        answers = (read.answer for read in self.document.answers())
        return [answer for answer in answers if answer is not None and answer.text]

    def _neighbour(self, pk: int | None) -> str:
        return self.url("inspect", pk) if pk is not None else ""

    def _seen(self) -> int | None:
        said = self.request.POST.get("seen", "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None  # noqa: PLR2004

    def _here(self, words: str, place: str) -> HttpResponse:
        messages.success(self.request, words)
        return redirect(self.read_url + place)

    def _whose_now(self, quicker: readings.Meanwhile) -> str:
        reading = quicker.reading
        at = moment(reading.changed_at, self.language)
        if reading.assignee is None:
            words = pgettext("reader", "Nothing was changed: since %(moment)s it is nobody’s.")
            return words % {"moment": at}
        words = pgettext("reader", "Nothing was changed: since %(moment)s %(name)s reads it.")
        return words % {"moment": at, "name": name_of(reading.assignee)}

    def _conflict(self, words: str) -> HttpResponse:
        """What stands now, with what was typed."""
        rows = access.contributions_of(self.me).select_related(
            "consultation__site", "reading__assignee"
        )
        self.contribution: Contribution = rows.get(pk=self.contribution.pk)
        for name in ("document", "around"):
            self.__dict__.pop(name, None)
        posted = self.request.POST
        typed = [posted[name] for name in ("note", "words") if posted.get(name, "").strip()]
        return self.again(status=409, conflict=words, typed=typed)
