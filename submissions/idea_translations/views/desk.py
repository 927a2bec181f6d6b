"""The desk of one idea: the author's words beside the field for the translation."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, override, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from core.dates import moment
from core.differences import difference
from core.translating.machine import translator_name
from submissions.desks.page import IdeaPage
from submissions.idea_translations import machine, services
from submissions.idea_translations.forms import TranslationForm
from submissions.idea_translations.history import history_of, last_step
from submissions.idea_translations.queue import next_of, to_translate
from submissions.idea_translations.views.board import Board
from submissions.models import IdeaText, TextOrigin, TranslationReport

MOST_REPORTS = 20  # shown; the number of the rest is told


class DeskView(Board, IdeaPage):
    """One idea into one language. An idea that is not published is none."""

    template_name = "submissions/translations/desk.html"
    page_title = pgettext_lazy("admin menu", "Ideas to translate")
    header_icon = "globe"

    @cached_property
    def idea(self) -> Any:
        """The idea of the address, with its texts; None when it is not published any more."""
        return to_translate(self.into, self.request.user).filter(pk=self.kwargs["pk"]).first()

    @property
    def text(self) -> IdeaText | None:
        """The translation that stands, approved or not."""
        texts = self.idea.texts.all()
        return next((text for text in texts if text.language == self.into), None)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The desk."""
        if self.idea is None:
            raise Http404
        return self._page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what was pressed, and go on; or tell what is missing, or what happened meanwhile."""
        steps: dict[str, Callable[[], HttpResponse]] = {
            "draft": self._save,
            "approve": self._save,
            "take_back": self._take_back,
            "keep": self._keep,
            "propose": self._ask,
        }
        step = steps.get(request.POST.get("kind", ""))
        if self.idea is None:
            return self._gone()
        if step is None:
            return self._page(errors=[(_("Choose what to do."), "")], status=422)
        try:
            return step()
        except services.NoLongerPublished:
            return self._gone()
        except services.ChangedMeanwhile:
            return self._conflict()

    def _save(self) -> HttpResponse:
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self._page(form=form, status=422)
        # Asked for before: afterwards the idea is no more where one comes from.
        next_idea = next_of(self.ideas, self.queue, self.order, self.idea)
        words, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
        if self.request.POST["kind"] == "draft":
            services.save_draft(self.idea, self.into, self._me, words, seen=seen)
            said = _("The draft of idea %(number)s is saved: readers don’t see it yet.")
        else:
            services.approve(self.idea, self.into, self._me, words, seen=seen)
            said = _("The translation of idea %(number)s is approved: readers see it.")
        return self._onwards(said, next_idea)

    def _take_back(self) -> HttpResponse:
        services.take_back(self.idea, self.into, self._me, seen=self._seen)
        said = _("The translation of idea %(number)s is a draft again: readers see the original.")
        self._say(said)
        return redirect(self.idea_url(self.idea.pk))

    def _keep(self) -> HttpResponse:
        next_idea = next_of(self.ideas, self.queue, self.order, self.idea)
        services.keep(self.idea, self.into, self._me, seen=self._seen)
        return self._onwards(_("The translation of idea %(number)s is kept as it is."), next_idea)

    def _ask(self) -> HttpResponse:
        if translator_name() and machine.ask([self.idea], self.into):
            said = _("The machine translator is asked: its proposal comes within a minute or so.")
            messages.success(self.request, said)
        else:
            messages.warning(self.request, _("There is nothing to ask the machine translator for."))
        return redirect(self.idea_url(self.idea.pk))

    def _onwards(self, said: str, next_idea: int | None) -> HttpResponse:
        """Say what was done, with the way back to it, and go to the next idea of the tab."""
        self._say(said)
        return redirect(self.idea_url(next_idea) if next_idea else self.queue_url())

    def _say(self, said: str) -> None:
        see = messages.button(self.idea_url(self.idea.pk), pgettext("idea", "See it"))
        messages.success(self.request, said % {"number": self.idea.pk}, buttons=[see])

    @property
    def _me(self) -> Any:
        return self.request.user

    @property
    def _seen(self) -> str:
        return self.request.POST.get("seen", "")

    def _form(self, data: Any = None) -> TranslationForm:
        return TranslationForm(self.idea, self.text, self.into, self.language, data)

    def _conflict(self) -> HttpResponse:
        """What was done meanwhile, by whom; what was typed stands in the field, to be saved again.

        Whoever presses once more has seen what stands.
        """
        self.__dict__.pop("idea", None)
        if self.idea is None:
            return self._gone()
        typed = self.request.POST.get("text")
        fresh = self._form()
        seen = fresh.initial["seen"]
        stands = self.text.text if self.text else ""
        if typed is not None:
            fresh = self._form({"text": typed, "seen": seen})
        context = {
            "conflict": self._told(mended=self._source_of(seen) != self._source_of(self._seen)),
            "stands": stands if typed is not None and typed != stands else "",
            "form": fresh,
        }
        return self._page(status=409, **context)

    @staticmethod
    def _source_of(mark: str) -> str:
        return mark.partition(".")[0]

    def _told(self, *, mended: bool) -> str:
        if mended:
            return _("Nothing was saved: the author’s words were mended in the meantime.")
        step = last_step(self.idea, self.into, self.language)
        if step is None:
            return _("Nothing was saved: the idea was changed in the meantime.")
        said = _("Nothing was saved: in the meantime, on %(moment)s: %(what)s.")
        if step.who:
            said = _("Nothing was saved: in the meantime, on %(moment)s, by %(who)s: %(what)s.")
        at = moment(step.at, self.language)
        return said % {"moment": at, "who": step.who, "what": step.what}

    def _gone(self) -> HttpResponse:
        """No word about whether there ever was such an idea; what was typed is given back."""
        template = "submissions/translations/gone.html"
        context = super().get_context_data(typed=self.request.POST.get("text", ""))
        context["back_url"] = self.queue_url()
        return self.response_class(self.request, [template], context, status=409)

    def _page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        response = self.render_to_response(self.get_context_data(**more), status=status)
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The idea with all that bears on its translation."""
        idea, text = self.idea, self.text
        next_idea = next_of(self.ideas, self.queue, self.order, idea)
        form = more.pop("form", None) or self._form()
        reports, asked = self._reports(text), idea.machine_requests.all()
        name = get_language_info(self.into)["name_translated"]
        errors = [(words, "id_text") for words in form.errors.get("text", [])]
        context = {
            "idea": idea,
            "into": self.into,
            "into_name": name,
            "text": text,
            "approved": text is not None and text.approved_at is not None,
            "by_machine": text is not None and text.origin == TextOrigin.MACHINE,
            "what_changed": self._what_changed(text),
            "reports": reports[:MOST_REPORTS],
            "more_reports": max(len(reports) - MOST_REPORTS, 0),
            "history": history_of(idea, self.into, self.language),
            "form": form,
            "seen": self._form().initial["seen"],
            "machine": translator_name() if services.replaceable(text) else "",
            "asked": next((one for one in asked if one.language == self.into), None),
            "next_url": self.idea_url(next_idea) if next_idea else "",
            "public_url": self._public_url(),
            "errors": errors,
        }
        return super().get_context_data(**(context | more))

    def _public_url(self) -> str:
        """Where readers of the language find it."""
        with override(self.into):
            return reverse("submissions:idea", args=[self.idea.pk])

    def _what_changed(self, text: IdeaText | None) -> list[Any]:
        """The author's words now, against those that were translated."""
        if text is None or not self.idea.changed:
            return []
        return list(difference(text.made_from, self.idea.original.text))

    def _reports(self, text: IdeaText | None) -> list[TranslationReport]:
        if text is None:
            return []
        return list(text.reports.filter(settled_at=None).order_by("pk"))
