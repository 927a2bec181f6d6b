"""Sharing out: what was ticked in the list, or all that it shows, to colleagues or to nobody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin import messages

from core.numbers import number
from submissions.contributions.staff import access
from submissions.contributions.staff.forms import ShareForm
from submissions.contributions.staff.readings import Shared, share_out
from submissions.contributions.staff.views.base import Page
from submissions.debate.views.page import id_in
from submissions.models import Consultation, Contribution
from submissions.models.contribution import ContributionQuerySet

MOST_TICKED = 50  # a page of the list


class ShareView(Page):
    """Which, to whom; one press, and it is told how many went to whom, and what had a reader."""

    permission = access.READ
    template_name = "submissions/contributions/staff/share.html"
    page_title = pgettext_lazy("contribution", "Assign")
    header_icon = "user"

    @cached_property
    def ticked(self) -> list[Contribution]:
        """Those named that are one's to share out, of one consultation: its readers are offered."""
        named = self.request.POST if self.request.method == "POST" else self.request.GET
        pks = [pk for value in named.getlist("id") if (pk := id_in(value)) is not None]
        rows = self._own().filter(pk__in=pks[:MOST_TICKED])
        rows = rows.select_related("reading__assignee", "consultation")
        found = list(rows.order_by("-submitted_at", "-pk"))
        return [one for one in found if one.consultation_id == found[0].consultation_id]

    def _own(self) -> ContributionQuerySet:
        return access.contributions_of(self.me, self.permission).standing()

    @cached_property
    def everything(self) -> ContributionQuerySet:
        """All that the list shows, in its order, and that is one's to share out."""
        return self.in_list().filter(pk__in=self._own().values("pk"))

    @cached_property
    def consultation(self) -> Consultation | None:
        """The one of what is shared out: its readers are offered. None: there is nothing."""
        first = self.ticked[0] if self.ticked else self.everything.first()
        return first.consultation if first else None

    def form(self, data: Any = None) -> ShareForm:
        """With the readers of the consultation."""
        readers = access.readers_of(self.consultation.pk if self.consultation else 0)
        which = ShareForm.TICKED if self.ticked else ShareForm.LISTED
        initial = {"which": which, "to": ShareForm.READERS, "only_free": True}
        return ShareForm(readers, data, initial=initial)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What was ticked; nothing is changed yet."""
        if self.consultation is None:
            messages.warning(request, _("There is nothing to assign in this list."))
            return redirect(self.list_url)
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Share out, and back to the list."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.again(form=form)
        said = form.cleaned_data
        rows = self.everything
        if said["which"] == ShareForm.TICKED:
            rows = self._own().filter(pk__in=[one.pk for one in self.ticked])
            rows = rows.order_by("-submitted_at", "-pk")
        rows = rows.filter(consultation=self.consultation)
        to_nobody = said["to"] == ShareForm.NOBODY
        readers = [] if to_nobody else list(said["readers"])
        only_free = said["only_free"] and not to_nobody
        shared = share_out(rows, readers, self.me, only_free=only_free)
        for words in self._told(shared, to_nobody=to_nobody):
            messages.success(request, words)
        return redirect(self.list_url)

    def _told(self, shared: Shared, *, to_nobody: bool) -> list[str]:
        if to_nobody:
            words = ngettext(
                "%(number)s contribution is nobody’s to read now.",
                "%(number)s contributions are nobody’s to read now.",
                shared.total,
            )
        else:
            words = ngettext(
                "%(number)s contribution is assigned.",
                "%(number)s contributions are assigned.",
                shared.total,
            )
        told = [words % {"number": number(shared.total, self.language)}]
        if shared.left:
            words = ngettext(
                "%(number)s stayed as it was: it has a reader, or is read.",
                "%(number)s stayed as they were: they have a reader, or are read.",
                shared.left,
            )
            told.append(words % {"number": number(shared.left, self.language)})
        return told

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """What was ticked, and how many the list shows."""
        return super().get_context_data(
            ticked=self.ticked,
            listed_count=self.everything.filter(consultation=self.consultation).count(),
            back_url=self.list_url,
            **more,
        )
