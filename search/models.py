"""The index: a row for each page, each text of an idea, each language of a contribution."""

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchRank,
    SearchVectorField,
)
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from wagtail.models import Page, Site

from core.text_search import asked, configuration
from submissions.models import Debate, Idea, Publication, TextOrigin

# Around found words, until a result is escaped. Unicode keeps them out of any text, and the index
# too: nobody can write a mark of their own.
MARK_START, MARK_STOP = "\ufdd0", "\ufdd1"


class EntryKind(models.TextChoices):
    """What an entry leads to."""

    CONTRIBUTION = "contribution"
    IDEA = "idea"
    PAGE = "page"


def readable_pages(site: Site, language: str) -> QuerySet[Page]:
    """The pages of ``site`` that anybody may read in ``language``. Aliases are another's words."""
    in_trees = Q(pk__in=[])
    for root in Site.get_site_root_paths():
        if (root.site_id, root.language_code) == (site.pk, language):
            in_trees |= Q(url_path__startswith=root.root_path)
    pages: QuerySet[Page] = Page.objects.live().public()
    return pages.filter(in_trees, locale__language_code=language, alias_of__isnull=True)


def readable_ideas(site: Site, language: str) -> QuerySet[Idea]:
    """Published ideas with a text in ``language``, on a theme that anybody may read there.

    The themes are asked for at once: they are few, and the ideas are judged one by one.
    """
    debates = Debate.objects.readable_in(language).filter(
        consultation__site=site,
        translation_key__in=readable_pages(site, language).values("translation_key"),
    )
    return Idea.objects.published().filter(
        Q(texts__origin=TextOrigin.AUTHOR) | Q(texts__approved_at__isnull=False),
        texts__language=language,
        debate__in=list(debates.values_list("pk", flat=True)),
    )


def readable_contributions(site: Site) -> QuerySet[Publication]:
    """What is published of contributions now."""
    return Publication.objects.live().filter(contribution__consultation__site=site)


class EntryQuerySet(QuerySet["Entry"]):
    """Reads of the index."""

    def readable(self, site: Site, language: str) -> Self:
        """What may be found, judged by the pages and ideas as they stand now."""
        pages = readable_pages(site, language).values("pk")
        idea = readable_ideas(site, language).filter(pk=OuterRef("key"))
        contribution = readable_contributions(site).filter(contribution=OuterRef("key"))
        return self.filter(
            Q(kind=EntryKind.PAGE, key__in=pages)
            | Q(Exists(idea), kind=EntryKind.IDEA)
            | Q(Exists(contribution), kind=EntryKind.CONTRIBUTION),
            language=language,
        )

    def matching(self, typed: str, language: str) -> Self:
        """What answers the query ``typed``, the best first; pages before ideas of equal rank."""
        query = asked(typed, language)
        return self.filter(vector=query).order_by(
            SearchRank(F("vector"), query).desc(), "-kind", "key"
        )

    def marked(self, typed: str, language: str) -> Self:
        """With ``marked_title`` and ``marked_text``, where found words stand between marks.

        An idea is given whole, a page by the passages around what was found.
        """
        query = asked(typed, language)
        marks: dict[str, Any] = {
            "config": configuration(language),
            "start_sel": MARK_START,
            "stop_sel": MARK_STOP,
        }
        passages = SearchHeadline(
            "text", query, max_fragments=2, max_words=35, min_words=20,
            fragment_delimiter=" … ", **marks,
        )  # fmt: skip
        whole = SearchHeadline("text", query, highlight_all=True, **marks)
        return self.defer("title", "text", "vector").annotate(
            marked_title=SearchHeadline("title", query, highlight_all=True, **marks),
            marked_text=Case(When(kind=EntryKind.IDEA, then=whole), default=passages),
        )


class Entry(models.Model):
    """The words of a live page, or of a published idea or contribution in one of its languages.

    It holds what the public may read and nothing that it could be asked for besides: site, theme
    and permission are judged when somebody searches, so that they cannot be out of date here.
    ``vector`` is written by ``search.index``, with the configuration of the language.
    """

    kind = models.CharField(max_length=12, choices=EntryKind)
    key = models.BigIntegerField()  # the page's, the idea's or the contribution's id
    language = models.CharField(max_length=10)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    vector = SearchVectorField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "language"], name="one_entry_per_object_and_language"
            )
        ]
        indexes = [GinIndex(fields=["vector"], name="search_entry_words")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.language})"
