"""Sharing a page, without trackers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from core.blocks.fields import heading_above


class ShareBlock(blocks.StructBlock):
    """Ways to share this page, without trackers."""

    title = heading_above(_("Left empty: “Share this page”."))

    class Meta:
        icon = "resubmit"
        label = pgettext_lazy("block", "Share")
        description = _("Links that share this page, without trackers.")
        group = pgettext_lazy("group of blocks", "Words")
        template = "core/blocks/share.html"
        preview_value = {"title": _("Share this page")}
