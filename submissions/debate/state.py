"""A debate as a page of one language meets it: whether it takes anything, and what it shows."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest
from wagtail.models import Page, Site

from submissions.models import Debate, Idea, Phase

COUNT_SECONDS = 30


def debate_or_404(request: HttpRequest, debate_id: int) -> Any:
    """The debate with its state and labels, if it is of the site that answers."""
    site = Site.find_for_request(request)
    debates = Debate.objects.with_state().prefetch_related("labels")
    debate = debates.filter(pk=debate_id, consultation__site=site).first()
    if debate is None or not debate.labels.all():
        raise Http404
    return debate


def phase_in(debate: Any, language: str) -> Phase:
    """What to tell a reader of ``language``; ``debate`` brings its state along."""
    is_open = debate.is_open and language in debate.live_languages
    return debate.phase_at(debate.now, is_open=is_open)


def results_shown(debate: Any) -> bool:
    """Whether the public may see how ideas stand."""
    return debate.consultation.results_shown_at(debate.now)


def opening(debate: Any) -> datetime | None:
    """When it will open, if that is known and still to come."""
    known = [time for time in (debate.opens_at, debate.consultation.opens_at) if time]
    latest = max(known, default=None)
    return latest if latest and latest > debate.now else None


def closing(debate: Any) -> datetime | None:
    """When it closes or closed: its own time or the consultation's, whichever comes first."""
    known = [time for time in (debate.closes_at, debate.consultation.closes_at) if time]
    return min(known, default=None)


def _count_key(debate_id: int) -> str:
    return f"debate:{debate_id}:published"


def forget_count(debate_id: int) -> None:
    """An idea was published or withdrawn: count again where this cache is read."""
    cache.delete(_count_key(debate_id))


def published_count(debate: Any) -> int:
    """How many ideas are published, at most half a minute old: pages must not count rows."""
    count = cache.get_or_set(
        _count_key(debate.pk),
        lambda: Idea.objects.published().filter(debate=debate).count(),
        COUNT_SECONDS,
    )
    return count or 0


def theme_of(debate: Any, language: str) -> Page | None:
    """The live page of ``language`` that holds the debate."""
    return (
        Page.objects.live()
        .filter(translation_key=debate.translation_key, locale__language_code=language)
        .filter(alias_of__isnull=True)
        .first()
    )
