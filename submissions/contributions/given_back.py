"""What people wrote, given back when it can't be kept: nothing is dropped in silence."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.forms import BooleanField
from django.http import QueryDict
from django.utils.encoding import force_str
from django.utils.translation import pgettext

from submissions.contributions.answers import typed_in_words
from submissions.contributions.drafts.parts import PARTS
from submissions.contributions.questions import FIELD_PREFIX, asked_once
from submissions.models import Question, Questionnaire

LONGEST_ID = 18  # digits: nothing that overflows a column


@dataclass(frozen=True)
class GivenBack:
    """A question, or a field of the form, with what was written there."""

    label: str
    text: str


def given_back(posted: QueryDict, language: str, site: int | None) -> list[GivenBack]:
    """Whatever a form of that site held, question by question, in words."""
    return [*_answers(posted, language, site), *_parts(posted)]


def as_plain_text(given: Collection[GivenBack]) -> str:
    """All of it to copy at once."""
    return "\n\n".join(f"{one.label}\n{one.text}" for one in given)


def _answers(posted: QueryDict, language: str, site: int | None) -> list[GivenBack]:
    by_question: dict[int, dict[str, list[str]]] = {}
    for name in posted:
        number = name.removeprefix(FIELD_PREFIX).split("_")[0]
        if not name.startswith(FIELD_PREFIX) or not number.isascii() or not number.isdecimal():
            continue
        if len(number) <= LONGEST_ID:
            by_question.setdefault(int(number), {})[name] = posted.getlist(name)
    known = {
        one.question.pk: one
        for questionnaire in _questionnaires(by_question, site)
        for one in asked_once(questionnaire, language, {}, by_question)
    }
    given = [
        GivenBack(known[pk].label, typed_in_words(known[pk], data))
        if pk in known
        else GivenBack("", "\n".join(value for values in data.values() for value in values))
        for pk, data in by_question.items()
    ]
    return [one for one in given if one.text.strip()]


def _questionnaires(questions: Collection[int], site: int | None) -> Collection[Questionnaire]:
    """Those of the site whose questions they are."""
    if not questions:
        return []
    of_them = Question.objects.filter(pk__in=questions).values("questionnaire")
    here = Questionnaire.objects.filter(pk__in=of_them, consultation__site=site)
    rows = here.prefetch_related("questions__wordings", "questions__choices__labels")
    return list(rows)


def _parts(posted: QueryDict) -> list[GivenBack]:
    data = {name: posted.getlist(name) for name in posted}
    return [one for key in PARTS for one in part_given_back(key, data)]


def part_given_back(key: str, data: Mapping[str, Sequence[str]]) -> list[GivenBack]:
    """What a form that is no question holds; of a box, nothing but that it is ticked."""
    told = []
    for name, field in PARTS[key]().fields.items():
        text = next(iter(data.get(name, ())), "")
        choices = dict(getattr(field, "choices", ()))
        if text and isinstance(field, BooleanField):
            text = pgettext("box that is ticked", "Yes")
        elif text and choices:
            text = force_str(choices.get(text, ""))
        if text.strip():
            told.append(GivenBack(force_str(field.label), text))
    return told
