"""The translators' queue: tabs with counts, filters, the machine for several ideas at once."""

from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from core.alternates import own_name
from core.dates import since
from core.numbers import number
from submissions.idea_translations.machine import translator_name
from submissions.idea_translations.queue import Order, Queue, counts, in_queue, to_translate
from submissions.idea_translations.views.board import KEPT, Board
from submissions.models import Debate, Idea, IdeaText
from submissions.moderation.views.queue import SelectColumn


class TranslationFilters(WagtailFilterSet):
    """Order, language of the original, debate; which tab and which target, the view says."""

    order = django_filters.ChoiceFilter(
        label=pgettext_lazy("filter", "Order"),
        choices=Order.choices,
        empty_label=None,
        widget=forms.RadioSelect,
        method="in_order",
    )
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
        fields = ("order", "language", "debate")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        into = self.request.GET.get("into")
        sources = [(code, name) for code, name in settings.LANGUAGES if code != into]
        if into and len(sources) > 1:
            self.filters["language"].extra["choices"] = sources
        else:
            del self.filters["language"]

    def in_order(self, ideas: QuerySet[Idea], name: str, value: str) -> QuerySet[Idea]:
        """The view puts them in order: the filter only says which."""
        return ideas


class WordsColumn(TitleColumn):
    """The idea in its own language, its translation below, and what is to be known of that."""

    cell_template_name = "submissions/translations/words_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """The link leads to the desk, and back to this list."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"link_url": instance.get_link, "idea": instance}


class TickColumn(SelectColumn):
    """A box to tick what the machine translator is asked for."""

    header_template_name = "submissions/translations/select_header.html"
    cell_template_name = "submissions/translations/select_cell.html"


class QueueView(Board, BaseListingView):
    """What waits for a translation into one language, and what is approved."""

    template_name = "submissions/translations/queue.html"
    results_template_name = "submissions/translations/queue_results.html"
    known = frozenset({*KEPT, "after", "q", "p", "_w_filter_fragment"})
    page_title = pgettext_lazy("admin menu", "Ideas to translate")
    header_icon = "globe"
    index_url_name = "idea_translations:index"
    index_results_url_name = "idea_translations:index_results"
    filterset_class = TranslationFilters
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
            "votes",
            label=pgettext_lazy("column", "Votes"),
            accessor="get_votes",
            classname="wide-only",
        ),
        Column(
            "published",
            label=pgettext_lazy("column", "Published"),
            accessor="get_age",
            classname="wide-only",
        ),
    ]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """With boxes where the machine may be asked."""
        select = [TickColumn("select", label="")] if self.machine else []
        return [*select, *self.every_column]

    @cached_property
    def machine(self) -> str:
        """Who may be asked for proposals in this tab; empty: nobody."""
        return translator_name() if self.queue in {Queue.WAITING, Queue.PROPOSED} else ""

    def get_base_queryset(self) -> QuerySet[Idea]:
        """In a constant number of queries."""
        return to_translate(self.into)

    def order_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        """Those of the tab, in the order that was chosen."""
        return in_queue(queryset, self.queue, self.order)

    def search_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        """By words of any of its texts."""
        if not self.is_searching:
            return queryset
        found = IdeaText.objects.filter(text__icontains=self.search_query)
        return queryset.filter(pk__in=found.values("idea"))

    def get_table(self, object_list: Any) -> Any:
        """Say ages and numbers in the translator's language."""
        for idea in object_list:
            idea.get_link = self.idea_url(idea.pk)
            idea.get_age = since(idea.published_at, idea.now, self.language)
            idea.get_votes = number(idea.votes_cast, self.language)
            texts = [text for text in idea.texts.all() if text.language == self.into]
            idea.get_rendering = texts[0] if texts else None
            asked = [one for one in idea.machine_requests.all() if one.language == self.into]
            idea.get_request = asked[0] if asked else None
        return super().get_table(object_list)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tabs, and the languages that one may translate into."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= {"view": self, "machine": self.machine}
        if self.results_only:
            return context
        of_each = counts(self.into)
        kept = {name: self.request.GET[name] for name in KEPT if self.request.GET.get(name)}
        return context | {
            "tabs": [
                {
                    "label": queue.label,
                    "count": of_each[queue],
                    "url": self._address(kept | {"into": self.into, "queue": queue.value}),
                    "current": queue is self.queue,
                }
                for queue in Queue
            ],
            "targets": [
                {
                    "label": own_name(code),
                    "code": code,
                    "url": self._address({"into": code, "queue": self.queue.value}),
                    "current": code == self.into,
                }
                for code in self.own_languages
            ],
        }

    def _address(self, query: dict[str, str]) -> str:
        return f"{reverse('idea_translations:index')}?{urlencode(query)}"

    def render_to_response(self, context: Any, **options: Any) -> TemplateResponse:
        """Never from a cache: the queue is what waits now."""
        response: TemplateResponse = super().render_to_response(context, **options)
        response["Cache-Control"] = "no-store"
        return response
