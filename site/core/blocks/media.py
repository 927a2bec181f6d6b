"""Blocks of pictures and files."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from core.blocks.fields import heading_above
from core.blocks.samples import SampleDocument, SampleImage


class DescribedImageBlock(ImageBlock):
    """Wagtail's picture with its alternative, each part with a word of help."""

    HELP: ClassVar = {
        "image": _("One of the library, at least 1,440 pixels wide."),
        "decorative": _("Tick it where the picture says nothing that the text does not."),
        "alt_text": _("What it shows, in a sentence, for somebody who can’t see it."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, said in self.HELP.items():
            self.child_blocks[name].field.help_text = said


class PictureBlock(blocks.StructBlock):
    """A picture with its text alternative, a caption and a credit."""

    image = DescribedImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(
        label=_("Caption"),
        max_length=255,
        required=False,
        default="",
        help_text=_("Shown under the picture: who, where and when."),
    )
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=255,
        required=False,
        default="",
        help_text=_("Who took or drew it, and under which licence."),
    )

    class Meta:
        icon = "image"
        label = pgettext_lazy("block", "Picture")
        description = _("A picture with its text alternative, a caption and a credit.")
        group = _("Media")
        template = "core/blocks/picture.html"

    def get_preview_value(self) -> Any:
        """A drawing of no library: what stands in a collection is not everybody's to see."""
        said = {"caption": _("What the picture shows"), "credit": _("Who took or drew it")}
        alternative = str(_("What it shows, in a sentence"))
        return blocks.StructValue(self, {"image": SampleImage(alternative), **said})


class DocumentsBlock(blocks.StructBlock):
    """Files to download."""

    title = heading_above()
    documents = blocks.ListBlock(
        DocumentChooserBlock(),
        label=_("Documents"),
        min_num=1,
        help_text=_("Files of the library, shown with their title, type and size."),
    )

    class Meta:
        icon = "doc-full-inverse"
        label = pgettext_lazy("block", "Documents")
        description = _("Files to download, with their type and size.")
        group = _("Media")
        template = "core/blocks/documents.html"

    def get_preview_value(self) -> Any:
        """Two files of no library: what stands in a collection is not everybody's to see."""
        files = [
            SampleDocument(str(_("The synthesis")), "pdf", 1_240_000),
            SampleDocument(str(_("The figures behind it")), "csv", 82_000),
        ]
        return blocks.StructValue(self, {"title": _("Documents"), "documents": files})
