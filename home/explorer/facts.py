"""What the explorer tells of pages, looked up for all of a list at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, prefetch_related_objects
from wagtail.models import Page

from core.models import PageTranslation, TranslationState
from core.scheduled import comes_down, goes_live
from core.scheduling import waiting_for_their_time
from core.translating.states import states_of, translations_of
from submissions.models import ContributionState, Debate, IdeaStatus, Questionnaire
from themes.models import ThemePage

_RECEIVED = ~Q(ideas__status=IdeaStatus.UNCONFIRMED)  # as the figures of days count them
_ANSWERS = "questions__answers__contribution"
_STANDING = Q(**{f"{_ANSWERS}__state": ContributionState.RECEIVED})


@dataclass(frozen=True)
class Stand:
    """A translation into one language: where it stands, and whether its source has moved on."""

    language: str
    state: str
    source_changed: bool
    own: bool  # of the page itself; else one that is made from it


@dataclass(frozen=True)
class Facts:
    """Of one page. A count of None: no form of that kind stands on it."""

    theme: str
    language: str
    stands: tuple[Stand, ...]
    ideas: int | None
    contributions: int | None
    times: tuple[str, ...] = ()  # when it goes live and comes down, in sentences


def facts_of(pages: Collection[Page]) -> dict[int, Facts]:
    """Those of each page, by its id; brings its owner along. Seven queries, however many."""
    prefetch_related_objects(list(pages), "owner", "locale")
    themes = _themes_around(pages)
    works, made_from = states_of(pages), translations_of(pages)
    keys = {page.translation_key for page in pages}
    ideas = _counts(Debate, keys, Count("ideas", filter=_RECEIVED))
    waiting = waiting_for_their_time(pages)
    contributions = _counts(Questionnaire, keys, Count(_ANSWERS, filter=_STANDING, distinct=True))
    return {
        page.pk: Facts(
            theme=next((themes[path] for path in _way_up(page) if path in themes), ""),
            language=page.locale.language_code,
            stands=(
                (_stand(works[page.pk], own=True),)
                if page.pk in works
                else tuple(_stand(work, own=False) for work in made_from[page.pk])
            ),
            ideas=ideas.get(page.translation_key),
            contributions=contributions.get(page.translation_key),
            times=_times(page, waiting.get(page.pk)),
        )
        for page in pages
    }


def _times(page: Page, waiting: datetime | None) -> tuple[str, ...]:
    said = [goes_live(waiting)] if waiting else []
    if page.live and page.expire_at:
        said.append(comes_down(page.expire_at))
    return tuple(said)


def _way_up(page: Page) -> list[str]:
    """The page's own path, then those of the pages above it."""
    return [page.path[:end] for end in range(len(page.path), 0, -page.steplen)]


def _themes_around(pages: Collection[Page]) -> dict[str, str]:
    """The titles of the themes that pages are or stand under, by path."""
    paths = {path for page in pages for path in _way_up(page)}
    found = ThemePage.objects.filter(path__in=paths)
    return dict(found.values_list("path", "draft_title"))


def _stand(work: PageTranslation, *, own: bool) -> Stand:
    changed = work.source_changed_at is not None and work.state != TranslationState.NEW
    language = work.translation.target_locale.language_code
    return Stand(language, work.get_state_display(), changed, own)


def _counts(
    model: type[Debate] | type[Questionnaire], keys: Collection[UUID], count: Any
) -> dict[UUID, int]:
    """How much was sent through the forms of one kind, by the key of their page.

    A form that was taken off its page is told of only as long as something was sent through it.
    """
    rows = model.objects.filter(translation_key__in=keys).order_by().values("translation_key")
    rows = rows.annotate(sent=count, there=Count("pk", filter=Q(retired_at=None)))
    return {row["translation_key"]: row["sent"] for row in rows if row["sent"] or row["there"]}
