"""What every page of the moderators' desk has: whose ideas, and what was done last."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import moment
from submissions.debate.views.page import id_in
from submissions.desks.page import DeskPage
from submissions.models import Address, Decision, DecisionKind, Idea, Notified
from submissions.moderation.access import PERMISSION, ideas_of
from submissions.moderation.queue import Queue, to_moderate
from submissions.moderation.services import undoable


class Desk(DeskPage):
    """For moderators only."""

    permission = PERMISSION
    queues = Queue
    kept = ("queue", "language", "debate")
    index_url_name = "moderation:index"

    def shown(self) -> QuerySet[Idea]:
        """The moderator's own."""
        return to_moderate(self.request.user)

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
