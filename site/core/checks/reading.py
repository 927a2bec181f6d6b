"""The words of a page, each with its place: what the checks read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from core.blocks.text import StatementBlock
from core.blocks.video import VideoBlock

# Fields of Wagtail's pages that hold words.
OF_EVERY_PAGE = ("title", "seo_title", "search_description")
LINK = "link_text"  # what a block calls the words of its link
ENDS_A_PARAGRAPH = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td"}


@dataclass(frozen=True)
class Link:
    """A link inside rich text: its words, and the page of ours that it leads to, if it is one."""

    words: str
    page_id: int | None


@dataclass(frozen=True)
class Place:
    """Where something stands: the labels that lead there, and the block in the editor."""

    labels: tuple[str, ...]
    block_id: str | None = None

    def within(self, label: Any) -> "Place":
        """A part of it; one that is called as the whole is not named twice."""
        part = capfirst(str(label))
        if self.labels[-1].endswith(part):
            return self
        return Place((*self.labels, part), self.block_id)

    def __str__(self) -> str:
        return " – ".join(self.labels)


@dataclass(frozen=True)
class Written:
    """One text of the page."""

    place: Place
    source: str
    is_html: bool = False
    is_title: bool = False
    is_link: bool = False  # all of it is the words of a link
    language: str = ""  # that its editor says it is in; else the page's

    @cached_property
    def _parsed(self) -> "_Reader":
        reader = _Reader()
        reader.feed(self.source)
        reader.close()
        return reader

    @property
    def paragraphs(self) -> list[str]:
        """Its paragraphs, headings and points, as plain text."""
        if self.is_html:
            return self._parsed.paragraphs
        return [line.strip() for line in self.source.splitlines() if line.strip()]

    @property
    def links(self) -> list[Link]:
        """The links that stand in it."""
        return self._parsed.links if self.is_html else []


@dataclass(frozen=True)
class Chosen:
    """A page that a block or a field leads to."""

    place: Place
    page: Page


@dataclass(frozen=True)
class Pictured:
    """A picture that is not decorative, with its text alternative."""

    place: Place
    alternative: str


@dataclass(frozen=True)
class Filmed:
    """A video, and what of it can be had without sound or picture."""

    place: Place
    plays_here: bool  # captions of a video elsewhere are the other site's
    captions: bool
    transcript: bool


Part = Written | Chosen | Pictured | Filmed


class _Reader(HTMLParser):
    """Rich text as Wagtail stores it, cut into paragraphs and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.links: list[Link] = []
        self._said: list[str] = []
        self._linked: list[str] | None = None
        self._page_id: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ENDS_A_PARAGRAPH:
            self._end()
        elif tag == "br":
            self._said.append(" ")
        elif tag == "a":
            told = dict(attrs)
            number = told.get("id") or ""
            self._linked = []
            self._page_id = (
                int(number) if told.get("linktype") == "page" and number.isdecimal() else None
            )

    def handle_endtag(self, tag: str) -> None:
        if tag in ENDS_A_PARAGRAPH:
            self._end()
        elif tag == "a" and self._linked is not None:
            self.links.append(Link(" ".join("".join(self._linked).split()), self._page_id))
            self._linked = None

    def handle_data(self, data: str) -> None:
        self._said.append(data)
        if self._linked is not None:
            self._linked.append(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        said = "".join(self._said).strip()
        if said:
            self.paragraphs.append(said)
        self._said = []


def written_on(page: Page) -> Iterator[Part]:
    """Every text, picture and chosen page of ``page`` (a specific page), in the editor's order."""
    own = [field for field in page._meta.get_fields() if field.model is type(page)]
    for name in OF_EVERY_PAGE:
        yield from _field(page, page._meta.get_field(name))
    for field in own:
        if isinstance(field, StreamField):
            for number, child in enumerate(getattr(page, field.name), start=1):
                place = Place((f"{number}. {capfirst(str(child.block.label))}",), child.id)
                yield from _block(child.block, child.value, place)
        else:
            yield from _field(page, field)


def _field(page: Page, field: Any) -> Iterator[Part]:
    """A field of the model that holds words which are not chosen from a list."""
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return
    said = getattr(page, field.name)
    if said and not isinstance(field, models.SlugField | models.URLField | models.EmailField):
        place = Place((capfirst(str(field.verbose_name)),))
        yield Written(place, said, is_title=field.name == "title")


def _block(block: blocks.Block, value: Any, place: Place) -> Iterator[Part]:
    """What one block holds, and the blocks within it."""
    if not value:
        return
    if isinstance(block, ImageBlock):
        if not value.decorative:
            yield Pictured(place, value.contextual_alt_text or "")
    elif isinstance(block, blocks.BaseStructBlock):
        if isinstance(block, VideoBlock):
            has = {name: bool(value.get(name)) for name in ("file", "captions", "transcript")}
            yield Filmed(place, has["file"], has["captions"], has["transcript"])
        language = value.get("language", "") if isinstance(block, StatementBlock) else ""
        for name, bound in value.bound_blocks.items():
            for part in _block(bound.block, bound.value, place.within(bound.block.label)):
                yield (
                    replace(part, language=language, is_link=name == LINK)
                    if isinstance(part, Written) and not part.is_html
                    else part
                )
    elif isinstance(block, blocks.ListBlock | blocks.BaseStreamBlock):
        children = value.bound_blocks if isinstance(block, blocks.ListBlock) else value
        for number, child in enumerate(children, start=1):
            yield from _block(child.block, child.value, place.within(number))
    elif isinstance(value, RichText):
        yield Written(place, value.source, is_html=True)
    elif isinstance(block, blocks.PageChooserBlock):
        yield Chosen(place, value)
    elif type(block) in {blocks.CharBlock, blocks.TextBlock} or isinstance(
        block, blocks.BlockQuoteBlock
    ):
        yield Written(place, str(value))
