"""Blocks of words."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.rich_text import RichText

from core.alternates import own_name
from core.blocks.fields import heading_above
from core.blocks.linked_documents import restored, segments_in

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Running text, typeset for its language at output."""

    def get_translatable_segments(self, value: RichText) -> list[Any]:
        """Asked by wagtail-localize: documents that it links to are offered to translators, too."""
        return segments_in(value)

    def restore_translated_segments(self, _value: RichText, segments: list[Any]) -> RichText:
        """Asked by wagtail-localize, of what the one above gave."""
        return restored(segments)

    class Meta:
        icon = "pilcrow"
        label = pgettext_lazy("block", "Text")
        description = _("Paragraphs, headings, lists and links.")
        group = pgettext_lazy("group of blocks", "Words")
        template = "core/blocks/text.html"
        preview_value = _(
            "<h2>A heading</h2><p>A paragraph of text, with what readers need to know and "
            "<b>what matters most</b>.</p><ul><li>One point</li><li>Another point</li></ul>"
        )


def rich_text_block() -> TextBlock:
    """Text with the features that our pages style, and no others. Left empty, it shows nothing."""
    return TextBlock(
        features=RICH_TEXT_FEATURES,
        required=False,
        help_text=_("Short paragraphs; a heading every few of them helps readers find their way."),
    )


def quoted_languages() -> list[tuple[str, str]]:
    """The languages of the site, each as its readers call it."""
    return [(code, own_name(code)) for code, _name in settings.LANGUAGES]


class StatementBlock(blocks.StructBlock):
    """What somebody says, with who they are."""

    words = blocks.TextBlock(
        label=pgettext_lazy("statement", "Words"),
        rows=3,
        help_text=_("What was said, in a few sentences and without quotation marks."),
    )
    language = blocks.ChoiceBlock(
        label=_("Language of the words"),
        choices=quoted_languages,
        required=False,
        default="",
        help_text=_("Only where they are quoted in another language than that of the page."),
    )
    person = blocks.CharBlock(
        label=_("Person"), max_length=120, help_text=_("First name and last name.")
    )
    role = blocks.CharBlock(
        label=_("Role"),
        max_length=200,
        required=False,
        default="",
        help_text=_("What they do, and for which organisation."),
    )

    class Meta:
        icon = "openquote"
        label = pgettext_lazy("block", "Statement")
        description = _("What a partner or an official says, with name and role.")
        group = pgettext_lazy("group of blocks", "Words")
        template = "core/blocks/statement.html"
        preview_value = {
            "words": _("This consultation is for everyone."),
            "person": _("First name Last name"),
            "role": _("Role, organisation"),
        }


class QuestionAnswerBlock(blocks.StructBlock):
    """One question that readers ask."""

    question = blocks.CharBlock(
        label=_("Question"), max_length=255, help_text=_("As a reader would ask it.")
    )
    answer = blocks.RichTextBlock(
        label=_("Answer"),
        features=["bold", "italic", "ul", "link"],
        help_text=_("A few sentences, which open when the question is pressed."),
    )


class QuestionsAnswersBlock(blocks.StructBlock):
    """What readers ask, each answer one click away."""

    title = heading_above()
    pairs = blocks.ListBlock(
        QuestionAnswerBlock(),
        label=_("Questions and answers"),
        min_num=1,
        help_text=_("The most frequent question first."),
    )

    class Meta:
        icon = "help"
        label = pgettext_lazy("block", "Questions and answers")
        description = _("Questions that readers ask; each opens on its answer.")
        group = pgettext_lazy("group of blocks", "Words")
        template = "core/blocks/questions_answers.html"
        preview_value = {
            "title": _("Your questions"),
            "pairs": [
                {
                    "question": _("Who can take part?"),
                    "answer": _("<p>Everyone, in either language.</p>"),
                }
            ],
        }


class CallToActionBlock(blocks.StructBlock):
    """One thing to do next."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=255,
        help_text=_("What there is to do or to read, in a few words."),
    )
    text = blocks.TextBlock(
        label=_("Text"),
        rows=2,
        required=False,
        default="",
        help_text=_("One sentence that says why, or for whom."),
    )
    link_text = blocks.CharBlock(
        label=_("Words of the link"),
        max_length=80,
        help_text=_("Say what the reader will do: “Read the summary”, not “Click here”."),
    )
    page = blocks.PageChooserBlock(
        label=_("Page"),
        required=False,
        help_text=_("A page of this site; each reader is led to it in their language."),
    )
    url = blocks.URLBlock(
        label=_("Address elsewhere"), required=False, help_text=_("Used when no page is chosen.")
    )

    class Meta:
        icon = "link"
        label = pgettext_lazy("block", "Call to action")
        description = _("A short text and one link that stands out.")
        group = pgettext_lazy("group of blocks", "Words")
        template = "core/blocks/call_to_action.html"
        preview_value = {
            "title": _("To know more"),
            "text": _("The summary says what was proposed, in ten pages."),
            "link_text": _("Read the summary"),
            "url": "https://example.org/",
        }

    def clean(self, value: Any) -> Any:
        """A call leads somewhere."""
        cleaned = super().clean(value)
        if not cleaned.get("page") and not cleaned.get("url"):
            message = ValidationError(_("Choose a page, or give an address elsewhere."))
            raise blocks.StructBlockValidationError(block_errors={"page": message})
        return cleaned
