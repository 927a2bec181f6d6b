"""The list of a desk: tabs with counts, filters, search."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from core.alternates import own_name
from submissions.desks.page import DeskPage
from submissions.models import Debate, Idea, IdeaText


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
        fields: tuple[str, ...] = ("language", "debate")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        languages = self.languages()
        if len(languages) > 1:
            self.filters["language"].extra["choices"] = languages
        else:
            del self.filters["language"]

    def languages(self) -> list[tuple[str, Any]]:
        """Those to choose from, with their names; of a single one nothing is asked."""
        raise NotImplementedError


class WordsColumn(TitleColumn):
    """The idea in its own language, and what is to be known of it."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """The link leads to the idea's page, and back to this list."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"link_url": instance.get_link, "idea": instance}


def column(name: str, label: Any, accessor: Any) -> Column:
    """One that a phone has no room for."""
    return Column(name, label=label, accessor=accessor, classname="wide-only")


DEBATE_COLUMN = column("debate", pgettext_lazy("block", "Debate"), "debate")
LANGUAGE_COLUMN = column(
    "language", gettext_lazy("Written in"), lambda idea: own_name(idea.language)
)


class IdeaListing(DeskPage, BaseListingView):
    """Ideas in tabs, in a constant number of queries."""

    known = (*DeskPage.known, "q", "p", "_w_filter_fragment")
    is_searchable = True
    paginate_by = 50
    verbose_name_plural = Idea._meta.verbose_name_plural

    def get_base_queryset(self) -> QuerySet[Idea]:
        """All of them; the tab and the filters choose."""
        return self.shown()

    def search_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        """By words of any of its texts."""
        if not self.is_searching:
            return queryset
        found = IdeaText.objects.filter(text__icontains=self.search_query)
        return queryset.filter(pk__in=found.values("idea"))

    def tabs(self, counts: dict[Any, int]) -> list[dict[str, Any]]:
        """Each tab with how many ideas it holds; where it leads keeps the filters."""
        return [
            {
                "label": queue.label,
                "count": counts[queue],
                "url": self.queue_url(queue=queue.value),
                "current": queue is self.queue,
            }
            for queue in self.queues
        ]

    def render_to_response(self, context: Any, **options: Any) -> TemplateResponse:
        """Never from a cache: the queue is what waits now."""
        response: TemplateResponse = super().render_to_response(context, **options)
        response["Cache-Control"] = "no-store"
        return response
