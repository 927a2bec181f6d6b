"""The form blocks that editors drop into a page. A block is words; its row is rules.

They hold only what is translated. Identity comes from Wagtail's own ids, which wagtail-localize
keeps equal in every translation: the block's, each question's, each choice's. They stand at the top
level of a page's body, never nested: ``submissions.registry`` reads them there.
"""

from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.fields import heading_above
from submissions.models import Debate, FormBlock, Questionnaire
from submissions.question_blocks import QuestionsBlock


class FormStructBlock(blocks.StructBlock):
    """A block with a row behind it, of the model ``row_model``."""

    row_model: type[FormBlock]

    class Meta:
        group = _("Taking part")

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """As it is while the consultation is open."""
        from submissions.previews import open_row  # noqa: PLC0415 (it reads the blocks of pages)

        row = open_row(self.row_model, get_language() or "")
        return {**(parent_context or {}), "row": row}


class DebateBlock(FormStructBlock):
    """Citizens submit ideas and vote. Works as it is: every word has a default."""

    row_model = Debate

    title = heading_above(_("Left empty: “Your ideas”."))
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


class QuestionnaireBlock(FormStructBlock):
    """Experts and organisations answer the editor's questions."""

    row_model = Questionnaire

    title = heading_above(_("Left empty: “Your contribution”."))
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
            "What was answered is kept, whatever you change here; limits and rules are set on the "
            "questionnaire’s own page."
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
