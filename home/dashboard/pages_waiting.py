"""Pages that wait for somebody: to be approved, to be changed, to be translated or reviewed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.models import TaskState, WorkflowState

from core.alternates import own_name
from core.translating.access import languages_into
from home.dashboard.lines import Waiting
from home.workplace.queue import PAGES, Tab, pages, scheduled

TO_TRANSLATE = (Tab.NEW, Tab.IN_PROGRESS, Tab.CHANGED)


def in_moderation(user: Any) -> Iterator[Waiting]:
    """What others submitted and ``user`` may approve; what ``user`` is asked to change."""
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    if not user.is_superuser:
        waiting = waiting.filter(task__groupapprovaltask__groups__user=user)
    count = waiting.values("workflow_state").distinct().count()
    words = ngettext("page to approve", "pages to approve", count)
    yield Waiting(count, words, _report(reviewable="true"))

    asked = WorkflowState.STATUS_NEEDS_CHANGES
    count = WorkflowState.objects.filter(status=asked, requested_by=user).count()
    words = ngettext(
        "page of mine in which changes are asked for",
        "pages of mine in which changes are asked for",
        count,
    )
    yield Waiting(count, words, _report(status=asked, requested_by=user.pk))


def in_translation(user: Any) -> Iterator[Waiting]:
    """What is to be translated, and what is to be reviewed by who publishes there.

    What was reviewed and waits for its time waits for nobody.
    """
    publishes = languages_into(user, "publish_page")
    for into in languages_into(user):
        held = pages(user, into).aggregate(
            translate=Count("pk", filter=_any_of(TO_TRANSLATE)),
            review=Count("pk", filter=PAGES[Tab.READY] & ~scheduled()),
        )
        count = held["review"] if into in publishes else 0
        words = ngettext("translated page to review", "translated pages to review", count)
        yield Waiting(count, _into(words, into), _queue(into, Tab.READY))
        count = held["translate"]
        words = ngettext("page to translate", "pages to translate", count)
        yield Waiting(count, _into(words, into), _queue(into, Tab.NEW))


def _into(words: str, language: str) -> str:
    return f"{words} ({own_name(language)})"


def _any_of(tabs: tuple[Tab, ...]) -> Q:
    found = Q()
    for tab in tabs:
        found |= PAGES[tab]
    return found


def _report(**filters: Any) -> str:
    return f"{reverse('wagtailadmin_reports:workflow')}?{urlencode(filters)}"


def _queue(into: str, tab: Tab) -> str:
    return f"{reverse('workplace:queue')}?{urlencode({'into': into, 'tab': tab.value})}"
