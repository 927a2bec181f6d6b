"""What every page of the translators' desk has: who may, into which language, the way back."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from submissions.debate.views.page import id_in
from submissions.idea_translations.access import PERMISSION, languages_into
from submissions.idea_translations.queue import Order, Queue, to_translate
from submissions.models import Idea

KEPT = ("into", "queue", "order", "language", "debate")  # from page to page


class Board:
    """For translators only; others get Wagtail's own refusal. Unknown parameters are a 400."""

    request: HttpRequest
    kwargs: dict[str, Any]
    known = frozenset({*KEPT, "after"})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask for the permission before anything else, then for parameters that there are."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if not self.known.issuperset(request.GET) or None in {self.queue, self.order}:
            raise BadRequest
        if self.into not in self.own_languages and (self.own_languages or "into" in self.said):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

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
    def queue(self) -> Any:
        """The tab that one comes from; None for one that there isn't."""
        said = self.request.GET.get("queue", Queue.WAITING.value)
        return Queue(said) if said in Queue.values else None

    @cached_property
    def order(self) -> Any:
        """What comes first; None for an order that there isn't."""
        said = self.request.GET.get("order") or Order.OLDEST.value
        return Order(said) if said in Order.values else None

    @cached_property
    def language(self) -> str:
        """The translator's own, of the admin."""
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def ideas(self) -> QuerySet[Idea]:
        """What can be translated into the language, by the filters that one comes from."""
        found = to_translate(self.into)
        language = self.request.GET.get("language")
        if language in dict(settings.LANGUAGES):
            found = found.filter(language=language)
        debate = id_in(self.request.GET.get("debate", ""))
        return found.filter(debate=debate) if debate is not None else found

    def kept_query(self, **more: Any) -> str:
        """The language, tab, order and filters as the query of a link, with ``more``."""
        query = QueryDict(mutable=True)
        for name in KEPT:
            if self.request.GET.get(name):
                query[name] = self.request.GET[name]
        for name, value in more.items():
            query[name] = str(value)
        return f"?{query.urlencode()}" if query else ""

    def queue_url(self, **more: Any) -> str:
        """The list that one comes from."""
        return reverse("idea_translations:index") + self.kept_query(into=self.into, **more)

    def idea_url(self, pk: int, **more: Any) -> str:
        """An idea, with the way back to the list that one comes from."""
        where = reverse("idea_translations:desk", args=[pk, self.into])
        return where + self.kept_query(**more)
