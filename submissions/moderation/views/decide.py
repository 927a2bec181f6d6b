"""The page of one idea: all there is to know of it, and what can be decided."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext as _

from core.dates import moment
from core.differences import Piece, difference
from submissions.desks.page import IdeaPage
from submissions.models import Decision, DecisionKind, IdeaStatus, RefusalReason
from submissions.moderation import appeals, corrections, services
from submissions.moderation.forms import CorrectionForm, NoteForm, ReasonForm, UndoForm
from submissions.moderation.history import history_of, name_of
from submissions.moderation.letters import Letter, language_of_author, letter, told_otherwise
from submissions.moderation.near import near_ideas
from submissions.moderation.queue import next_of, overdue, pending_appeal, to_moderate
from submissions.moderation.views.desk import Desk

Done = Decision | None | HttpResponse


class DecideView(Desk, IdeaPage):
    """One idea, the guidance, what was proposed already, its history, and the decision."""

    template_name = "submissions/moderation/decide.html"
    page_title = pgettext_lazy("admin menu", "Moderation")
    header_icon = "comment"

    @cached_property
    def idea(self) -> Any:
        """The idea of the address; one of another language is none."""
        return get_object_or_404(to_moderate(self.request.user), pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, and go on to the next idea; or tell what is missing, or who was quicker."""
        idea = self.idea
        said = request.POST.get("kind")
        if said not in DecisionKind.values:
            return self._again(errors=[(_("Choose what to decide."), "")])
        kind = DecisionKind(said)
        # Asked for before: afterwards the idea is no more where one comes from.
        next_idea = next_of(self.ideas, self.queue, idea)
        try:
            done = self._take(kind)
        except services.AlreadyDecided as conflict:
            return self._conflict(conflict)
        except appeals.OwnRefusal:
            words = _("You refused this idea yourself: another moderator answers the appeal.")
            return self._again(errors=[(words, "")], status=409)
        return done if isinstance(done, HttpResponse) else self._onwards(kind, done, next_idea)

    def _take(self, kind: DecisionKind) -> Done:
        steps = {
            DecisionKind.PUBLISH: self._publish,
            DecisionKind.REFUSE: self._refuse_or_withdraw,
            DecisionKind.WITHDRAW: self._refuse_or_withdraw,
            DecisionKind.ESCALATE: self._escalate,
            DecisionKind.CORRECT: self._correct,
            DecisionKind.UNDO: self._undo,
            DecisionKind.UPHOLD: self._uphold,
        }
        return steps[kind](kind)

    def _onwards(
        self, kind: DecisionKind, done: Decision | None, next_idea: int | None
    ) -> HttpResponse:
        """To the next idea; what was mended or undone stays before one's eyes."""
        after = {"after": done.pk} if done else {}
        if kind in {DecisionKind.CORRECT, DecisionKind.UNDO}:
            return redirect(self.idea_url(self.idea.pk, **after))
        if next_idea is None:
            return redirect(self.queue_url(**after))
        return redirect(self.idea_url(next_idea, **after))

    def _publish(self, kind: DecisionKind) -> Done:
        if pending_appeal(self.idea) is None:
            return services.decide(self.idea, kind, self._me)
        form = NoteForm(self.request.POST, required=False)
        if not form.is_valid():
            return self._again(note_form=form)
        return appeals.answer(self.idea, kind, self._me, form.cleaned_data["note"])

    def _uphold(self, kind: DecisionKind) -> Done:
        form = NoteForm(self.request.POST)
        if not form.is_valid():
            return self._again(note_form=form)
        return appeals.answer(self.idea, kind, self._me, form.cleaned_data["note"])

    def _refuse_or_withdraw(self, kind: DecisionKind) -> Done:
        form = ReasonForm(self.request.POST)
        if not form.is_valid():
            return self._again(reason_form=form)
        return services.decide(self.idea, kind, self._me, form.cleaned_data["reason"])

    def _escalate(self, kind: DecisionKind) -> Done:
        form = NoteForm(self.request.POST)
        if not form.is_valid():
            return self._again(note_form=form)
        return services.escalate(self.idea, self._me, form.cleaned_data["note"])

    def _correct(self, kind: DecisionKind) -> Done:
        """The first time the difference is shown; pressed again with it in sight, it is kept."""
        form = CorrectionForm(self.idea, self.language, self.request.POST)
        if not form.is_valid():
            return self._again(correction_form=form)
        text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
        stands = self.idea.original
        own = stands.as_written or stands.text
        if not corrections.only_spelling(own, text):
            form.add_error(
                "text",
                _(
                    "This changes more than the spelling. Leave the author’s words, or refuse the"
                    " idea with a reason."
                ),
            )
            return self._again(correction_form=form)
        if self.request.POST.get("confirmed") != text and text != stands.text:
            pieces = list(difference(own, text))
            return self._again(correction_form=form, difference=pieces, confirmed=text, status=200)
        return corrections.correct(self.idea, self._me, text, seen=seen)

    def _undo(self, kind: DecisionKind) -> Done:
        form = UndoForm(self.idea, self.request.POST)
        if not form.is_valid():
            return self._again(errors=[(_("There is nothing to undo."), "")])
        return services.undo(self.idea, form.cleaned_data["decision"], self._me)

    @property
    def _me(self) -> Any:
        return self.request.user

    def _again(self, *, status: int = 422, **more: Any) -> HttpResponse:
        """The page with what was typed."""
        self.__dict__.pop("idea", None)
        return self.render_to_response(self.get_context_data(**more), status=status)

    def _conflict(self, conflict: services.AlreadyDecided) -> HttpResponse:
        """Who decided, and when; what was typed is given back."""
        typed = [
            words for name in ("note", "text") if (words := self.request.POST.get(name, "").strip())
        ]
        return self._again(conflict=self._already(conflict.decision), typed=typed, status=409)

    def _already(self, decision: Decision | None) -> str:
        if decision is None:
            return _("Nothing was changed: this idea was decided on in the meantime.")
        return _("Nothing was changed: decided on %(moment)s by %(moderator)s: %(decision)s.") % {
            "moment": moment(decision.decided_at, self.language),
            "moderator": name_of(decision.moderator),
            "decision": decision.get_kind_display(),
        }

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The idea with all that bears on its decision."""
        idea = self.idea
        appeal = pending_appeal(idea)
        next_idea = next_of(self.ideas, self.queue, idea)
        to_come = DecisionKind.WITHDRAW if idea.status == IdeaStatus.PUBLISHED else None
        context: dict[str, Any] = {
            "idea": idea,
            "overdue": overdue(idea),
            "translations": [t for t in idea.texts.all() if t.language != idea.language],
            "appeal": appeal,
            "may_answer": appeal is not None and appeals.may_answer(appeal, self._me),
            "asked": self._asked(),
            "history": history_of(idea),
            "undoable": services.undoable(idea),
            "near": near_ideas(idea),
            "next_url": self.idea_url(next_idea) if next_idea else "",
            "awaits": idea.status == IdeaStatus.AWAITING,
            "published": idea.status == IdeaStatus.PUBLISHED,
            "correctable": idea.status in corrections.CORRECTABLE,
            "letters": self._letters(to_come or DecisionKind.REFUSE),
            "author_language": _name_of_language(language_of_author(idea)),
            "reason_form": ReasonForm(),
            "note_form": NoteForm(),
            "correction_form": CorrectionForm(idea, self.language),
            "mended": self._mended(),
        }
        context |= self.done() | more
        errors = context.setdefault("errors", [])
        for name in ("reason_form", "note_form", "correction_form"):
            form = context[name]
            for field, said in form.errors.items():
                errors.extend((words, form[field].auto_id) for words in said)
        return super().get_context_data(**context)

    def _asked(self) -> Decision | None:
        """Who asks for another moderator's eyes, and why."""
        if self.idea.escalated_at is None:
            return None
        asked = self.idea.decisions.filter(kind=DecisionKind.ESCALATE)
        found: Decision | None = asked.select_related("moderator").order_by("pk").last()
        return found

    def _mended(self) -> list[Piece]:
        """How the words that stand differ from the author's."""
        stands = self.idea.original
        if stands is None or not stands.as_written:
            return []
        return list(difference(stands.as_written, stands.text))

    def _letters(self, kind: DecisionKind) -> list[tuple[RefusalReason, list[Letter]]]:
        """Each reason with what its author would be told: in their language, then in the others."""
        own = language_of_author(self.idea)
        again = told_otherwise(self.idea)
        others = [code for code, _name in settings.LANGUAGES if code != own]
        return [
            (reason, [letter(kind, reason, code, replaces=again) for code in (own, *others)])
            for reason in RefusalReason
        ]


def _name_of_language(code: str) -> str:
    """In the moderator's own language, as within a sentence."""
    name: str = get_language_info(code)["name_translated"]
    return name
