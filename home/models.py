"""The front of the site: the home page, and pages of text."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.alternates import local_home
from core.checks.panel import ChecksPanel
from core.models import BasePage
from home.blocks import home_blocks, text_blocks
from home.legal.identity import states_accessibility
from home.site_map import site_map
from themes.models import ThemeIndexPage, ThemePage


class HomePage(BasePage):
    """What is asked, by whom, until when, and the two ways in. Its title is the site's name."""

    question = models.CharField(
        _("question"), max_length=255, help_text=_("What the consultation asks, in one sentence.")
    )
    introduction = models.TextField(
        _("introduction"), help_text=_("Who asks, and what will be done with the answers, by when.")
    )
    body = StreamField(home_blocks(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("question"), FieldPanel("introduction")],
            _("Opening"),
            help_text=_("The first thing that visitors read."),
        ),
        FieldPanel(
            "body",
            help_text=_("What readers see, block by block; a plus sign adds one."),
        ),
        ChecksPanel(),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("question"),
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["home.StandardPage", "themes.ThemeIndexPage"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def share_words(self) -> str:
        """The question: the title is the site's name, which every picture bears."""
        return self.question

    @property
    def share_sentences(self) -> str:
        """What stands under the title."""
        return self.introduction

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The themes, in their order."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        index = ThemeIndexPage.objects.child_of(self).live().first()
        context["theme_index"] = index
        context["themes"] = ThemePage.cards(index) if index else ThemePage.objects.none()
        return context


class StandardPage(BasePage):
    """A page of text: the announcement, how it works, the legal pages."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(text_blocks(), verbose_name=_("body"), blank=True)
    menu_label = models.CharField(
        _("label in menus"),
        max_length=40,
        blank=True,
        help_text=_("A few words for the menu, where the title is long."),
    )
    in_footer = models.BooleanField(
        _("in the footer"),
        default=False,
        help_text=_("Legal pages stand at the foot of every page."),
    )
    site_map = models.BooleanField(
        _("site map"),
        default=False,
        help_text=_("Lists every page of the site below the text."),
    )

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel(
            "introduction",
            help_text=_("One or two sentences under the title, and where the page is shared."),
        ),
        FieldPanel(
            "body",
            help_text=_("What readers see, block by block; a plus sign adds one."),
        ),
        ChecksPanel(),
    ]
    promote_panels: ClassVar = [
        *BasePage.promote_panels,
        MultiFieldPanel(
            [FieldPanel("menu_label"), FieldPanel("in_footer"), FieldPanel("site_map")],
            _("On this site"),
            help_text=_("Where a page of text is linked from, and what it lists."),
        ),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar = ["home.HomePage", "home.StandardPage", "themes.ThemePage"]
    subpage_types: ClassVar = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    @property
    def share_sentences(self) -> str:
        """What stands under the title."""
        return self.introduction

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The tree of pages, where this page lists them; on the statement, what it states."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if self.site_map:
            context["site_map"] = site_map(request)
        context["states_accessibility"] = states_accessibility(self, local_home(request))
        return context
