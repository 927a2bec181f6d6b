"""Theme pages: what the consultation asks about, and the forms to answer."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.blocks import page_blocks
from core.checks.panel import ChecksPanel
from core.models import BasePage
from core.optional_pictures import OfferedPicture, OptionalPictureField
from submissions.blocks import form_block_types
from submissions.edit_panels import FormBlocksPanel
from submissions.previews import rows_for
from submissions.questionnaires.preview import preview_drafted
from submissions.questionnaires.shown import questionnaire_blocks
from themes.accent_choice import AccentChoice
from themes.page_form import ThemePageForm

QUESTIONNAIRE = "questionnaire"  # a mode of preview


class Accent(models.TextChoices):
    """The colour of a theme; each is legible on light and on dark."""

    INDIGO = "indigo", pgettext_lazy("colour", "Indigo")
    TEAL = "teal", pgettext_lazy("colour", "Teal")
    OCHRE = "ochre", pgettext_lazy("colour", "Ochre")
    PLUM = "plum", pgettext_lazy("colour", "Plum")
    FOREST = "forest", pgettext_lazy("colour", "Forest")


class ThemeIndexPage(BasePage):
    """The list of themes."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel(
            "introduction",
            help_text=_("One or two sentences under the title, and where the page is shared."),
        ),
        ChecksPanel(),
    ]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("introduction")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["themes.ThemePage"]
    max_count_per_parent = 1
    template = "themes/theme_index_page.html"

    class Meta:
        verbose_name = _("list of themes")
        verbose_name_plural = _("lists of themes")

    @property
    def share_sentences(self) -> str:
        """What stands under the title."""
        return self.introduction

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The themes in their order, each with its picture."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["themes"] = ThemePage.cards(self)
        return context


class ThemePage(BasePage):
    """One theme: context, questions, and the forms through which people answer."""

    summary = models.TextField(
        _("summary"),
        max_length=300,
        help_text=_("One or two sentences, shown on the list of themes and under the title."),
    )
    accent = models.CharField(_("colour"), max_length=10, choices=Accent, default=Accent.INDIGO)
    picture = OptionalPictureField(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Decorative: it says nothing that the text does not."),
    )
    body = StreamField([*page_blocks(), *form_block_types()], verbose_name=_("body"), blank=True)

    base_form_class = ThemePageForm
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "accent",
                    widget=AccentChoice,
                    help_text=_("One colour a theme, by which readers tell them apart."),
                ),
                FieldPanel(
                    "picture",
                    help_text=_(
                        "Decorative, at least 1,080 × 720 pixels, and cropped around the focal "
                        "point that you set on it."
                    ),
                ),
            ],
            _("Look"),
            help_text=_("How the theme stands out on lists and where it is shared."),
        ),
        FormBlocksPanel(),
        FieldPanel(
            "body",
            help_text=_("What readers see, block by block; a plus sign adds one."),
        ),
        ChecksPanel(),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    override_translatable_fields: ClassVar = [
        SynchronizedField("accent"),
        OfferedPicture("picture"),
        TranslatableField("slug"),
    ]
    parent_page_types: ClassVar = ["themes.ThemeIndexPage"]
    subpage_types: ClassVar = ["home.StandardPage"]
    template = "themes/theme_page.html"

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The page; and the form of its questionnaire, in the words that the editor has so far."""
        modes: list[tuple[str, Any]] = list(super().preview_modes)
        if questionnaire_blocks(self):
            modes.append((QUESTIONNAIRE, pgettext_lazy("preview", "Questionnaire")))
        return modes

    def serve_preview(self, request: HttpRequest, mode_name: str | None) -> HttpResponse:
        """One of those."""
        if mode_name == QUESTIONNAIRE:
            return preview_drafted(request, self)
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response

    @classmethod
    def cards(cls, parent: Page) -> models.QuerySet["ThemePage"]:
        """The live themes under ``parent``, without their bodies, for a list."""
        return (
            cls.objects.child_of(parent)
            .live()
            .defer_streamfields()
            .select_related("picture")
            .prefetch_related("picture__renditions")
        )

    @property
    def share_sentences(self) -> str:
        """What stands under the title."""
        return self.summary

    @property
    def share_accent(self) -> str:
        """The theme's own colour."""
        return self.accent

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The rows behind the form blocks, by block id: a block can't learn its id by itself."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["form_rows"] = rows_for(self, request)
        return context
