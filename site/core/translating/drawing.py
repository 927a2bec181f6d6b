"""A translation as a page: with its words, its links and its pictures, stored nowhere."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail_localize.models import Translation


def drawn(translation: Translation) -> Page:
    """The page that its words make; what is not translated is the original's."""
    source = translation.source
    page: Page = source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    _mark_pictures(source.as_instance(), page)
    return page


def _mark_pictures(original: Any, page: Any) -> None:
    """Another picture in place of one that only adorns adorns too: no name of it is read aloud."""
    for field in page._meta.get_fields():
        if not isinstance(field, StreamField):  # asking for another's value may fetch it
            continue
        stands = getattr(page, field.name)
        before = dict(_pictures(getattr(original, field.name)))
        for place, picture in _pictures(stands):
            if place in before and before[place].decorative and not picture.decorative:
                picture.decorative, picture.contextual_alt_text = True, ""


def _pictures(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every picture in ``value`` with its place, which is the same in each language."""
    if isinstance(value, AbstractImage):
        yield place, value
    elif isinstance(value, StreamValue):
        for child in value:
            yield from _pictures(child.value, (*place, str(child.id)))
    elif isinstance(value, ListValue):
        for child in value.bound_blocks:
            yield from _pictures(child.value, (*place, str(child.id)))
    elif isinstance(value, StructValue):
        for name, part in value.items():
            yield from _pictures(part, (*place, name))
