"""What to tell a reader of a form block: ``{% load form_state %}``."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language

from submissions.models import NOT_ANSWERED, FormBlock, Phase

register = template.Library()


@dataclass(frozen=True)
class FormState:
    """Whether a form takes submissions from the page that is read, and the time that matters next.

    ``when`` is the opening time of an upcoming form, the closing time of one that is open, and the
    time at which a closed one closed; None when no time says it (a form taken off its page).
    """

    phase: Phase
    when: datetime | None


@register.simple_tag
def form_state(row: Any) -> FormState:
    """``{% form_state row as state %}``: of a row with its state; of none, a form to come."""
    if not row:
        return FormState(Phase.UPCOMING, None)
    phase = row.phase_in(get_language() or settings.LANGUAGE_CODE)
    if phase is Phase.UPCOMING:
        return FormState(phase, row.opening)
    return FormState(phase, row.closed_since if phase is Phase.CLOSED else row.closing)


@register.simple_tag
def answered_ones(questions: Any) -> list[Any]:
    """``{% answered_ones value.questions as asked %}``: without headings and words to read."""
    return [one for one in questions if one.block_type not in NOT_ANSWERED]


@register.filter
def kind_of_form(row: FormBlock) -> str:
    """``Debate`` or ``Questionnaire``, in the active language."""
    return capfirst(str(row._meta.verbose_name))


@register.filter
def rules_view(row: FormBlock) -> str:
    """The name of the admin page that holds the rules of ``row``."""
    return f"{row._meta.model_name}s:edit"
