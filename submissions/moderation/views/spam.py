"""Spam, refused by the page: first what is about to go, then one press for all of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.numbers import number
from submissions.models import Idea
from submissions.moderation.access import ideas_of
from submissions.moderation.forms import SpamForm, ids_in
from submissions.moderation.queue import CONDITIONS, Queue, to_moderate
from submissions.moderation.spam import refuse_spam
from submissions.moderation.views.desk import Desk


class SpamView(Desk, WagtailAdminTemplateMixin, TemplateView):
    """The ideas that were ticked, the reason, and one button."""

    template_name = "submissions/moderation/spam.html"
    known = ("id",)
    page_title = pgettext_lazy("moderation", "Refuse spam")
    header_icon = "cross"
    form: SpamForm | None = None

    @cached_property
    def ticked(self) -> list[Idea]:
        """Those named that are one's own and still wait: nothing else goes."""
        named = self.request.POST if self.request.method == "POST" else self.request.GET
        waiting = to_moderate(self.request.user).filter(CONDITIONS[Queue.WAITING])
        return list(waiting.filter(pk__in=ids_in(named.getlist("id"))).order_by("pk"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list that one comes from."""
        moderation = pgettext_lazy("admin menu", "Moderation")
        return [
            *self.breadcrumbs_items,
            {"url": self.queue_url(), "label": moderation},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What was ticked; nothing is changed yet."""
        if not self.ticked:
            return self._nothing()
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse all that still waits, in one go."""
        if not self.ticked:
            return self._nothing()
        self.form = SpamForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        pks = [idea.pk for idea in self.ticked]
        reason = self.form.cleaned_data["reason"]
        refused = refuse_spam(ideas_of(request.user), pks, request.user, reason)  # type: ignore[arg-type]
        words = ngettext(
            "%(number)s idea is refused as spam.",
            "%(number)s ideas are refused as spam.",
            len(refused),
        )
        messages.success(request, words % {"number": number(len(refused), self.language)})
        return redirect(self.queue_url())

    def _nothing(self) -> HttpResponse:
        words = _("Tick the ideas that are spam, then press the button below the list.")
        messages.warning(self.request, words)
        return redirect(self.queue_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The ideas and the form."""
        return super().get_context_data(
            ideas=self.ticked, form=self.form or SpamForm(), back_url=self.queue_url(), **kwargs
        )
