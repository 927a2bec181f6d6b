"""The guide's pages and pictures, for every member of staff."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.alternates import own_name
from home.guide import pages
from home.guide.finding import LONGEST, find


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """One page, in the reader's language unless another is asked for (``?language=fr``)."""

    template_name = "home/guide/page.html"
    header_icon = "help"
    _show_breadcrumbs = True
    contents_title = pgettext_lazy("admin", "Guide")

    @property
    def name(self) -> str:
        """Of the file; without one, the list of contents."""
        return self.kwargs.get("name", pages.CONTENTS)

    @cached_property
    def own_language(self) -> str:
        """What the reader gets without asking."""
        return pages.language_for(get_language() or "")

    @cached_property
    def language(self) -> str:
        """Of the page that is shown."""
        said = self.request.GET.get("language", self.own_language)
        if said not in pages.languages():
            raise Http404
        return said

    @cached_property
    def page(self) -> pages.GuidePage:
        """What is shown."""
        found = pages.read(
            self.language, self.name, page_url=self.page_url, picture_url=self.picture_url
        )
        if found is None:
            raise Http404
        return found

    def page_url(self, name: str, language: str | None = None) -> str:
        """Where a page stands, in the language that is read."""
        language = language or self.language
        at_home = name == pages.CONTENTS
        url = reverse("guide:index") if at_home else reverse("guide:page", args=[name])
        return url if language == self.own_language else f"{url}?language={language}"

    def picture_url(self, name: str) -> str:
        """Where a picture stands."""
        return reverse("guide:picture", args=[self.language, name])

    def get_page_title(self) -> str:
        """What the page is called."""
        return self.page.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the list of contents."""
        contents = {"url": self.page_url(pages.CONTENTS), "label": self.contents_title}
        if self.name == pages.CONTENTS:
            return [*super().get_breadcrumbs_items(), contents | {"url": ""}]
        return [
            *super().get_breadcrumbs_items(),
            contents,
            {"url": "", "label": self.page.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, and the same in the other languages."""
        asked = self.request.GET.get("q", "").strip()[:LONGEST]
        found = [(self.page_url(one.name), one) for one in find(self.language, asked)]
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "asked": asked,
            "found": found,
            "longest": LONGEST,
            "search_url": reverse("guide:index"),
            "is_own_language": self.language == self.own_language,
            "language": self.language,
            "others": [
                (code, own_name(code), self.page_url(self.name, code))
                for code in pages.languages()
                if code != self.language
            ],
        }


def picture(request: HttpRequest, language: str, name: str) -> FileResponse:
    """A screenshot, for whoever may read the page that it stands on."""
    path = pages.picture_path(language, name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")
