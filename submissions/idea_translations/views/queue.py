"""The translators' queue: tabs with counts, filters, the machine for several ideas at once."""

from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn

from core.alternates import own_name
from core.dates import since
from core.numbers import number
from core.translating.machine import translator_name
from submissions.desks.listing import (
    DEBATE_COLUMN,
    LANGUAGE_COLUMN,
    IdeaFilters,
    IdeaListing,
    WordsColumn,
    column,
)
from submissions.idea_translations.queue import Order, Queue, counts, in_queue
from submissions.idea_translations.views.board import Board
from submissions.models import Idea


class TranslationFilters(IdeaFilters):
    """With the order; which tab and which target, the view says."""

    order = django_filters.ChoiceFilter(
        label=pgettext_lazy("filter", "Order"),
        choices=Order.choices,
        empty_label=None,
        widget=forms.RadioSelect,
        method="in_order",
    )

    class Meta(IdeaFilters.Meta):
        fields = ("order", *IdeaFilters.Meta.fields)

    def languages(self) -> list[tuple[str, Any]]:
        """Those that something can be translated from."""
        into = self.request.GET.get("into")
        return [(code, name) for code, name in settings.LANGUAGES if into and code != into]

    def in_order(self, ideas: QuerySet[Idea], name: str, value: str) -> QuerySet[Idea]:
        """The view puts them in order: the filter only says which."""
        return ideas


class RenderedColumn(WordsColumn):
    """With its translation below, and what is to be known of that."""

    cell_template_name = "submissions/translations/words_cell.html"


class TickColumn(BaseColumn):
    """A box to tick what the machine translator is asked for."""

    header_template_name = "submissions/translations/select_header.html"
    cell_template_name = "submissions/translations/select_cell.html"


class QueueView(Board, IdeaListing):
    """What waits for a translation into one language, and what is approved."""

    template_name = "submissions/translations/queue.html"
    results_template_name = "submissions/translations/queue_results.html"
    page_title = pgettext_lazy("admin menu", "Ideas to translate")
    header_icon = "globe"
    index_results_url_name = "idea_translations:index_results"
    filterset_class = TranslationFilters
    every_column: ClassVar[list[BaseColumn]] = [
        RenderedColumn("words", label=gettext_lazy("Idea"), accessor=str),
        DEBATE_COLUMN,
        LANGUAGE_COLUMN,
        column("votes", pgettext_lazy("column", "Votes"), "get_votes"),
        column("published", pgettext_lazy("column", "Published"), "get_age"),
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

    def order_queryset(self, queryset: QuerySet[Idea]) -> QuerySet[Idea]:
        """Those of the tab, in the order that was chosen."""
        return in_queue(queryset, self.queue, self.order)

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
        return context | {
            "tabs": self.tabs(counts(self.into, self.request.user)),
            "targets": [
                {
                    "label": own_name(code),
                    "code": code,
                    "url": self._address(code),
                    "current": code == self.into,
                }
                for code in self.own_languages
            ],
        }

    def _address(self, into: str) -> str:
        query = urlencode({"into": into, "queue": self.queue.value})
        return f"{reverse(self.index_url_name)}?{query}"
