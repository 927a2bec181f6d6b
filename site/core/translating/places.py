"""Where a text stands on its page, in the words of the page's editor, and how long it may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.blocks import ChooserBlock, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField


@dataclass(frozen=True)
class Place:
    """The labels from the page down to the text; ``limit``: at most so many characters."""

    labels: tuple[str, ...]
    group: str  # texts of one group stand in one block of the page
    limit: int | None = None
    required: bool = True


def place_of(page: Any, path: str, field_path: str) -> Place:
    """The place of the text at ``path`` of ``page``, or of its class; asks the database nothing."""
    parts = (field_path or path).split(".")
    steps = path.split(".")
    try:
        model_field = page._meta.get_field(parts[0])
    except FieldDoesNotExist:
        return Place((parts[0],), parts[0])
    if not isinstance(model_field, StreamField):
        name = capfirst(str(getattr(model_field, "verbose_name", parts[0])))
        if parts[0] == "slug":  # a word of the trade, and no other field's
            name = gettext("Address of the page")
        return Place((name,), parts[0], getattr(model_field, "max_length", None))
    way = list(_way_down(model_field.stream_block, parts[1:]))
    labels = tuple(dict.fromkeys(capfirst(str(block.label)) for block, named in way if named))
    limit = getattr(getattr(way[-1][0], "field", None), "max_length", None) if way else None
    return Place(labels, ".".join(steps[:2]), limit)


def chosen_at(page: Any, field_path: str) -> type[Model] | None:
    """Of what kind the object chosen at ``field_path`` is; None: nothing is chosen there."""
    parts = field_path.split(".")
    try:
        model_field = page._meta.get_field(parts[0])
    except FieldDoesNotExist:
        return None
    if isinstance(model_field, ForeignKey):
        related: type[Model] = model_field.related_model
        return related
    if not isinstance(model_field, StreamField):
        return None
    way = list(_way_down(model_field.stream_block, parts[1:]))
    chooser = way[-1][0] if way else None
    return chooser.model_class if isinstance(chooser, ChooserBlock) else None


def _way_down(block: Any, parts: list[str]) -> Iterator[tuple[Any, bool]]:
    """Each block on the way down ``parts``, and whether it bears a name: items of a list don't."""
    for part in parts:
        if isinstance(block, ListBlock):
            block = block.child_block
            yield block, False
            continue
        if not isinstance(block, StreamBlock | StructBlock) or part not in block.child_blocks:
            return
        block = block.child_blocks[part]
        yield block, True
