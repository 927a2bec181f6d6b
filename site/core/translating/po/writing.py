"""PO files of translations: one for a page, a zip for a tree."""

import io
import zipfile
from collections.abc import Iterable

import polib
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.clock import database_now
from core.slugs import slugify
from core.translating.po.reading import IDENTITY, WRITTEN_AT


def translation_into(page: Page) -> Translation | None:
    """The translation whose target is ``page``; None where it is none, or was stopped."""
    found = Translation.objects.select_related("source__locale", "target_locale")
    return found.filter(
        enabled=True, source__object_id=page.translation_key, target_locale=page.locale_id
    ).first()


def translations_under(page: Page) -> list[tuple[Page, Translation]]:
    """The translated pages from ``page`` down, in the order of the tree: two queries."""
    pages = list(page.get_descendants(inclusive=True).filter(alias_of=None).order_by("path"))
    found = Translation.objects.select_related("source__locale", "target_locale").filter(
        enabled=True,
        source__object_id__in=[one.translation_key for one in pages],
        target_locale=page.locale_id,
    )
    by_key = {translation.source.object_id: translation for translation in found}
    return [(one, by_key[one.translation_key]) for one in pages if one.translation_key in by_key]


def file_name(page: Page, translation: Translation) -> str:
    """What the file of a page is called: ``trust-in-ai-12.fr.po``."""
    title = slugify(translation.source.object_repr)[:80] or "page"
    return f"{title}-{page.pk}.{translation.target_locale.language_code}.po"


def as_po(translation: Translation) -> str:
    """Every string of the page with what was translated; a machine's words are marked “fuzzy”."""
    segments = (
        StringSegment.objects.filter(source=translation.source_id)
        .select_related("string", "context")
        .order_by("order", "pk")
    )
    written = {
        (one.translation_of_id, one.context_id): one
        for one in StringTranslation.objects.filter(
            locale=translation.target_locale_id,
            context__object_id=translation.source.object_id,
        )
    }
    file = polib.POFile(wrapwidth=100)
    source, target = translation.source.locale, translation.target_locale
    file.header = _(
        "“%(page)s”. Translate each msgstr; leave msgctxt and msgid as they are. Tags such as "
        '<b> and <a id="a1"> stay. What a machine proposed is marked “fuzzy”: take the mark '
        "away once you have read it."
    ) % {"page": translation.source.object_repr.replace("\n", " ")}
    file.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": target.language_code,
        "X-Source-Language": source.language_code,
        IDENTITY: str(translation.uuid),
        WRITTEN_AT: database_now().isoformat(),
    }
    seen = set()
    for segment in segments:
        place = (segment.string_id, segment.context_id)
        if place in seen:  # the same words twice in one text: translated once
            continue
        seen.add(place)
        stands = written.get(place)
        by_machine = stands is not None and (
            stands.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        )
        file.append(
            polib.POEntry(
                msgctxt=segment.context.path,
                msgid=segment.string.data,
                msgstr=stands.data if stands else "",
                comment=segment.context.field_path.replace(".", " / "),
                flags=["fuzzy"] if by_machine else [],
            )
        )
    return str(file)


def as_zip(found: Iterable[tuple[Page, Translation]]) -> bytes:
    """The files of all of them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for page, translation in found:
            archive.writestr(file_name(page, translation), as_po(translation))
    return packed.getvalue()
