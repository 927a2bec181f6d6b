"""The panels that every page has in its editor, each with a word of help for who writes it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    Panel,
    PublishingPanel,
    TitleFieldPanel,
)


class SchedulingPanel(PublishingPanel):
    """Wagtail's dates of publication, which say nothing of whose time it is."""

    HELP = (
        _("Time of the site: the page goes public by itself then, in this language alone."),
        _("Time of the site: the page comes down by itself then, and its forms close."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for panel, said in zip(self.children, self.HELP, strict=True):
            panel.help_text = said


def content_panels() -> list[Panel]:
    """What comes first on every page."""
    return [
        TitleFieldPanel(
            "title", help_text=_("What the page is called, at its head, in lists and in search.")
        )
    ]


def promote_panels() -> list[Panel]:
    """How a page is found."""
    return [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text=_("The end of the page’s address, made of its title by itself."),
                ),
                FieldPanel(
                    "seo_title",
                    help_text=_("A shorter title for search engines and shared links, if need be."),
                ),
                FieldPanel(
                    "search_description",
                    help_text=_("One sentence that search engines and shared links show below it."),
                ),
            ],
            _("For search engines"),
            help_text=_("How the page is shown where it is found or shared."),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "show_in_menus",
                    help_text=_("Puts a page below the home page into the menu on top of each."),
                )
            ],
            _("For site menus"),
            help_text=_("Where the site’s own navigation leads to it."),
        ),
    ]


def settings_panels() -> list[Panel]:
    """When a page is public, and what colleagues say of it."""
    return [SchedulingPanel(), CommentPanel()]
