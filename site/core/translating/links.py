"""Where the links in the midst of a text lead, in words: a page and a document by their titles."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from core.blocks.linked_documents import linked_in
from core.translating.choices import Choice
from core.translating.segments import Segment


def name_links(segments: Iterable[Segment], locale_id: int, choices: Iterable[Choice] = ()) -> None:
    """Tell of each link of ``segments`` where it leads: two queries for pages, one for documents.

    A link to a page leads its readers to that page in their language, where it is published; one to
    a document, to the document that ``choices`` name for this text.
    """
    own = {linked_in(one.row.context.path): one.stands for one in choices}
    told = [(one, json.loads(one.row.attrs or "{}") or {}) for one in segments if one.links]
    pages = _pages(_ids(told, "page"), locale_id)
    documents = _documents(_ids(told, "document"))
    for segment, links in told:
        for mark, attributes in links.items():
            kind, pk = attributes.get("linktype"), str(attributes.get("id", ""))
            if kind == "page":
                title = pages.get(pk)
                said = _("the page “%(title)s”") % {"title": title} if title else ""
            elif kind == "document":
                chosen = own.get((segment.path, pk))
                title = chosen.title if chosen else documents.get(pk)
                said = _("the document “%(title)s”") % {"title": title} if title else ""
            else:
                continue
            segment.links[mark] = said or _("It leads to something that is no longer there.")


def _ids(told: list[tuple[Segment, dict[str, Any]]], kind: str) -> set[str]:
    every = (attributes for _one, links in told for attributes in links.values())
    found = {str(one.get("id", "")) for one in every if one.get("linktype") == kind}
    return {pk for pk in found if pk.isdecimal()}


def _pages(ids: set[str], locale_id: int) -> dict[str, str]:
    if not ids:
        return {}
    linked = list(Page.objects.filter(pk__in=ids).only("title", "translation_key"))
    keys = [page.translation_key for page in linked]
    found = Page.objects.filter(translation_key__in=keys, locale=locale_id, live=True)
    there = dict(found.values_list("translation_key", "title"))
    return {str(page.pk): there.get(page.translation_key, page.title) for page in linked}


def _documents(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = get_document_model().objects.filter(pk__in=ids).values_list("pk", "title")
    return {str(pk): title for pk, title in rows}
