"""Where every page of a site stands in every language: what is not level with its original."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Site

from core.models import PageTranslation, TranslationState


class Level(models.TextChoices):
    """What keeps a page from saying in a language what it says in another, the worst first."""

    NOT_SENT = "not_sent", pgettext_lazy("level of a page", "Not sent to translation")
    NEW = "new", pgettext_lazy("level of a page", "To translate")
    IN_PROGRESS = "in_progress", pgettext_lazy("level of a page", "Being translated")
    READY = "ready", pgettext_lazy("level of a page", "Ready for review")
    UNPUBLISHED = "unpublished", pgettext_lazy("level of a page", "Not published")
    CHANGED = "changed", pgettext_lazy("level of a page", "Source changed")
    ELSEWHERE = "elsewhere", pgettext_lazy("level of a page", "Stands elsewhere")


SENTENCES = {
    Level.NOT_SENT: _("“%(title)s” was not sent to translation."),
    Level.NEW: _("“%(title)s” is not translated."),
    Level.IN_PROGRESS: _("“%(title)s” is being translated."),
    Level.READY: _("“%(title)s” is ready for review, and not published."),
    Level.UNPUBLISHED: _("“%(title)s” is not published."),
    Level.CHANGED: _("“%(title)s”: its original has changed since it was translated."),
    Level.ELSEWHERE: _("“%(title)s” does not stand below the page that its original stands below."),
}
_UNDER_WAY = {
    TranslationState.NEW: Level.NEW,
    TranslationState.IN_PROGRESS: Level.IN_PROGRESS,
    TranslationState.READY: Level.READY,
}


@dataclass(frozen=True)
class Behind:
    """A page that is published in some language, and not level in the language ``into``."""

    source: Page
    target: Page | None
    into: str
    level: Level
    # Whoever may change this page may send it: the language's home page, of a home page itself its
    # source. None: the home page has to be sent first.
    below: Page | None

    @property
    def sentence(self) -> str:
        """What is to be said of it."""
        return SENTENCES[self.level] % {"title": (self.target or self.source).title}

    @property
    def url(self) -> str:
        """Where something is done about it: Wagtail's editor leads on to the desk."""
        if self.target is None:
            return reverse("wagtail_localize:submit_page_translation", args=[self.source.pk])
        if self.level is Level.ELSEWHERE:  # its menu there moves it, for who may
            return reverse("wagtailadmin_explore", args=[self.target.pk])
        return reverse("wagtailadmin_pages:edit", args=[self.target.pk])


class Standing:
    """The pages of one site, read in three queries, however many pages and languages there are."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @cached_property
    def homes(self) -> dict[str, Page]:
        """The home page of each language, published or not."""
        found = self.site.root_page.get_translations(inclusive=True).filter(alias_of=None)
        return {page.locale.language_code: page for page in found.select_related("locale")}

    @cached_property
    def pages(self) -> dict[UUID, dict[str, Page]]:
        """Every page by what it is known by in all languages, then by language, as in the tree.

        Aliases, another language's text in this tree, are left out.
        """
        trees = Q(pk=None)
        for home in self.homes.values():
            trees |= Q(path__startswith=home.path)
        found: dict[UUID, dict[str, Page]] = {}
        rows = Page.objects.filter(trees, alias_of=None).select_related("locale").order_by("path")
        for page in rows.only("path", "depth", "title", "live", "translation_key", "locale"):
            found.setdefault(page.translation_key, {})[page.locale.language_code] = page
        return found

    @cached_property
    def _works(self) -> dict[tuple[UUID, str], PageTranslation]:
        rows: Any = PageTranslation.objects.filter(
            translation__enabled=True, translation__source__object_id__in=self.pages
        ).select_related("translation__source", "translation__target_locale")
        return {
            (row.translation.source.object_id, row.translation.target_locale.language_code): row
            for row in rows
        }

    def behind(self, language: str) -> list[Behind]:
        """What is published elsewhere and not level in ``language``, as it stands in the tree."""
        found = (self.behind_of(key, language) for key in self.pages)
        return [one for one in found if one is not None]

    def behind_of(self, key: UUID, language: str) -> Behind | None:
        """The same of one page, which stands on the site; None where it is level."""
        pages, work = self.pages[key], self._works.get((key, language))
        target = pages.get(language)
        source = self._source(pages, language, work)
        level = source and (_level(target, work) or self._elsewhere(pages, language, source))
        if not source or not level:
            return None
        is_home = key == self.site.root_page.translation_key
        below = source if is_home else self.homes.get(language)
        return Behind(source, target, language, level, below)

    @cached_property
    def _keys(self) -> dict[str, UUID]:
        """What each page is known by, by its place in the tree."""
        return {page.path: key for key, pages in self.pages.items() for page in pages.values()}

    def _elsewhere(self, pages: dict[str, Page], language: str, source: Page) -> Level | None:
        """Whether it stands below another page than ``source``; of an original nothing is told.

        Below a page of another language's tree it is not known below which.
        """
        target, key = pages[language], source.translation_key
        works = [code for code in pages if (key, code) in self._works]
        if works and language not in works:
            return None
        above = {self._keys.get(page.path[: -Page.steplen]) for page in (source, target)} - {None}
        return Level.ELSEWHERE if len(above) > 1 else None

    def _source(
        self, pages: dict[str, Page], language: str, work: PageTranslation | None
    ) -> Page | None:
        """The published page that is translated; the first one, where none has been sent."""
        live = [page for code, page in pages.items() if page.live and code != language]
        made_from = work and work.translation.source.locale_id
        return next((page for page in live if page.locale_id == made_from), next(iter(live), None))


def _level(target: Page | None, work: PageTranslation | None) -> Level | None:
    if target is None:
        return Level.NOT_SENT
    if not target.live:
        state = TranslationState(work.state) if work else TranslationState.PUBLISHED
        return _UNDER_WAY.get(state, Level.UNPUBLISHED)
    return Level.CHANGED if work and work.source_changed_at else None
