"""What every page of a desk has: who may, which tab and filters one comes from, the way back."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from submissions.debate.views.page import id_in
from submissions.models import Idea
from submissions.staff_access import may


class DeskPage:
    """For those with ``permission``; others get Wagtail's own refusal."""

    permission: str
    queues: type[TextChoices]  # the tabs; one comes from the first unless it is said
    kept: tuple[str, ...]  # parameters that go from page to page
    known: tuple[str, ...] = ("after",)  # those that a page takes besides
    index_url_name: str
    request: HttpRequest
    kwargs: dict[str, Any]

    def shown(self) -> QuerySet[Idea]:
        """The ideas that are this person's to work on."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask for the permission before anything else, then for an address that means something."""
        if not may(request.user, self.permission):
            raise PermissionDenied
        self.check_address()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def check_address(self) -> None:
        """Parameters and tabs that there aren't are a 400."""
        if not {*self.kept, *self.known}.issuperset(self.request.GET) or self.queue is None:
            raise BadRequest

    @cached_property
    def queue(self) -> Any:
        """The tab that one comes from; None for one that there isn't."""
        said = self.request.GET.get("queue", self.queues.values[0])
        return self.queues(said) if said in self.queues.values else None

    @cached_property
    def language(self) -> str:
        """One's own, of the admin."""
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def ideas(self) -> QuerySet[Idea]:
        """Those shown, by the filters that one comes from."""
        found = self.shown()
        language = self.request.GET.get("language")
        if language in dict(settings.LANGUAGES):
            found = found.filter(language=language)
        debate = id_in(self.request.GET.get("debate", ""))
        return found.filter(debate=debate) if debate is not None else found

    def kept_query(self, **more: Any) -> str:
        """What goes from page to page as the query of a link, with ``more``."""
        query = QueryDict(mutable=True)
        for name in self.kept:
            if self.request.GET.get(name):
                query[name] = self.request.GET[name]
        for name, value in more.items():
            query[name] = str(value)
        return f"?{query.urlencode()}" if query else ""

    def queue_url(self, **more: Any) -> str:
        """The list that one comes from."""
        return reverse(self.index_url_name) + self.kept_query(**more)


class IdeaPage(DeskPage, WagtailAdminTemplateMixin, TemplateView):
    """The page of one idea."""

    def get_page_subtitle(self) -> str:
        """Its number: its words stand below."""
        return _("Idea %(number)s") % {"number": self.kwargs["pk"]}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list that one comes from."""
        return [
            *self.breadcrumbs_items,
            {"url": self.queue_url(), "label": self.page_title},
            {"url": "", "label": self.get_page_subtitle()},
        ]
