"""Translating a page with wagtail-localize's own models, as a translator would."""

import json
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.strings import StringValue, extract_strings

from home.bilingual import is_bilingual

Glossary = dict[str, str]


class MissingTranslationError(Exception):
    """A string of the page has no counterpart in the files."""


def glossary(entry: Any, source: str = "en", target: str = "fr") -> Glossary:
    """Each string of ``entry`` and what it is in ``target``, as the translator sees strings.

    A text in HTML is cut into the same strings as wagtail-localize cuts it into.
    """
    words: Glossary = {}
    if is_bilingual(entry):
        said, meant = (_strings(entry[language]) for language in (source, target))
        if len(said) != len(meant):
            raise MissingTranslationError(entry[source])
        words.update(zip(said, meant, strict=True))
    elif isinstance(entry, dict):
        for part in entry.values():
            words.update(glossary(part, source, target))
    elif isinstance(entry, list):
        for part in entry:
            words.update(glossary(part, source, target))
    elif isinstance(entry, str):
        words[_stored(entry)] = _stored(entry)  # a name, an address: the same in both
    return words


def _strings(text: str) -> list[str]:
    if "<" not in text:
        return [_stored(text)]
    return [string.data for string, _attributes in extract_strings(text.strip())[1]]


def _stored(text: str) -> str:
    """Plain text as wagtail-localize keeps it: escaped, as all its strings are HTML."""
    return StringValue.from_plaintext(text).data


def translate(
    page: Page, words: Glossary, slug: str, target: Locale, *, publish: bool = True
) -> Page:
    """Submit ``page``, translate every string, publish unless told not to; return the translation.

    An address in its words that ``words`` knows becomes that of the other language. Raises
    ``MissingTranslationError`` on a string that ``words`` does not know.
    """
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=target)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    for segment in segments:
        said = segment.string.data
        meant = slug if segment.context.path == "slug" else words.get(said)
        if meant is None:
            raise MissingTranslationError(f"{page.title}: {said}")
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=target,
            context=segment.context,
            defaults={
                "data": meant,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
    for address in OverridableSegment.objects.filter(source=source).select_related("context"):
        chosen = json.loads(address.data_json)  # a number: of a picture or a document
        meant = words.get(chosen) if isinstance(chosen, str) else None
        if meant is not None:
            SegmentOverride.objects.update_or_create(
                locale=target, context=address.context, defaults={"data_json": json.dumps(meant)}
            )
    translation.save_target(publish=False)
    translated: Page = translation.get_target_instance()
    if publish:
        translated.get_latest_revision().publish()
    return translated.__class__.objects.get(pk=translated.pk)
