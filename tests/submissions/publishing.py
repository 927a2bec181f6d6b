"""Steps that the tests of the registry share."""

import copy
from typing import Any

from submissions.models import (
    Answer,
    Contribution,
    Debate,
    Idea,
    Question,
    Questionnaire,
    RespondentType,
)
from tests.factories import (
    BilingualSite,
    ThemePageFactory,
    debate_block,
    published,
    questionnaire_block,
)
from themes.models import ThemePage


def theme(site: BilingualSite, *body: tuple[str, Any]) -> ThemePage:
    """A theme in English only."""
    blocks = list(body) or [debate_block(), questionnaire_block()]
    return published(ThemePageFactory(parent=site.themes, body=blocks))


def body_of(page: ThemePage) -> list[dict[str, Any]]:
    return copy.deepcopy(list(page.body.raw_data))


def republish(page: ThemePage, body: list[dict[str, Any]]) -> ThemePage:
    page = ThemePage.objects.get(pk=page.pk)
    page.body = body
    return published(page)


def is_open(row: Debate | Questionnaire) -> bool:
    return type(row).objects.open_at().filter(pk=row.pk).exists()


def idea_in(debate: Debate) -> Idea:
    return Idea.objects.create(debate=debate, language="en")


def answer_to(question: Question, text: str = "Because.") -> Answer:
    contribution = Contribution.objects.create(
        consultation=question.questionnaire.consultation,
        language="en",
        respondent_type=RespondentType.OTHER,
        name="Somebody",
        country="FR",
    )
    return Answer.objects.create(
        contribution=contribution,
        question=question,
        version=question.version,
        language="en",
        text=text,
    )
