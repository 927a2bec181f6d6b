"""Every block that an editor can choose, and every field that a block has."""

from collections.abc import Iterator

from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock
from wagtail.fields import StreamField
from wagtail.models import get_page_models


def streams() -> Iterator[tuple[str, BaseStreamBlock]]:
    """Of every field of every page type, with its name."""
    for model in get_page_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField) and field.model is model:
                yield f"{model.__name__}.{field.name}", field.stream_block


def parts(block: Block) -> dict[str, Block]:
    """The blocks right inside another one."""
    if isinstance(block, ListBlock):
        return {"item": block.child_block}
    if isinstance(block, BaseStreamBlock | BaseStructBlock):
        return dict(block.child_blocks)
    return {}


def choosable() -> Iterator[tuple[str, Block]]:
    """Whatever a chooser of blocks shows, in streams within blocks too."""

    def within(name: str, block: Block) -> Iterator[tuple[str, Block]]:
        for part, child in parts(block).items():
            if isinstance(block, BaseStreamBlock):
                yield f"{name}.{part}", child
            yield from within(f"{name}.{part}", child)

    for name, stream in streams():
        yield from within(name, stream)


def fields() -> Iterator[tuple[str, Block]]:
    """What an editor fills in: no struct or stream, which show nothing but their parts.

    The one field of a list has its words on the list.
    """

    def within(name: str, block: Block) -> Iterator[tuple[str, Block]]:
        for part, child in parts(block).items():
            below = f"{name}.{part}"
            struct = isinstance(child, BaseStructBlock)
            if not struct and not isinstance(block, ListBlock):
                yield below, child
            yield from within(below, child)

    for name, stream in streams():
        yield from within(name, stream)
