"""Follow-ups: questions asked only of whoever ticked one of some choices of an earlier question."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.typography import typeset
from submissions.contributions.questions import FIELD_PREFIX, AskedQuestion
from submissions.models import Choice, Question

Typed = Callable[[str], Sequence[str]]  # what stands in the form, by the name of a field


def conditions_of(question: Question) -> list[Choice]:
    """The choices that ``question`` follows; none for one that everybody is asked."""
    if question._state.adding:
        return []
    return sorted(question.follows.all(), key=lambda choice: (choice.question_id, choice.position))


def applies(question: Question, typed: Typed, questions: Mapping[int, Question]) -> bool:
    """Whether ``question`` is asked of who typed that.

    What it follows has to be asked, too: of two follow-ups in a row, the second goes with the
    first. Nobody is asked a question whose choices are all retired. ``questions``: all of the
    questionnaire, by id.
    """
    return _applies(question, typed, questions, frozenset())


def _applies(
    question: Question, typed: Typed, questions: Mapping[int, Question], above: frozenset[int]
) -> bool:
    conditions = conditions_of(question)
    if not conditions:
        return True
    above |= {question.pk}
    return any(
        choice.retired_at is None
        and choice.question_id not in above
        and (earlier := questions.get(choice.question_id)) is not None
        and earlier.retired_at is None
        and str(choice.pk) in typed(f"{FIELD_PREFIX}{choice.question_id}")
        and _applies(earlier, typed, questions, above)
        for choice in conditions
    )


def said_condition(one: AskedQuestion, earlier: Mapping[int, AskedQuestion]) -> str:
    """When a follow-up is asked, in words; nothing for what everybody is asked.

    ``earlier``: the questions of the same page. What was ticked elsewhere is told as done.
    """
    conditions = [choice for choice in conditions_of(one.question) if choice.retired_at is None]
    if not conditions:
        return ""
    language = one.wording.language
    # Those of the questionnaire have their labels with them.
    known = {
        choice.pk: choice
        for question in one.question.questionnaire.questions.all()
        for choice in question.choices.all()
    }
    quoted = [
        pgettext("quotation", "“%(words)s”")
        % {"words": typeset(known.get(choice.pk, choice).label_in(language), language)}
        for choice in conditions
    ]
    told = {"choices": pgettext("choices", " or ").join(quoted)}
    if any(choice.question_id in earlier for choice in conditions):
        return _("If you tick %(choices)s:") % told
    return _("You are asked this because you ticked %(choices)s.") % told


def parent_of(one: AskedQuestion, here: Collection[int]) -> int | None:
    """The one question of the page that ``one`` follows; None if it follows several, or none."""
    followed = {choice.question_id for choice in conditions_of(one.question)}
    return followed.pop() if len(followed) == 1 and followed <= set(here) else None
