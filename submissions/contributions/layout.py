"""How the questions of a page are laid out: each with what goes with it, and what follows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import render_field
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from core.typography import typeset_html
from submissions.contributions.formatting import as_html
from submissions.contributions.questions import AskedQuestion
from submissions.models import QuestionKind

MOST_REVEALED = 6  # follow-ups of one question that the stylesheet can show and hide


@dataclass
class Group(LayoutObject):
    """A question, what is written beside its answer, and the questions that follow it."""

    one: AskedQuestion
    place: int = 0  # among those that follow the same question; 0: always shown
    follow_ups: "list[Group]" = field(default_factory=list)

    @property
    def fields(self) -> list[Any]:
        """crispy's: what stands inside."""
        return self.follow_ups

    def render(self, form: Any, context: Any, template_pack: Any = None, **options: Any) -> str:
        """The question by the template of its kind."""
        name = self.one.field_name

        def part(suffix: str = "") -> str:
            if f"{name}{suffix}" not in form.fields:
                return ""
            drawn: str = render_field(f"{name}{suffix}", form, context, template_pack=template_pack)
            return drawn

        kind = self.one.question.kind
        here: dict[str, Any] = {
            "asked": self.one,
            "place": self.place if self.place <= MOST_REVEALED else 0,
            "field": "" if kind == QuestionKind.FILE else part(),
            "other": part("_other"),
            "publish": part("_publish"),
            "formatted": kind == QuestionKind.LONG_TEXT,
            "follow_ups": drawn(self.follow_ups, form, context, template_pack),
        }
        if kind == QuestionKind.STATEMENT:
            words = as_html(self.one.wording.help_text)
            here["statement"] = typeset_html(words, self.one.wording.language)
            here["condition"] = form.conditions.get(self.one.question.pk, "")
        if kind == QuestionKind.FILE:
            here["file_field"] = file = form[name]
            if control := (context.get("file_controls") or {}).get(self.one.question.pk):
                here["control"] = replace(control, label=self.one.label, help_text=file.help_text)
        return render_to_string(
            "submissions/contributions/fields/asked.html", context.flatten() | here
        )


def drawn(groups: Sequence[Group], form: Any, context: Any, template_pack: Any) -> SafeString:
    """Groups one after the other."""
    parts = [group.render(form, context, template_pack=template_pack) for group in groups]
    return mark_safe("".join(parts))  # noqa: S308 # each was rendered by a template
