"""What every page of the translators' desk has: into which language, in which order."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from submissions.desks.page import DeskPage
from submissions.idea_translations.access import PERMISSION, languages_into
from submissions.idea_translations.queue import Order, Queue, to_translate
from submissions.models import Idea


class Board(DeskPage):
    """For translators only, into their languages."""

    permission = PERMISSION
    queues = Queue
    kept = ("into", "queue", "order", "language", "debate")
    index_url_name = "idea_translations:index"

    def check_address(self) -> None:
        """An order that there isn't is a 400; a language of others is none."""
        super().check_address()
        if self.order is None:
            raise BadRequest
        if self.into not in self.own_languages and (self.own_languages or "into" in self.said):
            raise Http404

    def shown(self) -> QuerySet[Idea]:
        """What can be translated into the language."""
        return to_translate(self.into, self.request.user)

    @property
    def said(self) -> dict[str, Any]:
        """What the address says: in its path, then in its query."""
        return {**self.request.GET.dict(), **self.kwargs}

    @cached_property
    def own_languages(self) -> dict[str, Any]:
        """The languages that one translates into, with their names."""
        return dict(languages_into(self.request.user))

    @cached_property
    def into(self) -> str:
        """The language that one translates into here: the first of one's own, unless said."""
        default = next(iter(self.own_languages), "")
        return str(self.said.get("into", default))

    @cached_property
    def order(self) -> Any:
        """What comes first; None for an order that there isn't."""
        said = self.request.GET.get("order") or Order.OLDEST.value
        return Order(said) if said in Order.values else None

    def queue_url(self, **more: Any) -> str:
        """The list that one comes from, into the language."""
        return super().queue_url(into=self.into, **more)

    def idea_url(self, pk: int, **more: Any) -> str:
        """An idea, with the way back to the list that one comes from."""
        where = reverse("idea_translations:desk", args=[pk, self.into])
        return where + self.kept_query(**more)
