"""A video: a file of the library, or a page elsewhere. Nothing is asked for by itself."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

# What every browser plays, by the ending of the file's name.
PLAYED = {"mp4": "video/mp4", "webm": "video/webm"}
CAPTIONS = "vtt"


class VideoValue(blocks.StructValue):
    """What the template asks of a video."""

    @property
    def media_type(self) -> str:
        """Of the file; empty where it was deleted, or is no video."""
        file = self.get("file")
        return PLAYED.get(file.file_extension.lower(), "") if file else ""

    @property
    def host(self) -> str:
        """The site that a link leads to."""
        return urlsplit(self.get("url") or "").hostname or ""


class VideoBlock(blocks.StructBlock):
    """A video with captions and a transcript; one that stands elsewhere is a link."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=255, help_text=_("What the video shows, and who speaks.")
    )
    file = DocumentChooserBlock(
        label=pgettext_lazy("video", "Video file"),
        required=False,
        help_text=_("An MP4 or WebM file put among the documents, which plays on the page."),
    )
    captions = DocumentChooserBlock(
        label=pgettext_lazy("video", "Captions"),
        required=False,
        help_text=_("A WebVTT file (.vtt) in the language of this page, for who can’t hear."),
    )
    url = blocks.URLBlock(
        label=_("Address elsewhere"),
        required=False,
        help_text=_("Used when no file is chosen: a link that opens the other site."),
    )
    transcript = blocks.RichTextBlock(
        label=pgettext_lazy("video", "Transcript"),
        required=False,
        features=["bold", "italic", "ul", "link"],
        help_text=_("All that is said, and what is seen where it matters."),
    )

    class Meta:
        icon = "media"
        label = pgettext_lazy("block", "Video")
        description = _("A video with captions and transcript; nothing plays by itself.")
        group = _("Media")
        template = "core/blocks/video.html"
        value_class = VideoValue
        preview_value = {
            "title": _("A word of welcome"),
            "url": "https://example.org/video",
            "transcript": _("<p>Everything that is said stands here in writing.</p>"),
        }

    def clean(self, value: Any) -> Any:
        """There is something to watch, and a browser can play it."""
        cleaned = super().clean(value)
        file, captions = cleaned.get("file"), cleaned.get("captions")
        wrong: dict[str, Any] = {}
        if not file and not cleaned.get("url"):
            wrong["file"] = _("Choose a file, or give an address elsewhere.")
        elif file and file.file_extension.lower() not in PLAYED:
            wrong["file"] = _("Browsers can’t play this file. Choose an MP4 or a WebM file.")
        if captions and captions.file_extension.lower() != CAPTIONS:
            wrong["captions"] = _("Captions are a WebVTT file, whose name ends with “.vtt”.")
        if wrong:
            raise blocks.StructBlockValidationError(
                block_errors={name: ValidationError(said) for name, said in wrong.items()}
            )
        return cleaned
