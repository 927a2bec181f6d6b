"""The queue of all translations, and the languages of a consultation, in the admin."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.admin import messages
from wagtail.models import Locale, Site

from core.admin_page import AdminPage
from core.alternates import own_name
from home.workplace import languages, queue
from home.workplace.lacking import lacking
from home.workplace.reach import Reach
from home.workplace.standing import Standing
from home.workplace.whereabouts import long_enough, whereabouts
from submissions.models import Consultation
from submissions.staff_access import may

MAY_CHANGE = "submissions.change_consultation"
PAGE_LENGTH = 50
LONGEST_PHRASE = 200
KINDS = ("", "pages", "ideas")


class QueueView(AdminPage):
    """For who translates into a language, or reviews what was."""

    template_name = "home/workplace/queue.html"
    page_title = pgettext_lazy("admin menu", "To translate")
    header_icon = "list-ul"

    def test_func(self) -> bool:
        """Whoever has a language of their own."""
        self.own = queue.languages_of(self.request.user)
        return bool(self.own)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A language of others is a 404, a tab that there isn't a 400."""
        self.into = request.GET.get("into") or self.own[0]
        if self.into not in self.own:
            raise Http404
        tab, self.kind = request.GET.get("tab", ""), request.GET.get("kind", "")
        if tab not in {"", *queue.Tab.values} or self.kind not in KINDS:
            raise BadRequest
        self.counts = queue.counts(request.user, self.into)
        self.tab = queue.Tab(tab) if tab else queue.first_tab(request.user, self.into, self.counts)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In a constant number of queries."""
        user = self.request.user
        found = queue.places(user, self.into, self.tab, self.kind)
        page = Paginator(found, PAGE_LENGTH).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "into": self.into,
            "kind": self.kind,
            "tab": self.tab.value,
            "targets": [(code, own_name(code)) for code in self.own],
            "tabs": [(tab.value, tab.label, self.counts[tab]) for tab in queue.Tab],
            "page": page,
            "lines": queue.lines(page.object_list, self.into),
        }


class WhereaboutsView(AdminPage):
    """Where words stand that somebody reads on the site: for who changes any of them."""

    template_name = "home/workplace/whereabouts.html"
    page_title = pgettext_lazy("admin menu", "Where does a text stand?")
    header_icon = "search"

    def test_func(self) -> bool:
        """Who works on pages, on translations of ideas or on wordings."""
        reach = Reach(self.request.user)
        return bool(reach.trees or reach.ideas or reach.wordings)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the site that answers says."""
        query = self.request.GET.get("q", "")[:LONGEST_PHRASE].strip()
        site = Site.find_for_request(self.request)
        sought = bool(query) and site is not None
        return super().get_context_data(**kwargs) | {
            "query": query,
            "too_short": bool(query) and not long_enough(query),
            "found": whereabouts(query, site, self.request.user) if sought else [],
        }


class LanguagesPage(AdminPage):
    """The consultation of the site that answers, for its organisers and administrators."""

    page_title = pgettext_lazy("admin menu", "Languages")
    header_icon = "globe"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A site without a consultation has none to show."""
        super().setup(request, *args, **kwargs)
        consultation = Consultation.of(request)
        if consultation is None:
            raise Http404
        self.consultation = consultation

    def test_func(self) -> bool:
        """Who may change this consultation."""
        return may(self.request.user, MAY_CHANGE, self.consultation)

    def address(self) -> str:
        """The list of all languages."""
        return reverse("workplace:languages")

    def rows(self, codes: list[str]) -> list[dict[str, Any]]:
        """Where each of the languages stands, and what it lacks: a constant number of queries."""
        added = set(Locale.objects.values_list("language_code", flat=True))
        standing = Standing(self.consultation.site)
        known = [code for code in codes if code in added]
        parts = lacking(self.consultation, known, standing, Reach(self.request.user))
        return [
            {
                "code": code,
                "name": own_name(code),
                "added": code in added,
                "shown": code in self.consultation.languages,
                "home": standing.homes.get(code),
                "parts": parts.get(code, []),
            }
            for code in codes
        ]


class LanguagesView(LanguagesPage):
    """Every language that the installation can speak."""

    template_name = "home/workplace/languages.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What each lacks, counted."""
        codes = [code for code, _name in settings.LANGUAGES]
        return super().get_context_data(**kwargs) | {"rows": self.rows(codes)}


class LanguageView(LanguagesPage):
    """One language: all that it lacks, and the buttons."""

    template_name = "home/workplace/language.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """A language that the installation can't speak is a 404."""
        super().setup(request, *args, **kwargs)
        self.code = kwargs["language"]
        if self.code not in dict(settings.LANGUAGES):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it lacks, line by line."""
        context = super().get_context_data(**kwargs) | {"row": self.rows([self.code])[0]}
        return context | {"root": self.consultation.site.root_page}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add it, show it, hide it."""
        deeds = {"add": languages.add, "show": languages.show, "hide": languages.hide}
        deed = deeds.get(request.POST.get("deed", ""))
        if deed is None:
            raise BadRequest
        try:
            deed(self.consultation, self.code, request.user)  # type: ignore[arg-type]
        except languages.LanguageRefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Done: everybody sees it within seconds."))
        return redirect("workplace:language", self.code)
