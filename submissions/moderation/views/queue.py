"""The moderators' queue: tabs with counts, filters, the promise of each idea, spam by the page."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column

from core.dates import moment, since
from submissions.desks.listing import (
    DEBATE_COLUMN,
    LANGUAGE_COLUMN,
    IdeaFilters,
    IdeaListing,
    WordsColumn,
    column,
)
from submissions.models import Idea, IdeaStatus
from submissions.moderation.access import languages_of
from submissions.moderation.queue import (
    Queue,
    counts,
    in_queue,
    overdue,
    pending_appeal,
)
from submissions.moderation.views.desk import Desk


class OwnFilters(IdeaFilters):
    """Of the languages that one answers for."""

    def languages(self) -> list[tuple[str, Any]]:
        """The moderator's."""
        return languages_of(self.request.user)


class OwnWordsColumn(WordsColumn):
    """With the translations below, and what colleagues ask."""

    cell_template_name = "submissions/moderation/words_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """All that there are, approved or not."""
        texts = [text for text in instance.texts.all() if text.language != instance.language]
        return super().get_cell_context_data(instance, parent_context) | {"translations": texts}


class DueColumn(Column):
    """By when a moderator should answer; a broken promise stands out, in words."""

    cell_template_name = "submissions/moderation/due_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Whether the promise is broken."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"overdue": overdue(instance)}


class SelectColumn(BaseColumn):
    """A box to tick what is spam; the button stands below the list."""

    header_template_name = "submissions/moderation/select_header.html"
    cell_template_name = "submissions/moderation/select_cell.html"


class QueueView(Desk, IdeaListing):
    """What awaits an answer, due soonest first; what was decided, the newest first."""

    template_name = "submissions/moderation/queue.html"
    results_template_name = "submissions/moderation/queue_results.html"
    page_title = pgettext_lazy("admin menu", "Moderation")
    header_icon = "comment"
    index_results_url_name = "moderation:index_results"
    filterset_class = OwnFilters
    every_column: ClassVar[list[BaseColumn]] = [
        OwnWordsColumn("words", label=gettext_lazy("Idea"), accessor=str),
        DEBATE_COLUMN,
        LANGUAGE_COLUMN,
        column("received", gettext_lazy("Received"), "get_age"),
        DueColumn("due", label=gettext_lazy("Promise"), accessor="get_due"),
    ]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """With boxes where spam may be refused."""
        select = [SelectColumn("select", label="")] if self.spam_can_be_refused else []
        return [*select, *self.every_column]

    @property
    def spam_can_be_refused(self) -> bool:
        """Where ideas await their first decision."""
        return self.queue in {Queue.WAITING, Queue.OVERDUE, Queue.ESCALATED}

    def order_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        """Those of the tab, in its order."""
        return in_queue(queryset, self.queue)

    def get_table(self, object_list: Any) -> Any:
        """Say ages and promises in the moderator's language."""
        for idea in object_list:
            appeal = pending_appeal(idea)
            at = appeal.made_at if appeal else idea.created_at
            idea.get_link = self.idea_url(idea.pk)
            idea.get_age = since(at, idea.now, self.language)
            idea.get_due = self._due(idea, appeal)
        return super().get_table(object_list)

    def _due(self, idea: Any, appeal: Any) -> str:
        if idea.status != IdeaStatus.AWAITING and appeal is None:
            return str(idea.get_status_display())
        if overdue(idea):
            ago = since(idea.due_at, idea.now, self.language)
            return pgettext("promise", "Overdue: due %(ago)s") % {"ago": ago}
        by = moment(idea.due_at, self.language)
        return pgettext("promise", "By %(moment)s") % {"moment": by}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tabs, and what was done last."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.results_only:
            return context | {"view": self}
        return context | self.done() | {"tabs": self.tabs(counts(self.request.user))}
