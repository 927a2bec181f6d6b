"""The addresses of the site as its URL configuration has them, and how each is asked for."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from tests.security.world import Rows

# What stands in for a parameter where the table doesn't say: a row's name, or the value itself.
USUAL = {
    "page_id": "page",
    "page_to_move_id": "page",
    "parent_page_id": "parent",
    "destination_id": "parent fr",
    "page_pk": "page",
    "revision_id": "revision",
    "content_type_app_name": "themes",
    "content_type_model_name": "themepage",
    "task_state_id": "task state",
    "task_id": "task",
    "workflow_pk": "workflow",
    "workflow_state_id": "workflow state",
    "collection_id": "collection",
    "translation_source_id": "source",
    "translation_id": "translation",
    "string_segment_id": "segment",
    "overridable_segment_id": "override",
    "redirect_id": "redirect",
    "document_id": "document",
    "doc_id": "document",
    "image_id": "picture",
    "uploaded_file_id": "upload",
    "filter_spec": "width-40",
    "session_id": "session",
    "restriction_id": "restricted collection",
    "page_view_restriction_id": "restriction",
    "debate_id": "debate",
    "idea_id": "idea",
    "questionnaire_id": "questionnaire",
    "section": "0",
    "draft_id": "draft",
    "attachment_id": "file",
    "reference": "publication",
    "answer_pk": "answer",
    "file_pk": "file",
    "passage_pk": "passage",
    "note_pk": "note",
    "member_pk": "campaign member",
    "retired_pk": "retired debate",
    "code": "fr",
    "into": "fr",
    "language": "fr",
    "form": "bibtex",
    "version": "0123456789abcdef",
    "uidb64": "MQ",
    "token": "0-0",
    "mode": "",
    "object_id": "page",
    "action": "unpublish",
    "app_label": "wagtailcore",
    "model_name": "page",
    "app_name": "submissions",
    "action_name": "approve",
    "name": "cards",
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
PLACE = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True)
class Address:
    """One pattern: its name, or the pattern itself where it has none or shares it."""

    name: str
    pattern: str

    @property
    def parameters(self) -> list[str]:
        """The names of what stands in it."""
        return PARAMETER.findall(self.pattern)

    def at(self, rows: Rows, chosen: dict[str, str]) -> str:
        """Its path, with ``chosen`` rows or values, and the usual ones for the rest."""

        def value(found: re.Match[str]) -> str:
            key = found[1]
            row = chosen.get(key) or USUAL.get(key) or key
            return str(rows.get(row, row))

        if "path" in chosen:  # a pattern that is no path: what it holds is told whole
            return PLACE.sub(lambda found: str(rows[found[1]]), chosen["path"])
        return "/" + PARAMETER.sub(value, self.pattern.replace("^", ""))


def addresses() -> list[Address]:
    """Every address, each pattern once; those under a language in English."""
    with translation.override("en"):
        found = list(_within(get_resolver(), "", ()))
    first = {pattern: name for name, pattern in reversed(found)}
    times = Counter(first.values())
    return [
        Address(name if name and times[name] == 1 else pattern, pattern)
        for pattern, name in reversed(first.items())
    ]


def _within(
    resolver: URLResolver, before: str, spaces: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield ":".join((*spaces, one.name)) if one.name else "", pattern
        else:
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from _within(one, pattern, inner)
