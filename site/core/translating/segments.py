"""What a translator is given of a page: each text, what it became, and what has changed.

Read in five queries, however many texts a page holds.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
)
from wagtail_localize.strings import StringValue

from core.differences import Piece, difference
from core.translating.glossary import Rendering
from core.translating.places import Place, place_of

NEAR = 0.3  # of two texts of one field: from here on, the newer is taken for the older one, changed


@dataclass
class Segment:
    """One text of the page, as its translator sees it."""

    name: str  # of its field in the form
    path: str
    place: Place
    source: str
    words: str = ""  # what its field shows
    stored: str = ""  # what is kept: another thing while a colleague's words, or a fault, stand
    rich: bool = False
    links: dict[str, str] = field(default_factory=dict)  # mark: where it leads
    machine: bool = False  # a proposal that nobody has read
    error: str = ""
    by: str = ""
    by_id: int | None = None
    at: datetime | None = None
    old_source: str = ""  # what the original said when it was last translated, if that changed
    old_words: str = ""
    address: bool = False  # a link: empty is the same as in the original
    row: Any = None  # StringSegment or OverridableSegment
    theirs: str = ""  # what was saved meanwhile, by a colleague or in another window
    terms: list[Rendering] = field(default_factory=list)  # of the glossary

    @property
    def token(self) -> str:
        """What was shown, so that words of a colleague are not overwritten unseen."""
        return token_of(self.stored)

    @property
    def waiting(self) -> bool:
        """Whether somebody has to do something here."""
        return not self.address and (not self.words or self.machine or bool(self.error))

    @property
    def changes(self) -> list[Piece]:
        """How the original became what it is."""
        return list(difference(self.old_source, self.source))

    @property
    def lines(self) -> int:
        """How many lines its field has at first."""
        return min(max(len(self.words or self.source) // 50 + 1, 1), 20)

    @property
    def is_slug(self) -> bool:
        """Whether it is the page's address."""
        return self.path == "slug"


def token_of(words: str) -> str:
    """A short name of ``words``; line ends are those of no system in particular."""
    return sha256(words.replace("\r\n", "\n").strip().encode()).hexdigest()[:16]


def shown(data: str, *, rich: bool) -> str:
    """Words as a translator reads and writes them: text, or text with marks."""
    if not rich:
        return StringValue(data).render_text()
    plain = re.sub(r"&amp;(?!#?\w+;)", "&", data).replace("&gt;", ">")
    return re.sub(r"&lt;(?![A-Za-z/!?])", "<", plain)  # where it can begin no mark


def segments_of(translation: Translation, page: Any) -> list[Segment]:
    """Every text of ``page`` in its order, then the addresses that its texts lead to."""
    source = translation.source
    rows = list(
        StringSegment.objects.filter(source=source)
        .select_related("string", "context")
        .order_by("order")
    )
    rich = set(TemplateSegment.objects.filter(source=source).values_list("context", flat=True))
    words: dict[tuple[int, int], StringTranslation] = {}
    by_context: dict[int, list[StringTranslation]] = defaultdict(list)
    for row in StringTranslation.objects.filter(
        context__object_id=source.object_id, locale=translation.target_locale_id
    ).select_related("translation_of", "last_translated_by"):
        words[row.translation_of_id, row.context_id] = row
        by_context[row.context_id].append(row)
    current = {(row.string_id, row.context_id) for row in rows}
    found = []
    for row in rows:
        is_rich = row.context_id in rich
        segment = Segment(
            name=f"s{row.pk}",
            path=row.context.path,
            place=place_of(page, row.context.path, row.context.field_path),
            source=shown(row.string.data, rich=is_rich),
            rich=is_rich,
            links=_links(row) if is_rich else {},
            row=row,
        )
        said = words.get((row.string_id, row.context_id))
        if said is not None:
            _tell(segment, said)
        else:
            former = [
                old
                for old in by_context[row.context_id]
                if (old.translation_of_id, old.context_id) not in current
            ]
            _remember(segment, row, former)
        found.append(segment)
    return found + _addresses(translation, page)


def _links(row: StringSegment) -> dict[str, str]:
    return {
        mark: str(attributes.get("href") or attributes.get("linktype") or "")
        for mark, attributes in (json.loads(row.attrs or "{}") or {}).items()
    }


def _tell(segment: Segment, said: StringTranslation) -> None:
    segment.words = segment.stored = shown(said.data, rich=segment.rich)
    segment.machine = said.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    _sign(segment, said)
    if said.has_error:
        segment.error = said.field_error or said.get_error() or ""


def _remember(segment: Segment, row: StringSegment, former: list[StringTranslation]) -> None:
    """The text that stood here before, the nearest of those of the same field."""

    def near(old: StringTranslation) -> float:
        return SequenceMatcher(None, old.translation_of.data, row.string.data).ratio()

    old = max(former, key=lambda one: (near(one), one.updated_at), default=None)
    if old is not None and (not segment.rich or near(old) >= NEAR):
        segment.old_source = shown(old.translation_of.data, rich=segment.rich)
        segment.old_words = shown(old.data, rich=segment.rich)


def _addresses(translation: Translation, page: Any) -> list[Segment]:
    """Links that may lead elsewhere in the other language."""
    own = {
        row.context_id: row
        for row in SegmentOverride.objects.filter(
            context__object_id=translation.source.object_id, locale=translation.target_locale_id
        ).select_related("last_translated_by")
    }
    rows = OverridableSegment.objects.filter(source=translation.source).select_related("context")
    found = []
    for row in rows.order_by("order"):
        if not isinstance(row.data, str) or not row.data:
            continue
        segment = Segment(
            name=f"a{row.pk}",
            path=row.context.path,
            place=place_of(page, row.context.path, row.context.field_path),
            source=row.data,
            address=True,
            row=row,
        )
        override = own.get(row.context_id)
        if override is not None:
            segment.words = segment.stored = str(override.data)
            _sign(segment, override)
        found.append(segment)
    return found


def _sign(segment: Segment, kept: StringTranslation | SegmentOverride) -> None:
    """Who wrote it, and when."""
    person = kept.last_translated_by
    segment.by = (person.get_full_name() or person.get_username()) if person else ""
    segment.by_id, segment.at = kept.last_translated_by_id, kept.updated_at
