"""Pictures and files that stand in no library: previews of blocks and the style guide show them."""

import re
from dataclasses import dataclass
from typing import Any

from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import Filter


@dataclass(frozen=True)
class SampleRendition:
    """One size of the sample picture: the same drawing each time."""

    width: int
    height: int

    @property
    def url(self) -> str:
        """The drawing's address."""
        return static("staff/sample.svg")

    def img_tag(self, attributes: dict[str, Any] | None = None) -> SafeString:
        """As Wagtail's renditions draw themselves."""
        said = {"src": self.url, "width": self.width, "height": self.height} | (attributes or {})
        return format_html("<img{}>", flatatt(said))


class SampleImage:
    """A picture that needs no row: asking a real one for a size would write one."""

    title = "sample"
    width, height = 1440, 960
    contextual_alt_text = ""

    def __init__(self, alternative: str = "") -> None:
        self.contextual_alt_text = alternative

    def get_rendition(self, asked: Filter) -> SampleRendition:
        """The size asked for: ``width-960``, ``fill-640x360``."""
        size = re.search(r"-(\d+)(?:x(\d+))?", asked.spec)
        if size is None:
            raise ValueError(f"a sample has no {asked.spec}")
        width = int(size[1])
        return SampleRendition(width, int(size[2]) if size[2] else width * 2 // 3)

    def get_renditions(self, *asked: Filter) -> dict[str, SampleRendition]:
        """All of them by what was asked for."""
        return {one.spec: self.get_rendition(one) for one in asked}


@dataclass(frozen=True)
class SampleDocument:
    """A file of the library."""

    title: str
    file_extension: str
    file_size: int
    url: str = "#documents"
