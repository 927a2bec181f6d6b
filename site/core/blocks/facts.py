"""Blocks of facts: figures and dates."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from core.blocks.fields import heading_above


class KeyFigureBlock(blocks.StructBlock):
    """One figure and what it counts."""

    figure = blocks.CharBlock(
        label=_("Figure"),
        max_length=30,
        help_text=_("As it is to be read, such as “11,661” or “3 in 4”."),
    )
    label = blocks.CharBlock(
        label=_("What it counts"),
        max_length=150,
        help_text=_("A few words that can be read after the figure."),
    )


class KeyFiguresBlock(blocks.StructBlock):
    """A few figures, with their source."""

    title = heading_above()
    figures = blocks.ListBlock(
        KeyFigureBlock(),
        label=_("Figures"),
        min_num=1,
        max_num=6,
        help_text=_("One to six, the most telling first."),
    )
    source = blocks.CharBlock(
        label=_("Source"),
        max_length=255,
        required=False,
        default="",
        help_text=_("Who counted, and when."),
    )

    class Meta:
        icon = "table"
        label = pgettext_lazy("block", "Key figures")
        description = _("Up to six figures, each with what it counts, and their source.")
        group = _("Facts")
        template = "core/blocks/key_figures.html"
        preview_value = {
            "title": _("In figures"),
            "figures": [
                {"figure": "11,661", "label": _("people took part")},
                {"figure": "649", "label": _("ideas were put forward")},
                {"figure": "202", "label": _("organisations contributed")},
            ],
            "source": _("the organisation that counted, and when"),
        }


class MomentBlock(blocks.StructBlock):
    """One step of a timeline, its date in words (“Autumn 2024”)."""

    when = blocks.CharBlock(
        label=_("When"),
        max_length=80,
        help_text=_("A date, or a season in words: “Autumn 2026”."),
    )
    what = blocks.TextBlock(
        label=_("What happens"), rows=2, help_text=_("One sentence on this step.")
    )


class TimelineBlock(blocks.StructBlock):
    """Steps in their order."""

    title = heading_above()
    moments = blocks.ListBlock(
        MomentBlock(),
        label=_("Steps"),
        min_num=1,
        help_text=_("In the order in which they happen."),
    )

    class Meta:
        icon = "calendar-alt"
        label = pgettext_lazy("block", "Timeline")
        description = _("The steps of the consultation, in order.")
        group = _("Facts")
        template = "core/blocks/timeline.html"
        preview_value = {
            "title": _("What happens when"),
            "moments": [
                {"when": _("Autumn"), "what": _("The consultation is open.")},
                {"when": _("Winter"), "what": _("The synthesis is published.")},
            ],
        }
