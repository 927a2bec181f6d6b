"""What people wrote, given back when it can't be received: nothing is dropped in silence."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.encoding import force_str

from submissions.contributions.fields import scale_choices
from submissions.contributions.forms import ContributionForm
from submissions.contributions.questions import AskedQuestion, Versions, asked_once, question_ids
from submissions.contributions.sent import IDENTITY
from submissions.models import QuestionKind, Questionnaire


@dataclass(frozen=True)
class GivenBack:
    """A question, or a field of the form, with what was written there."""

    label: str
    text: str


def answers_given_back(
    questionnaire: Questionnaire,
    posted: QueryDict,
    language: str,
    shown: Versions,
    *,
    but: Collection[str] = (),
) -> list[GivenBack]:
    """The answers of a posted form, except those of the fields ``but``; none for empty ones."""
    fields = set(posted) - set(but)
    asked = asked_once(questionnaire, language, shown, set(question_ids(fields)))
    answers = (GivenBack(one.label, _as_text(one, posted)) for one in asked)
    return [answer for answer in answers if answer.text.strip()]


def identity_given_back(posted: QueryDict) -> list[GivenBack]:
    """What a posted form says of its sender."""
    form = ContributionForm([])
    told = []
    for name in (*IDENTITY, "email"):
        text = posted.get(name, "")
        choices = dict(getattr(form.fields[name], "choices", ()))
        if choices:
            text = force_str(choices.get(text, "")) if text else ""
        if text.strip():
            told.append(GivenBack(force_str(form.fields[name].label), text))
    return told


def as_plain_text(given: Collection[GivenBack]) -> str:
    """All of it to copy at once."""
    return "\n\n".join(f"{one.label}\n{one.text}" for one in given)


def _as_text(asked: AskedQuestion, posted: QueryDict) -> str:
    values = posted.getlist(asked.field_name)
    match asked.question.kind:
        case QuestionKind.ONE_CHOICE | QuestionKind.SEVERAL_CHOICES:
            return "\n".join(label for choice, label in asked.choices if str(choice.pk) in values)
        case QuestionKind.SCALE:
            return "\n".join(label for point, label in scale_choices(asked) if point in values)
        case _:
            return "\n".join(values)
