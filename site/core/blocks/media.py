"""Blocks of pictures and files."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    """A picture with its text alternative, a caption and a credit."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=255, required=False, default="")
    credit = blocks.CharBlock(label=_("Credit"), max_length=255, required=False, default="")

    class Meta:
        icon = "image"
        label = pgettext_lazy("block", "Picture")
        description = _("A picture with its text alternative, a caption and a credit.")
        group = _("Media")
        template = "core/blocks/picture.html"

    def get_preview_value(self) -> Any:
        """The newest picture of the library, if there is one."""
        return self.normalize(
            {
                "image": get_image_model().objects.order_by("-pk").first(),
                "caption": _("What the picture shows"),
                "credit": _("Who took or drew it"),
            }
        )


class DocumentsBlock(blocks.StructBlock):
    """Files to download."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False, default="")
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full-inverse"
        label = pgettext_lazy("block", "Documents")
        description = _("Files to download, with their type and size.")
        group = _("Media")
        template = "core/blocks/documents.html"

    def get_preview_value(self) -> Any:
        """The newest files of the library."""
        newest = get_document_model().objects.order_by("-pk")[:2]
        return self.normalize({"title": _("Documents"), "documents": list(newest)})
