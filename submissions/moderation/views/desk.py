"""What every page of the desk has: who may, which tab and filters one comes from, what was done."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import moment
from submissions.debate.views.page import id_in
from submissions.models import Address, Decision, DecisionKind, Idea, Notified
from submissions.moderation.access import PERMISSION, ideas_of
from submissions.moderation.queue import Queue, to_moderate
from submissions.moderation.services import undoable

KEPT = ("queue", "language", "debate")  # from page to page


class Desk:
    """For moderators only; others get Wagtail's own refusal. Unknown parameters are a 400."""

    request: HttpRequest
    known = frozenset({*KEPT, "after"})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask for the permission before anything else, then for parameters that there are."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if not self.known.issuperset(request.GET) or self.queue is None:
            raise BadRequest
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def queue(self) -> Any:
        """The tab that one comes from; None for one that there isn't."""
        said = self.request.GET.get("queue", Queue.WAITING.value)
        return Queue(said) if said in Queue.values else None

    @cached_property
    def language(self) -> str:
        """The moderator's own."""
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def ideas(self) -> QuerySet[Idea]:
        """The moderator's, by the filters that one comes from."""
        found = to_moderate(self.request.user)
        language = self.request.GET.get("language")
        if language in dict(settings.LANGUAGES):
            found = found.filter(language=language)
        debate = id_in(self.request.GET.get("debate", ""))
        return found.filter(debate=debate) if debate is not None else found

    def kept_query(self, **more: Any) -> str:
        """The tab and filters as the query of a link, with ``more``."""
        query = QueryDict(mutable=True)
        for name in KEPT:
            if self.request.GET.get(name):
                query[name] = self.request.GET[name]
        for name, value in more.items():
            query[name] = str(value)
        return f"?{query.urlencode()}" if query else ""

    def queue_url(self, **more: Any) -> str:
        """The list that one comes from."""
        return reverse("moderation:index") + self.kept_query(**more)

    def idea_url(self, pk: int, **more: Any) -> str:
        """An idea, with the way back to the list that one comes from."""
        return reverse("moderation:decide", args=[pk]) + self.kept_query(**more)

    def done(self) -> dict[str, Any]:
        """What this moderator has just done (``?after=`` a decision), and whether it can be undone.

        Only one's own: the address can be passed on.
        """
        pk = id_in(self.request.GET.get("after", ""))
        if pk is None:
            return {}
        own = Decision.objects.select_related("idea", "notice", "undoes")
        own = own.filter(moderator=self.request.user.pk, idea__in=ideas_of(self.request.user))
        decision = own.filter(pk=pk).first()
        if decision is None:
            return {}
        return {
            "done": decision,
            "done_words": self._words(decision),
            "done_can_be_undone": undoable(decision.idea) == decision,
            "done_url": self.idea_url(decision.idea_id),
        }

    def _words(self, decision: Decision) -> list[str]:
        words = [_said_of(decision) % {"number": decision.idea_id}]
        notice = getattr(decision, "notice", None)
        if notice is None or notice.outcome != Notified.WAITING:
            return words
        if Address.objects.filter(participant=decision.idea.author_id).exists():
            at = moment(notice.due_at, self.language)
            told = _("The author is told on %(moment)s, unless you undo it.")
            words.append(told % {"moment": at})
        return words


def _said_of(decision: Decision) -> str:
    """What was done, as a sentence about idea ``%(number)s``."""
    sentences = {
        DecisionKind.PUBLISH: _("Idea %(number)s is published."),
        DecisionKind.REFUSE: _("Idea %(number)s is refused."),
        DecisionKind.WITHDRAW: _("Idea %(number)s is withdrawn."),
        DecisionKind.CORRECT: _("The spelling of idea %(number)s is mended."),
        DecisionKind.ESCALATE: _("The other moderators see your question about idea %(number)s."),
        DecisionKind.UNDO: _("Undone: idea %(number)s stands where it stood before."),
        DecisionKind.UPHOLD: _("The refusal of idea %(number)s is upheld."),
    }
    return sentences[DecisionKind(decision.kind)]
