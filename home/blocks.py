"""Blocks of the front pages: who asks, who supports, how to take part, whom to call."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page


class PartnerBlock(blocks.StructBlock):
    """One organisation."""

    name = blocks.CharBlock(label=_("Name"), max_length=150)
    note = blocks.CharBlock(label=_("Note"), max_length=200, required=False, default="")
    url = blocks.URLBlock(label=_("Website"), required=False)
    logo = ImageChooserBlock(label=_("Logo"), required=False)


class PartnersBlock(blocks.StructBlock):
    """Organisations with the same part in the consultation."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=255, help_text=_("Such as “Launched by” or “Supported by”.")
    )
    partners = blocks.ListBlock(PartnerBlock(), label=_("Organisations"), min_num=1)

    class Meta:
        icon = "globe"
        label = pgettext_lazy("block", "Partners")
        description = _("Organisations that launch or support the consultation.")
        group = _("The consultation")
        template = "home/blocks/partners.html"
        preview_value = {
            "title": _("Launched by"),
            "partners": [{"name": _("One organisation")}, {"name": _("Another organisation")}],
        }


class PressContactBlock(blocks.StructBlock):
    """One person whom journalists can reach."""

    name = blocks.CharBlock(label=_("Name"), max_length=150)
    organisation = blocks.CharBlock(
        label=_("Organisation"), max_length=150, required=False, default=""
    )
    email = blocks.EmailBlock(label=_("E-mail address"))
    phone = blocks.CharBlock(label=_("Telephone"), max_length=40, required=False, default="")


class PressContactsBlock(blocks.StructBlock):
    """Whom journalists can reach."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False, default="")
    contacts = blocks.ListBlock(PressContactBlock(), label=_("Contacts"), min_num=1)

    class Meta:
        icon = "mail"
        label = pgettext_lazy("block", "Press contacts")
        description = _("Names and addresses for journalists.")
        group = _("The consultation")
        template = "home/blocks/press_contacts.html"
        preview_value = {
            "title": _("Press contacts"),
            "contacts": [
                {
                    "name": _("First name Last name"),
                    "organisation": _("Organisation"),
                    "email": "press@example.org",
                }
            ],
        }


class DoorBlock(blocks.StructBlock):
    """One way to take part."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=2)
    link_text = blocks.CharBlock(label=_("Words of the link"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"))


class DoorsBlock(blocks.StructBlock):
    """The ways to take part, side by side."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False, default="")
    doors = blocks.ListBlock(DoorBlock(), label=_("Ways to take part"), min_num=1, max_num=3)

    class Meta:
        icon = "login"
        label = pgettext_lazy("block", "Ways to take part")
        description = _("One card for citizens, one for experts, each with its link.")
        group = _("The consultation")
        template = "home/blocks/doors.html"

    def get_preview_value(self) -> Any:
        """Both ways in; the links lead to the site's first page."""
        home = Page.objects.filter(depth=2).first()
        doors = [
            {
                "title": _("Have your say"),
                "text": _("Read what others propose, vote, and put forward an idea."),
                "link_text": _("Have your say: 2 minutes"),
                "page": home,
            },
            {
                "title": _("Contribute as an expert"),
                "text": _("Answer the questions of one or more themes in writing."),
                "link_text": _("Contribute in writing"),
                "page": home,
            },
        ]
        return self.normalize({"doors": doors})


def front_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks that only front pages offer."""
    return [
        ("doors", DoorsBlock()),
        ("partners", PartnersBlock()),
        ("press_contacts", PressContactsBlock()),
    ]
