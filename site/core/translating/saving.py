"""Words of translators are kept: each text by itself, whatever is wrong with another one.

What can't go onto a page is stored with what is wrong with it, and shown again; it keeps the page
from being ready. What was saved meanwhile, by a colleague or by the same person in another window,
is not overwritten: both texts are shown.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation
from wagtail_localize.strings import INLINE_TAGS, StringValue, extract_ids

from core.models import PageTranslation
from core.slugs import slugify
from core.translating.markup import is_whole, signs_escaped
from core.translating.po.reading import CONTROLS
from core.translating.segments import Segment, segments_of, shown, token_of
from core.translating.states import hold, words_written

SLUG_LENGTH = Page._meta.get_field("slug").max_length
ADDRESS = re.compile(r"[^\s:@]+@[^\s:@]+")  # for mail


@dataclass
class Saved:
    """What became of a form: every text as it now stands, and what did not fit."""

    segments: list[Segment]
    written: int = 0
    faults: list[Segment] = field(default_factory=list)
    conflicts: list[Segment] = field(default_factory=list)
    # Words for texts that the page no longer has: the original was changed meanwhile.
    homeless: list[str] = field(default_factory=list)
    restored: bool = False  # with words that were sent after the session had ended

    @property
    def unfit(self) -> bool:
        """Whether something was sent that somebody has to look at again."""
        return bool(self.faults or self.conflicts or self.homeless)

    @property
    def status(self) -> int:
        """Of an answer that says so."""
        return 409 if self.conflicts else 422


@transaction.atomic
def save(work: PageTranslation, page: Page, user: Any, posted: Mapping[str, str]) -> Saved:
    """Store what of ``posted`` was changed; never overwrite what its writer has not seen."""
    hold(work)
    saved = Saved(segments_of(work.translation, page))
    for segment in saved.segments:
        if segment.name in posted:
            _take(segment, saved, work, page, user, posted)
    saved.homeless = homeless(posted, saved.segments)
    if saved.written:
        words_written(work, user, page)
    return saved


def homeless(posted: Mapping[str, str], segments: list[Segment]) -> list[str]:
    """What was written for texts that the page no longer has."""
    known = {segment.name for segment in segments}
    return [
        words.strip()
        for name, words in posted.items()
        if name[:1] in {"s", "a"} and name[1:].isdigit() and name not in known
        if words.strip() and token_of(words) != posted.get(f"seen-{name}")
    ]


def _take(
    segment: Segment,
    saved: Saved,
    work: PageTranslation,
    page: Page,
    user: Any,
    posted: Mapping[str, str],
) -> None:
    words = CONTROLS.sub("", posted[segment.name].replace("\r\n", "\n")).strip()
    if posted.get(f"same-{segment.name}") and not words:
        words = segment.source
    if segment.is_slug:  # what holds nothing that an address may hold is kept, and told
        words = (slugify(words) or words) if words else _slug_of_title(saved)
    seen = posted.get(f"seen-{segment.name}", "")
    accepted = segment.machine and bool(posted.get(f"read-{segment.name}"))
    if (token_of(words) == seen or words == segment.stored) and not accepted:
        if segment.error and not fault_in(segment, page):  # as where an address is free again
            _clear_fault(segment, page)
            saved.written += 1
        return
    if seen != segment.token:
        segment.theirs, segment.words = segment.stored, words
        saved.conflicts.append(segment)
        return
    segment.words = words
    segment.error = fault_in(segment, page)
    if segment.address:
        if not segment.error:
            _store_address(segment, work, user)
            saved.written += 1
    else:
        store(segment, page, user)
        saved.written += 1
    if segment.error:
        saved.faults.append(segment)


def _clear_fault(segment: Segment, page: Page) -> None:
    """The same words can stand now; whose they are, and whether somebody read them, stays."""
    segment.error = ""
    StringTranslation.objects.filter(
        translation_of_id=segment.row.string_id,
        context_id=segment.row.context_id,
        locale_id=page.locale_id,
    ).update(data=_stored_form(segment), has_error=False, field_error="")


def _slug_of_title(saved: Saved) -> str:
    title = next((one.words for one in saved.segments if one.path == "title"), "")
    return slugify(title)[:SLUG_LENGTH].strip("-")


def store(segment: Segment, page: Page, user: Any, machine: str = "") -> None:
    """Keep the words of ``segment``; those of a ``machine``, which it names, where there are none.

    Not by ``save``: at that, wagtail-localize writes titles into the page, fit or not.
    """
    row = segment.row
    key = {
        "translation_of_id": row.string_id,
        "context_id": row.context_id,
        "locale_id": page.locale_id,
    }
    if not segment.words:
        StringTranslation.objects.filter(**key).delete()
        segment.stored = ""
        segment.machine = False
        return
    kind = StringTranslation.TRANSLATION_TYPE_MANUAL
    fields = {
        "data": _stored_form(segment),
        "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE if machine else kind,
        "tool_name": machine[:255],
        "last_translated_by": user,
        "has_error": bool(segment.error),
        "field_error": segment.error,
    }
    (stored,) = StringTranslation.objects.bulk_create(
        [StringTranslation(**key, **fields)],
        ignore_conflicts=bool(machine),
        update_conflicts=not machine,
        unique_fields=None if machine else ["locale", "translation_of", "context"],
        update_fields=None if machine else [*fields, "updated_at"],
    )
    if segment.path == "title" and not segment.error:
        Page.objects.filter(pk=page.pk).update(draft_title=segment.words)
    segment.machine = bool(machine)
    segment.at = stored.updated_at
    segment.by, segment.by_id = user.get_full_name() or user.get_username(), user.pk
    segment.words = segment.stored = shown(stored.data, rich=segment.rich)


def _stored_form(segment: Segment) -> str:
    """The words of ``segment`` as wagtail-localize keeps them."""
    if not segment.rich:
        return str(StringValue.from_plaintext(segment.words).data)
    if segment.error:
        return segment.words
    return str(StringValue.from_translated_html(signs_escaped(segment.words)).data)


def _store_address(segment: Segment, work: PageTranslation, user: Any) -> None:
    key = {
        "context_id": segment.row.context_id,
        "locale_id": work.translation.target_locale_id,
    }
    if not segment.words:
        SegmentOverride.objects.filter(**key).delete()
        segment.stored = ""
        return
    SegmentOverride.objects.update_or_create(
        **key,
        defaults={
            "data_json": json.dumps(segment.words),
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
    segment.stored = segment.words


def fault_in(segment: Segment, page: Page) -> str:
    """What keeps the words from the page, said so that it can be mended; empty for nothing."""
    words = segment.words
    if not words:
        return ""
    limit = segment.place.limit
    if limit and not segment.rich and len(words) > limit:
        over = len(words) - limit  # as the database counts
        return ngettext(
            "Shorten it by %(number)s character.", "Shorten it by %(number)s characters.", over
        ) % {"number": over}
    if segment.is_slug:
        return _fault_in_slug(words, page)
    if segment.address:
        return _fault_in_address(words)
    return _fault_in_marks(segment) if segment.rich else ""


def _fault_in_slug(words: str, page: Page) -> str:
    slug = slugify(words)
    if not slug:
        return _("An address needs letters or figures.")
    if page.get_siblings(inclusive=False).filter(slug=slug).exists():
        return _("Another page has the address “%(slug)s” already.") % {"slug": slug}
    return ""


def _fault_in_address(words: str) -> str:
    if words.startswith(("mailto:", "tel:", "#", "/")) or ADDRESS.fullmatch(words):
        return ""
    try:
        URLValidator(schemes=["http", "https"])(words)
    except ValidationError:
        return _("Write a whole address, such as https://example.org/page.")
    return ""


def _fault_in_marks(segment: Segment) -> str:
    words = signs_escaped(segment.words)
    if not is_whole(words):
        return _("Each mark that opens, such as <b>, must close, such as </b>, in its turn.")
    try:
        StringValue.from_translated_html(words)
    except ValueError:
        return _("Only these marks can stand here, as in the original: %(marks)s.") % {
            "marks": ", ".join(f"<{tag}>" for tag in INLINE_TAGS)
        }
    has, needs = extract_ids(words), set(segment.links)
    if has - needs:
        return _("The original has no link with the mark %(mark)s.") % {
            "mark": ", ".join(sorted(has - needs))
        }
    lost = [mark for mark in segment.links if mark.startswith("a") and mark not in has]
    if lost:
        return _('A link is lost: put <a id="%(mark)s"> and </a> around its words.') % {
            "mark": lost[0]
        }
    return ""
