"""The rules of one question: which its kind has, and the form that sets them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from submissions.models import (
    NOT_ANSWERED,
    WITH_CHOICES,
    AnswerPublication,
    Choice,
    Question,
    QuestionKind,
)

# From the most to the least that is published.
STRICTER: list[str] = [
    AnswerPublication.WITH_THE_REST,
    AnswerPublication.ASKED,
    AnswerPublication.NEVER,
]
LONGEST_LABEL = 90
OF_KIND: dict[str, tuple[str, ...]] = {
    QuestionKind.LONG_TEXT: ("word_limit",),
    QuestionKind.ONE_CHOICE: ("other",),
    QuestionKind.SEVERAL_CHOICES: ("other", "most_choices"),
    QuestionKind.RANKING: ("most_choices",),
    QuestionKind.SCALE: ("scale_points",),
    QuestionKind.NUMBER: ("lowest", "highest"),
}
HELP = {
    "required": gettext_lazy(
        "Nobody can send the contribution without an answer. Better left optional: people skip, or"
        " leave."
    ),
    "word_limit": gettext_lazy("The longest answer that is taken, in words."),
    "scale_points": gettext_lazy("How many points stand between the two ends, these included."),
    "other": gettext_lazy("Adds “Other, say which” to the choices, with a line to write."),
    "most_choices": gettext_lazy("How many may be ticked, or ranked. Empty: all."),
    "lowest": gettext_lazy("A smaller number is refused. Empty: any."),
    "highest": gettext_lazy("A greater number is refused. Empty: any."),
    "publication": gettext_lazy(
        "What becomes public of this answer when its author agreed to publication."
    ),
    "follows": gettext_lazy(
        "Asked only of those who ticked one of these choices of an earlier question. Nothing"
        " ticked: asked of everybody."
    ),
}


def rules_of(kind: str) -> tuple[str, ...]:
    """The rules that a question of this kind has: names of fields of ``Question``."""
    if kind == QuestionKind.SECTION:
        return ()
    if kind in NOT_ANSWERED:
        return ("follows",)
    return ("required", *OF_KIND.get(kind, ()), "publication", "follows")


@cache
def panel_of(kind: str) -> Panel:
    """The form of a question of this kind, in the admin."""
    named = rules_of(kind)
    own = [FieldPanel(name) for name in OF_KIND.get(kind, ())]
    parts: list[Panel] = []
    if "required" in named:
        parts.append(
            MultiFieldPanel(
                [FieldPanel("required"), FieldRowPanel(own)] if own else [FieldPanel("required")],
                heading=gettext_lazy("The answer"),
            )
        )
        parts.append(
            MultiFieldPanel(
                [FieldPanel("publication", widget=forms.RadioSelect)],
                heading=gettext_lazy("What is published"),
            )
        )
    if "follows" in named:
        parts.append(
            MultiFieldPanel(
                [FieldPanel("follows", widget=forms.CheckboxSelectMultiple)],
                heading=gettext_lazy("Of whom it is asked"),
            )
        )
    return ObjectList(parts, base_form_class=RulesForm).bind_to_model(Question)


class RulesForm(WagtailAdminModelForm):
    """Rules of a question, judged together; what was promised to those who answered is kept."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        question: Question = self.instance
        for name, field in self.fields.items():
            field.help_text = HELP[name]
        for bound in ("lowest", "highest"):  # 2.5, not 2.500000
            if (value := getattr(question, bound)) is not None:
                self.initial[bound] = f"{value.normalize():f}"
        if "follows" in self.fields:
            self._offer_conditions(question)
        if is_answered(question):
            self._keep_promises(question)

    def _offer_conditions(self, question: Question) -> None:
        """Choices of earlier questions; what is set and gone by now can be unticked."""
        offered = conditions_for(question)
        field: Any = self.fields["follows"]
        field.queryset = Choice.objects.filter(
            pk__in=[choice.pk for _earlier, choices in offered for choice in choices]
        )
        field.choices = [
            (
                Truncator(str(earlier)).chars(LONGEST_LABEL),
                [(choice.pk, _told(choice)) for choice in choices],
            )
            for earlier, choices in offered
        ]
        if not offered:
            field.help_text = _(
                "No earlier question has choices to tick, so this one is asked of everybody."
            )

    def _keep_promises(self, question: Question) -> None:
        """A scale keeps its points once answered, and publication never reaches further."""
        if "scale_points" in self.fields:
            self.fields["scale_points"].disabled = True
            self.fields["scale_points"].help_text = _(
                "There are answers: they would mean something else on another scale."
            )
        if "publication" in self.fields:
            field: Any = self.fields["publication"]
            left = STRICTER[STRICTER.index(question.publication) :]
            field.choices = [(value, label) for value, label in field.choices if value in left]
            field.help_text = _(
                "There are answers: what was promised to their authors holds, so only less can be"
                " published from now on."
            )

    def clean(self) -> dict[str, Any]:
        """What one rule alone can't tell: the order of two numbers, more ticks than choices."""
        cleaned: dict[str, Any] = super().clean() or {}
        lowest, highest = cleaned.get("lowest"), cleaned.get("highest")
        if lowest is not None and highest is not None and highest < lowest:
            self.add_error("highest", _("The highest number must not be smaller than the lowest."))
        most = cleaned.get("most_choices")
        if most:
            offered = self.instance.choices.filter(retired_at__isnull=True, is_column=False).count()
            offered += bool(cleaned.get("other"))
            if most > offered:
                message = ngettext(
                    "This question has %(count)s choice: enter no more, or leave it empty.",
                    "This question has %(count)s choices: enter no more, or leave it empty.",
                    offered,
                )
                self.add_error("most_choices", message % {"count": offered})
        return cleaned


def _told(choice: Choice) -> str:
    if choice.retired_at or choice.question.retired_at:
        return _("%(choice)s (no longer offered)") % {"choice": choice}
    return str(choice)


def is_answered(question: Question) -> bool:
    """Whether a contribution that was sent answers it."""
    return (
        question.answers.exists()
        or question.attachments.filter(contribution__isnull=False).exists()
    )


def conditions_for(question: Question) -> list[tuple[Question, list[Choice]]]:
    """Earlier questions with choices to tick, and their choices: what ``question`` may follow.

    Never one that itself follows ``question``, directly or not: there is no way to make a circle.
    What is set already is among them even when it is no longer offered.
    """
    everything = list(
        question.questionnaire.questions.with_words().prefetch_related(
            "follows", "choices__question"
        )
    )
    after = _after(question, everything)
    held = {
        choice.pk for one in everything if one.pk == question.pk for choice in one.follows.all()
    }
    found = []
    for earlier in everything:
        if earlier.kind not in WITH_CHOICES or earlier.pk == question.pk:
            continue
        stands = (
            earlier.retired_at is None
            and earlier.position < question.position
            and earlier.pk not in after
        )
        choices = [
            choice
            for choice in earlier.choices.all()
            if choice.pk in held or (stands and choice.retired_at is None)
        ]
        if choices:
            found.append((earlier, choices))
    return found


def _after(question: Question, everything: Iterable[Question]) -> set[int]:
    """The questions that follow ``question``, or follow one that does."""
    found: set[int] = set()
    newest = {question.pk}
    while newest:
        newest = {
            one.pk
            for one in everything
            if one.pk not in found and any(c.question_id in newest for c in one.follows.all())
        }
        found |= newest
    return found
