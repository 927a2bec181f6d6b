"""The moderators' queue: tabs with counts, filters, the promise of each idea, spam by the page."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from core.alternates import own_name
from core.dates import moment, since
from submissions.models import Debate, Idea, IdeaStatus, IdeaText
from submissions.moderation.access import languages_of
from submissions.moderation.queue import (
    Queue,
    counts,
    in_queue,
    overdue,
    pending_appeal,
    to_moderate,
)
from submissions.moderation.views.desk import KEPT, Desk


class IdeaFilters(WagtailFilterSet):
    """Language and debate; which tab, the view says."""

    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Written in"),
        empty_label=pgettext_lazy("language", "Any"),
        widget=forms.RadioSelect,
    )
    debate = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("block", "Debate"),
        queryset=Debate.objects.prefetch_related("labels"),
        empty_label=pgettext_lazy("debate", "Any"),
    )

    class Meta:
        model = Idea
        fields = ("language", "debate")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        languages = languages_of(self.request.user)
        if len(languages) > 1:
            self.filters["language"].extra["choices"] = languages
        else:
            del self.filters["language"]


class WordsColumn(TitleColumn):
    """The idea's words in their own language, their translations below, what colleagues ask."""

    cell_template_name = "submissions/moderation/words_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """The link leads back to this list."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        texts = [text for text in instance.texts.all() if text.language != instance.language]
        return context | {
            "link_url": instance.get_link,
            "idea": instance,
            "translations": texts,
        }


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


class QueueView(Desk, BaseListingView):
    """What awaits an answer, due soonest first; what was decided, the newest first."""

    template_name = "submissions/moderation/queue.html"
    results_template_name = "submissions/moderation/queue_results.html"
    known = frozenset({*KEPT, "after", "q", "p", "_w_filter_fragment"})
    page_title = pgettext_lazy("admin menu", "Moderation")
    header_icon = "comment"
    index_url_name = "moderation:index"
    index_results_url_name = "moderation:index_results"
    filterset_class = IdeaFilters
    is_searchable = True
    paginate_by = 50
    verbose_name_plural = Idea._meta.verbose_name_plural
    every_column: ClassVar[list[BaseColumn]] = [
        WordsColumn("words", label=gettext_lazy("Idea"), accessor=str),
        Column(
            "debate",
            label=pgettext_lazy("block", "Debate"),
            accessor="debate",
            classname="wide-only",
        ),
        Column(
            "language",
            label=gettext_lazy("Written in"),
            accessor=lambda idea: own_name(idea.language),
            classname="wide-only",
        ),
        Column(
            "received",
            label=gettext_lazy("Received"),
            accessor="get_age",
            classname="wide-only",
        ),
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

    def get_base_queryset(self) -> QuerySet[Idea]:
        """One's own, in a constant number of queries."""
        return to_moderate(self.request.user)

    def order_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        """Those of the tab, in its order."""
        return in_queue(queryset, self.queue)

    def search_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        """By words of any of its texts."""
        if not self.is_searching:
            return queryset
        found = IdeaText.objects.filter(text__icontains=self.search_query)
        return queryset.filter(pk__in=found.values("idea"))

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
        of_each = counts(self.request.user)
        base = reverse("moderation:index")
        tabs = [
            {
                "label": queue.label,
                "count": of_each[queue],
                "url": f"{base}?queue={queue.value}{self._filters()}",
                "current": queue is self.queue,
            }
            for queue in Queue
        ]
        return context | self.done() | {"tabs": tabs}

    def _filters(self) -> str:
        kept = self.kept_query().removeprefix("?").split("&")
        return "".join(f"&{part}" for part in kept if part and not part.startswith("queue="))

    def render_to_response(self, context: Any, **options: Any) -> TemplateResponse:
        """Never from a cache: the queue is what waits now."""
        response: TemplateResponse = super().render_to_response(context, **options)
        response["Cache-Control"] = "no-store"
        return response
