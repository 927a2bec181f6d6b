"""Whether people have sent something through a page: what makes deleting it a loss."""

from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from submissions.models import Answer, Idea


@dataclass(frozen=True)
class Submitted:
    """How many ideas and answers hang on a set of pages."""

    ideas: int
    answers: int

    def __bool__(self) -> bool:
        return bool(self.ideas or self.answers)


def submissions_under(*pages: Page) -> Submitted:
    """What was sent through these pages, their descendants, or any translation of either."""
    keys: set[UUID] = set()
    for page in pages:
        keys.update(page.get_descendants(inclusive=True).values_list("translation_key", flat=True))
    return Submitted(
        ideas=Idea.objects.filter(debate__translation_key__in=keys).count(),
        answers=Answer.objects.filter(question__questionnaire__translation_key__in=keys).count(),
    )
