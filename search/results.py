"""What a search answers: ranked, bounded, and safe to show."""

from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from psycopg.errors import QueryCanceled
from wagtail.models import Page, Site

from core.alternates import own_name
from search.models import MARK_START, MARK_STOP, Entry, EntryKind
from submissions.models import Idea, Publication
from themes.models import ThemePage

MOST_RESULTS = 1000  # further down nobody reads; whoever needs more asks for more words
TIME_LIMIT = "2s"  # for the statement that matches and ranks


class SearchTooSlow(Exception):
    """The database gave up: the words are too many, or too common."""


@dataclass(frozen=True)
class Result:
    """What was found, and where. ``title`` and ``excerpt`` are HTML, with <mark>."""

    kind: str  # "page", "theme", "idea" or "contribution"
    url: str
    title: SafeString
    excerpt: SafeString
    language: str  # of both
    theme: str = ""  # of an idea
    written_in: str = ""  # of an idea: code and own name of its author's language
    written_in_name: str = ""


def found(typed: str, language: str, site: Site) -> list[int]:
    """Ids of entries, the best first: ``MOST_RESULTS`` and one more when there are more.

    Raises ``SearchTooSlow``.
    """
    entries = Entry.objects.readable(site, language).matching(typed, language)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [TIME_LIMIT])
            return list(entries.values_list("pk", flat=True)[: MOST_RESULTS + 1])
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlow from error
        raise


def results(entry_ids: list[int], typed: str, language: str, request: HttpRequest) -> list[Result]:
    """The entries of one page of results, in the order of ``entry_ids``: six queries."""
    entries = Entry.objects.filter(pk__in=entry_ids).marked(typed, language).in_bulk()
    in_order = [entries[pk] for pk in entry_ids if pk in entries]
    pages = Page.objects.in_bulk([e.key for e in in_order if e.kind == EntryKind.PAGE])
    ideas = (
        Idea.objects.select_related("debate")
        .prefetch_related("debate__labels")
        .in_bulk([e.key for e in in_order if e.kind == EntryKind.IDEA])
    )
    contributions = {
        one.contribution_id: one
        for one in Publication.objects.live()
        .filter(contribution__in=[e.key for e in in_order if e.kind == EntryKind.CONTRIBUTION])
        .select_related("contribution")
        .defer("words", "content")
    }
    shown = []
    for entry in in_order:
        if entry.kind == EntryKind.PAGE and entry.key in pages:
            shown.append(_page(entry, pages[entry.key], request))
        elif entry.kind == EntryKind.IDEA and entry.key in ideas:
            shown.append(_idea(entry, ideas[entry.key]))
        elif entry.kind == EntryKind.CONTRIBUTION and entry.key in contributions:
            shown.append(_contribution(entry, contributions[entry.key]))
    return shown


def _page(entry: Any, page: Page, request: HttpRequest) -> Result:
    return Result(
        kind="theme" if page.specific_class is ThemePage else "page",
        url=page.get_url(request) or "",
        title=_marked(entry.marked_title),
        excerpt=_marked(entry.marked_text),
        language=entry.language,
    )


def _idea(entry: Any, idea: Idea) -> Result:
    label = idea.debate.label_in(entry.language)
    return Result(
        kind="idea",
        url=reverse("submissions:idea", args=[idea.pk]),
        title=_marked(entry.marked_text),
        excerpt=SafeString(""),
        language=entry.language,
        theme=label.page_title if label else "",
        written_in=idea.language,
        written_in_name=own_name(idea.language),
    )


def _contribution(entry: Any, publication: Publication) -> Result:
    reference = publication.contribution.reference
    return Result(
        kind="contribution",
        url=reverse("submissions:publication", args=[reference]),
        title=_marked(entry.marked_title.strip()) or SafeString(reference),
        excerpt=_marked(entry.marked_text),
        language=entry.language,
    )


def _marked(text: str) -> SafeString:
    """Everything is escaped; then the database's marks, and no others, become elements."""
    html: str = escape(text.replace("\n", " · "))
    html = html.replace(MARK_START, "<mark>").replace(MARK_STOP, "</mark>")
    return mark_safe(html)  # noqa: S308
