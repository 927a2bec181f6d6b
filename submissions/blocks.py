"""The form blocks that editors drop into a page. A block is words; its row is rules.

They hold only what is translated. Identity comes from Wagtail's own ids, which wagtail-localize
keeps equal in every translation: the block's, each question's, each choice's. They stand at the top
level of a page's body, never nested: ``submissions.registry`` reads them there.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from submissions.models import Debate, FormBlock, QuestionKind, Questionnaire


class FormStructBlock(blocks.StructBlock):
    """A block with a row behind it, of the model ``row_model``."""

    row_model: type[FormBlock]

    class Meta:
        group = _("Taking part")


class DebateBlock(FormStructBlock):
    """Citizens submit ideas and vote. Works as it is: every word has a default."""

    row_model = Debate

    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        default="",
        max_length=255,
        help_text=_("Left empty: “Your ideas”."),
    )
    invitation = blocks.TextBlock(
        label=_("Invitation"),
        required=False,
        default="",
        rows=2,
        help_text=_("One or two sentences that ask for ideas on this theme."),
    )

    class Meta:
        icon = "group"
        label = pgettext_lazy("block", "Debate")
        description = _("Citizens submit ideas and vote on those of others.")
        preview_value = {
            "title": _("Your ideas"),
            "invitation": _("What should be done first? Say it in one sentence."),
        }
        template = "submissions/blocks/debate.html"


class QuestionBlock(blocks.StructBlock):
    """What every question has."""

    label = blocks.CharBlock(label=_("Question"), max_length=500)
    help_text = blocks.TextBlock(
        label=_("Help"),
        required=False,
        default="",
        rows=2,
        help_text=_("What to say, or an example. Shown under the question."),
    )


class ChoiceQuestionBlock(QuestionBlock):
    """A question answered by ticking."""

    choices = blocks.ListBlock(
        blocks.CharBlock(label=pgettext_lazy("question", "Choice"), max_length=255),
        label=_("Choices"),
        min_num=2,
    )


class ScaleQuestionBlock(QuestionBlock):
    """A question answered by a point between two ends."""

    low_label = blocks.CharBlock(
        label=_("Lowest point"), max_length=100, help_text=_("Such as “Not at all”.")
    )
    high_label = blocks.CharBlock(
        label=_("Highest point"), max_length=100, help_text=_("Such as “Entirely”.")
    )


class QuestionsBlock(blocks.StreamBlock):
    """The questions, in order. The block type is the kind of the question."""

    short_text = QuestionBlock(label=QuestionKind.SHORT_TEXT.label, icon="edit")
    long_text = QuestionBlock(label=QuestionKind.LONG_TEXT.label, icon="doc-full")
    one_choice = ChoiceQuestionBlock(label=QuestionKind.ONE_CHOICE.label, icon="radio-full")
    several_choices = ChoiceQuestionBlock(label=QuestionKind.SEVERAL_CHOICES.label, icon="list-ul")
    scale = ScaleQuestionBlock(label=QuestionKind.SCALE.label, icon="order")


class QuestionnaireBlock(FormStructBlock):
    """Experts and organisations answer the editor's questions."""

    row_model = Questionnaire

    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        default="",
        max_length=255,
        help_text=_("Left empty: “Your contribution”."),
    )
    introduction = blocks.TextBlock(
        label=_("Introduction"),
        required=False,
        default="",
        rows=3,
        help_text=_("Who is asked, and what will be done with the answers."),
    )
    questions = QuestionsBlock(
        label=_("Questions"),
        min_num=1,
        default=[("long_text", {"label": _("What do you propose on this theme, and why?")})],
        help_text=_(
            "A question that has been answered keeps its answers, whatever you do here. "
            "Limits and rules are set on the questionnaire’s own page."
        ),
    )

    class Meta:
        icon = "form"
        label = pgettext_lazy("block", "Questionnaire")
        description = _("Experts and organisations send a written contribution.")
        preview_value = {
            "title": _("Your contribution"),
            "introduction": _("For researchers, institutes and organisations."),
            "questions": [
                {
                    "type": "long_text",
                    "value": {"label": _("What do you propose on this theme, and why?")},
                }
            ],
        }
        template = "submissions/blocks/questionnaire.html"


def form_block_types() -> list[tuple[str, blocks.Block]]:
    """The form blocks, for the body of a page type that takes part in the consultation."""
    return [("debate", DebateBlock()), ("questionnaire", QuestionnaireBlock())]


def words_of(value: Any) -> dict[str, Any]:
    """Everything a reader sees of one question block: the fields of a ``QuestionWording``."""
    return {
        "label": value["label"],
        "help_text": value.get("help_text") or "",
        "low_label": value.get("low_label") or "",
        "high_label": value.get("high_label") or "",
        "choices": {child.id: child.value for child in value["choices"].bound_blocks}
        if "choices" in value
        else {},
    }
