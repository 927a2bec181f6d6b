"""Documents that a text links to, for translators: each language may have its own.

wagtail-localize offers the addresses in the midst of a text, and no documents: their links go into
a translation as they are. Here each linked document is an ``OverridableSegment`` of its own.
"""

import re
from typing import Any

from wagtail.rich_text import RichText
from wagtail_localize.segments import (
    OverridableSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import quote_path_component
from wagtail_localize.segments.ingest import organise_template_segments, unquote_path_component
from wagtail_localize.strings import extract_strings, restore_strings

_LINKED = re.compile(r"document:(\d{1,9})", re.ASCII)


def linked_in(path: str) -> tuple[str, str] | None:
    """The path of the text and the id of the document, where ``path`` is that of a linked one."""
    text, _dot, last = path.rpartition(".")
    found = _LINKED.fullmatch(last.strip("'"))
    return (text, found[1]) if found and last.startswith("'") else None


def segments_in(value: RichText) -> list[Any]:
    """What translators are given of ``value``: as wagtail-localize cuts it, and its documents."""
    template, strings = extract_strings(value.source)
    links = [tag for _string, attrs in strings for tag in attrs.values()]
    addresses = {tag["href"] for tag in links if "href" in tag}
    documents = {tag["id"] for tag in links if tag.get("linktype") == "document" and "id" in tag}
    return [
        TemplateSegmentValue("", "html", template, len(strings)),
        *(StringSegmentValue("", string, attrs=attrs) for string, attrs in strings),
        *(OverridableSegmentValue(quote_path_component(one), one) for one in sorted(addresses)),
        *(
            OverridableSegmentValue(quote_path_component(f"document:{pk}"), int(pk))
            for pk in sorted(documents)
            if _LINKED.fullmatch(f"document:{pk}")
        ),
    ]


def restored(segments: list[Any]) -> RichText:
    """The text that ``segments`` make, with the documents that were chosen."""
    chosen = {
        unquote_path_component(one.path): one.data
        for one in segments
        if isinstance(one, OverridableSegmentValue)
    }
    _format, template, strings = organise_template_segments(segments)
    for _string, attrs in strings:
        for tag in (attrs or {}).values():
            own = chosen.get(f"document:{tag.get('id')}")
            if tag.get("linktype") == "document" and own:
                tag["id"] = str(own)
    return RichText(restore_strings(template, strings))
