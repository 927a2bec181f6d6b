"""Translating the demonstration with wagtail-localize's own models, as a translator would."""

from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue, extract_strings

from home.demonstration.content import is_bilingual

Glossary = dict[str, str]


class MissingTranslationError(Exception):
    """A string of the page has no counterpart in the demonstration's files."""


def glossary(entry: Any) -> Glossary:
    """Each English string of ``entry`` and what it is in French, as the translator sees strings.

    A text in HTML is cut into the same strings as wagtail-localize cuts it into.
    """
    words: Glossary = {}
    if is_bilingual(entry):
        english, french = (_strings(entry[language]) for language in ("en", "fr"))
        if len(english) != len(french):
            raise MissingTranslationError(entry["en"])
        words.update(zip(english, french, strict=True))
    elif isinstance(entry, dict):
        for part in entry.values():
            words.update(glossary(part))
    elif isinstance(entry, list):
        for part in entry:
            words.update(glossary(part))
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


def translate(page: Page, words: Glossary, slug: str, target: Locale) -> Page:
    """Submit ``page``, translate every string, publish; return the translation.

    Raises ``MissingTranslationError`` on a string that ``words`` does not know.
    """
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=target)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    for segment in segments:
        english = segment.string.data
        french = slug if segment.context.path == "slug" else words.get(english)
        if french is None:
            raise MissingTranslationError(f"{page.title}: {english}")
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=target,
            context=segment.context,
            defaults={
                "data": french,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
    translation.save_target(publish=False)
    translated: Page = translation.get_target_instance()
    translated.get_latest_revision().publish()
    return translated.__class__.objects.get(pk=translated.pk)
