"""The samples of each component: a template or a block of the site, and what it is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.blocks import Block

from core.blocks import page_blocks
from home.bilingual import Entry
from home.blocks import front_blocks


@dataclass(frozen=True)
class Sample:
    """One rendering of ``template``. A block of editors' renders itself, with ``context`` as its
    value."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    label: str = ""
    frame: str = ""  # the class of the element that holds it on real pages
    block: Block | None = None

    def render(self, request: HttpRequest) -> SafeString:
        """The HTML, as a page of the site would hold it.

        No token is asked for, so that looking at a form sets no cookie.
        """
        if self.block is not None:
            around = {"request": request, "canonical_url": request.build_absolute_uri()}
            return self.block.render(self.context, context=around)
        context = {"csrf_token": "", **self.context}
        return render_to_string(self.template, context, request)


@dataclass(frozen=True)
class Telling:
    """What samples are made of: the guide's words, and the language they are in."""

    words: Entry
    language: str

    @property
    def other_language(self) -> str:
        """The one that a translated idea was written in."""
        return "en" if self.language == "fr" else "fr"

    def label(self, name: str) -> str:
        """What stands above a sample."""
        said: str = self.words["labels"][name]
        return said


Samples = Callable[[Telling], list[Sample]]
BLOCKS: dict[str, Block] = dict([*page_blocks(), *front_blocks()])


def of_block(name: str, value: Any = None, label: str = "") -> Sample:
    """A block with ``value``, by default the one of its preview in the editor."""
    block = BLOCKS[name]
    shown = block.get_preview_value() if value is None else value
    return Sample(block.meta.template, shown, label, block=block)
