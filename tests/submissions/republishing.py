"""An editor who publishes a theme again while somebody answers its questions."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from tests.factories import published, translate
from tests.submissions.answering import Door
from themes.models import ThemePage

Questions = list[dict[str, Any]]


def republish(
    door: Door, change: Callable[[Questions], Questions], *, languages: Sequence[str] = ("en", "fr")
) -> None:
    """Publish the theme with its questionnaire's questions changed, and the translation."""
    body = door.page.body.raw_data[0]
    body["value"]["questions"] = change(list(body["value"]["questions"]))
    page = ThemePage.objects.get(pk=door.page.pk)
    page.body = [dict(body)]
    door.page = published(page)
    if "fr" in languages:
        door.page_fr = translate(door.page)


def without(kind: str) -> Callable[[Questions], Questions]:
    """No question of that kind any more."""
    return lambda questions: [question for question in questions if question["type"] != kind]


def reworded(kind: str, label: str) -> Callable[[Questions], Questions]:
    """Another question in its place, as people read it."""

    def change(questions: Questions) -> Questions:
        for question in questions:
            if question["type"] == kind:
                question["value"]["label"] = label
        return questions

    return change


def in_a_section_of_its_own(kind: str, title: str) -> Callable[[Questions], Questions]:
    """That question moves to the end, below a heading."""

    def change(questions: Questions) -> Questions:
        moved = [question for question in questions if question["type"] == kind]
        stay = [question for question in questions if question["type"] != kind]
        heading = {"type": "section", "id": str(uuid4()), "value": {"label": title}}
        return [*stay, heading, *moved]

    return change


def with_two_choices(questions: Questions) -> Questions:
    """The first two choices of the one choice alone."""
    for question in questions:
        if question["type"] == "one_choice":
            question["value"]["choices"] = question["value"]["choices"][:2]
    return questions
