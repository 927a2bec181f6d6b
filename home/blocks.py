"""Blocks of the front pages: who asks, who supports, how to take part, whom to call."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from core.blocks import page_blocks
from core.blocks.fields import heading_above


class PartnerBlock(blocks.StructBlock):
    """One organisation."""

    name = blocks.CharBlock(
        label=_("Name"),
        max_length=150,
        help_text=_("As the organisation writes it; it is read aloud where a logo is shown."),
    )
    note = blocks.CharBlock(
        label=_("Note"),
        max_length=200,
        required=False,
        default="",
        help_text=_("What it does for the consultation, where that has to be said."),
    )
    url = blocks.URLBlock(
        label=_("Website"), required=False, help_text=_("Its own, to which name and logo lead.")
    )
    logo = ImageChooserBlock(
        label=_("Logo"),
        required=False,
        help_text=_("At least 480 pixels wide; without one, the name is shown."),
    )


class PartnersBlock(blocks.StructBlock):
    """Organisations with the same part in the consultation."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=255, help_text=_("Such as “Launched by” or “Supported by”.")
    )
    partners = blocks.ListBlock(
        PartnerBlock(),
        label=_("Organisations"),
        min_num=1,
        help_text=_("In the order in which they are shown."),
    )

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

    name = blocks.CharBlock(
        label=_("Name"), max_length=150, help_text=_("First name and last name.")
    )
    organisation = blocks.CharBlock(
        label=_("Organisation"),
        max_length=150,
        required=False,
        default="",
        help_text=_("For whom this person speaks."),
    )
    email = blocks.EmailBlock(
        label=_("E-mail address"), help_text=_("One that somebody reads every day.")
    )
    phone = blocks.CharBlock(
        label=_("Telephone"),
        max_length=40,
        required=False,
        default="",
        help_text=_("With the code of the country, such as +33 1 23 45 67 89."),
    )


class PressContactsBlock(blocks.StructBlock):
    """Whom journalists can reach."""

    title = heading_above(_("Left empty: “Press contacts”."))
    contacts = blocks.ListBlock(
        PressContactBlock(),
        label=_("Contacts"),
        min_num=1,
        help_text=_("People who expect journalists to call."),
    )

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

    title = blocks.CharBlock(
        label=_("Title"), max_length=120, help_text=_("What one can do: “Have your say”.")
    )
    text = blocks.TextBlock(
        label=_("Text"), rows=2, help_text=_("For whom it is, and what one does there.")
    )
    link_text = blocks.CharBlock(
        label=_("Words of the link"),
        max_length=80,
        help_text=_("What the reader will do, and how long it takes: “Have your say: 2 minutes”."),
    )
    page = blocks.PageChooserBlock(
        label=_("Page"), help_text=_("Where the link leads while the consultation is open.")
    )


class DoorsBlock(blocks.StructBlock):
    """The ways to take part, side by side."""

    title = heading_above()
    doors = blocks.ListBlock(
        DoorBlock(),
        label=_("Ways to take part"),
        min_num=1,
        max_num=3,
        help_text=_("One to three; the first stands out."),
    )

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


def _offered(left_out: str) -> list[tuple[str, Any]]:
    return [*(pair for pair in page_blocks() if pair[0] != left_out), *front_blocks()]


# Twelve at most, so that an editor sees them all at once.
def home_blocks() -> list[tuple[str, Any]]:
    """The blocks of the home page; what is shared is another page."""
    return _offered("share")


def text_blocks() -> list[tuple[str, Any]]:
    """The blocks of a page of text; figures stand on the home page and with their theme."""
    return _offered("key_figures")
