"""The questions of a questionnaire, as editors write them: words only, one block a kind."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from submissions.models import QuestionKind
from submissions.question_samples import sample_of, shown_alone


class QuestionBlock(blocks.StructBlock):
    """What every question has. Its preview is the form that contributors see, with it alone."""

    label = blocks.CharBlock(
        label=_("Question"),
        max_length=500,
        help_text=_("One thing at a time, in words that everybody understands."),
    )
    help_text = blocks.TextBlock(
        label=_("Help"),
        required=False,
        default="",
        rows=2,
        help_text=_("What to say, or an example; it is shown under the question."),
    )

    class Meta:
        preview_template = "submissions/blocks/question_preview.html"

    def get_preview_value(self) -> Any:
        """A question of its kind."""
        return self.normalize(sample_of(self.name))

    def get_preview_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """With the form."""
        return {**(parent_context or {}), **shown_alone(self, value)}


class ChoiceQuestionBlock(QuestionBlock):
    """A question answered by ticking."""

    choices = blocks.ListBlock(
        blocks.CharBlock(label=pgettext_lazy("question", "Choice"), max_length=255),
        label=_("Choices"),
        min_num=2,
        help_text=_("One answer a line, in the order in which they are offered."),
    )


class RankingBlock(QuestionBlock):
    """A question answered by putting things in order."""

    choices = blocks.ListBlock(
        blocks.CharBlock(label=pgettext_lazy("question", "Choice"), max_length=255),
        label=pgettext_lazy("question", "What is put in order"),
        min_num=2,
        max_num=20,
        help_text=_("Two to twenty things; few people put more than seven in order."),
    )


class ScaleQuestionBlock(QuestionBlock):
    """A question answered by a point between two ends."""

    low_label = blocks.CharBlock(
        label=_("Lowest point"), max_length=100, help_text=_("Such as “Not at all”.")
    )
    high_label = blocks.CharBlock(
        label=_("Highest point"), max_length=100, help_text=_("Such as “Entirely”.")
    )


class MatrixBlock(QuestionBlock):
    """One question of several things, with the same answers for each."""

    choices = blocks.ListBlock(
        blocks.CharBlock(label=pgettext_lazy("matrix", "Line"), max_length=255),
        label=pgettext_lazy("matrix", "Lines"),
        min_num=1,
        max_num=20,
        help_text=_("What is asked about: one thing a line."),
    )
    columns = blocks.ListBlock(
        blocks.CharBlock(label=pgettext_lazy("matrix", "Column"), max_length=100),
        label=pgettext_lazy("matrix", "Columns"),
        min_num=2,
        max_num=7,
        help_text=_("The answers, the same for each line; five short ones fit a screen."),
    )


class NumberBlock(QuestionBlock):
    """A question answered by a figure."""

    unit = blocks.CharBlock(
        label=pgettext_lazy("number", "Unit"),
        required=False,
        default="",
        max_length=50,
        help_text=_("Shown after the figure, such as “€” or “people”."),
    )


class StatementBlock(QuestionBlock):
    """A text to read before going on."""

    label = blocks.CharBlock(
        label=_("Title"), max_length=500, help_text=_("What the text is about, in a few words.")
    )
    help_text = blocks.TextBlock(
        label=pgettext_lazy("statement", "Text"),
        required=False,
        default="",
        rows=5,
        help_text=_("An empty line begins a paragraph, “- ” a line of a list."),
    )


class SectionBlock(QuestionBlock):
    """The heading of a page of the form: all that stands below, up to the next one."""

    label = blocks.CharBlock(
        label=_("Title"),
        max_length=200,
        help_text=_("What is asked on this page of the form, in a few words."),
    )
    help_text = blocks.TextBlock(
        label=_("Introduction"),
        required=False,
        default="",
        rows=2,
        help_text=_("What this page is about, in a sentence or two."),
    )


class QuestionsBlock(blocks.StreamBlock):
    """The questions, in order. The block type is the kind of the question."""

    section = SectionBlock(
        label=QuestionKind.SECTION.label,
        icon="title",
        group=_("Parts of the form"),
        description=_("Begins a new page of the form, with a title of its own."),
    )
    statement = StatementBlock(
        label=QuestionKind.STATEMENT.label,
        icon="info-circle",
        group=_("Parts of the form"),
        description=_("Words to read before going on; nothing is asked."),
    )
    short_text = QuestionBlock(
        label=QuestionKind.SHORT_TEXT.label,
        icon="edit",
        group=pgettext_lazy("group of questions", "In words"),
        description=_("One line: a name, a title, a few words."),
    )
    long_text = QuestionBlock(
        label=QuestionKind.LONG_TEXT.label,
        icon="doc-full",
        group=pgettext_lazy("group of questions", "In words"),
        description=_("Paragraphs, with lists, bold, italic and links if need be."),
    )
    link = QuestionBlock(
        label=QuestionKind.LINK.label,
        icon="link",
        group=pgettext_lazy("group of questions", "In words"),
        description=_("The address of a page on the web."),
    )
    one_choice = ChoiceQuestionBlock(
        label=QuestionKind.ONE_CHOICE.label,
        icon="radio-full",
        group=pgettext_lazy("group of questions", "By choosing"),
        description=_("One answer of a list."),
    )
    several_choices = ChoiceQuestionBlock(
        label=QuestionKind.SEVERAL_CHOICES.label,
        icon="list-ul",
        group=pgettext_lazy("group of questions", "By choosing"),
        description=_("Any number of answers of a list, or a few at most."),
    )
    ranking = RankingBlock(
        label=QuestionKind.RANKING.label,
        icon="list-ol",
        group=pgettext_lazy("group of questions", "By choosing"),
        description=_("What comes first, second, third."),
    )
    scale = ScaleQuestionBlock(
        label=QuestionKind.SCALE.label,
        icon="order",
        group=pgettext_lazy("group of questions", "By choosing"),
        description=_("A point between two ends, such as “Not at all” and “Entirely”."),
    )
    matrix = MatrixBlock(
        label=QuestionKind.MATRIX.label,
        icon="table",
        group=pgettext_lazy("group of questions", "By choosing"),
        description=_("The same answers for several things, one a line."),
    )
    number = NumberBlock(
        label=QuestionKind.NUMBER.label,
        icon="decimal",
        group=pgettext_lazy("group of questions", "Facts"),
        description=_("A figure, with its unit."),
    )
    date = QuestionBlock(
        label=QuestionKind.DATE.label,
        icon="date",
        group=pgettext_lazy("group of questions", "Facts"),
        description=_("A day, month and year."),
    )
    file = QuestionBlock(
        label=QuestionKind.FILE.label,
        icon="upload",
        group=pgettext_lazy("group of questions", "Facts"),
        description=_("A document: PDF, Word or OpenDocument."),
    )


def words_of(value: Any) -> dict[str, Any]:
    """Everything a reader sees of one question block: the fields of a ``QuestionWording``."""
    return {
        "label": value["label"],
        "help_text": value.get("help_text") or "",
        "low_label": value.get("low_label") or "",
        "high_label": value.get("high_label") or "",
        "unit": value.get("unit") or "",
        "choices": {item.id: item.value for _column, item in items_of(value)},
    }


def items_of(value: Any) -> list[tuple[bool, Any]]:
    """The list items of a question in their order, each with whether it is a column of a matrix."""
    return [
        (name == "columns", item)
        for name in ("choices", "columns")
        if name in value
        for item in value[name].bound_blocks
    ]
