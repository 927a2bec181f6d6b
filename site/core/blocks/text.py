"""Blocks of words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Running text, typeset for its language at output."""

    class Meta:
        icon = "pilcrow"
        label = pgettext_lazy("block", "Text")
        description = _("Paragraphs, headings, lists and links.")
        group = pgettext_lazy("group of blocks", "Words")
        template = "core/blocks/text.html"
        preview_value = _("<p>A paragraph of text, with what readers need to know.</p>")


def rich_text_block() -> TextBlock:
    """Text with the features that our pages style, and no others."""
    return TextBlock(features=RICH_TEXT_FEATURES)


class StatementBlock(blocks.StructBlock):
    """What somebody says, with who they are."""

    words = blocks.TextBlock(label=pgettext_lazy("statement", "Words"), rows=3)
    person = blocks.CharBlock(label=_("Person"), max_length=120)
    role = blocks.CharBlock(label=_("Role"), max_length=200, required=False, default="")

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

    question = blocks.CharBlock(label=_("Question"), max_length=255)
    answer = blocks.RichTextBlock(label=_("Answer"), features=["bold", "italic", "ul", "link"])


class QuestionsAnswersBlock(blocks.StructBlock):
    """What readers ask, each answer one click away."""

    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False, default="")
    pairs = blocks.ListBlock(QuestionAnswerBlock(), label=_("Questions and answers"), min_num=1)

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

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False, default="")
    link_text = blocks.CharBlock(
        label=_("Words of the link"),
        max_length=80,
        help_text=_("Say what the reader will do: “Read the summary”, not “Click here”."),
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
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
