"""One queue for translations of pages and of ideas, by what is to be done with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy

from core.alternates import own_name
from core.models import PageTranslation, TranslationState
from core.scheduled import goes_live
from core.scheduling import waiting_for_their_time
from core.translating.access import languages_into as pages_into
from submissions.idea_translations.access import languages_into as ideas_into
from submissions.idea_translations.queue import CONDITIONS, with_rendering
from submissions.idea_translations.queue import Queue as Ideas
from submissions.models import Idea, TextOrigin


class Tab(models.TextChoices):
    """What is to be done; the last tab holds what nobody waits for."""

    NEW = "new", pgettext_lazy("queue", "New")
    IN_PROGRESS = "in_progress", pgettext_lazy("queue", "Being translated")
    CHANGED = "changed", pgettext_lazy("queue", "Source changed")
    READY = "ready", pgettext_lazy("queue", "Ready for review")
    PUBLISHED = "published", pgettext_lazy("queue", "Published")


# A source that changed is said of what is published or under way; what is new is translated anyway.
_CHANGED = Q(source_changed_at__isnull=False) & ~Q(state=TranslationState.NEW)
PAGES = {
    Tab.NEW: Q(state=TranslationState.NEW),
    Tab.IN_PROGRESS: Q(state=TranslationState.IN_PROGRESS) & ~_CHANGED,
    Tab.CHANGED: _CHANGED,
    Tab.READY: Q(state=TranslationState.READY) & ~_CHANGED,
    Tab.PUBLISHED: Q(state=TranslationState.PUBLISHED) & ~_CHANGED,
}
_NONE_YET = Q(rendering__isnull=True)
_DRAFT = Q(rendering__approved_at__isnull=True, rendering__origin=TextOrigin.PERSON)
_TO_LOOK_AT = CONDITIONS[Ideas.CHANGED] | CONDITIONS[Ideas.REPORTED]
IDEAS = {
    Tab.NEW: _NONE_YET,
    Tab.IN_PROGRESS: Q(rendering__isnull=False) & _DRAFT,
    Tab.CHANGED: _TO_LOOK_AT,
    Tab.READY: CONDITIONS[Ideas.PROPOSED],
    Tab.PUBLISHED: CONDITIONS[Ideas.APPROVED],
}


@dataclass(frozen=True)
class Line:
    """One page or idea into one language."""

    is_page: bool
    words: str
    written_in: str
    into: str
    into_name: str
    since: datetime | None
    url: str
    sent_back: bool = False  # by a reviewer, with a note
    goes_live: str = ""  # what was approved waits for its time, in words


def languages_of(user: Any) -> list[str]:
    """The languages into which ``user`` translates or reviews anything."""
    ideas = [code for code, _name in ideas_into(user)]
    return list(dict.fromkeys([*pages_into(user), *ideas]))


def pages(user: Any, into: str) -> QuerySet[PageTranslation]:
    """Pages on their way into ``into`` that ``user`` may translate: none of another site's."""
    own = page_permission_policy.instances_user_has_permission_for(user, "change").filter(
        translation_key=OuterRef("translation__source__object_id"),
        locale=OuterRef("translation__target_locale"),
    )
    rows: QuerySet[PageTranslation] = PageTranslation.objects.into(into)
    return rows.filter(Exists(own.order_by()), translation__enabled=True)


def scheduled() -> Q:
    """Whether what was approved of a translation waits for its time: nobody has to do anything."""
    approved = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False, object_id=Cast(OuterRef("pk"), CharField())
    )
    target = Page.objects.filter(
        translation_key=OuterRef("translation__source__object_id"),
        locale=OuterRef("translation__target_locale"),
    )
    return Q(Exists(target.filter(Exists(approved))))


def ideas(user: Any, into: str) -> QuerySet[Idea]:
    """Published ideas for ``into``; none for who doesn't translate ideas into it."""
    found = with_rendering(into, user)
    return found if into in dict(ideas_into(user)) else found.none()


def counts(user: Any, into: str) -> dict[Tab, int]:
    """How much each tab holds: two queries."""
    of_pages = pages(user, into).aggregate(
        **{tab.value: Count("pk", filter=PAGES[tab]) for tab in Tab}
    )
    of_ideas = ideas(user, into).aggregate(
        **{tab.value: Count("pk", filter=IDEAS[tab]) for tab in Tab}
    )
    return {tab: (of_pages[tab.value] or 0) + (of_ideas.get(tab.value) or 0) for tab in Tab}


def first_tab(user: Any, into: str, held: dict[Tab, int]) -> Tab:
    """Where ``user`` begins: who publishes, at what is ready; where nothing waits, at the next."""
    order = [Tab.NEW, Tab.CHANGED, Tab.IN_PROGRESS, Tab.READY]
    if into in pages_into(user, "publish_page"):
        order.insert(0, Tab.READY)
    asleep = pages(user, into).filter(PAGES[Tab.READY] & scheduled()).count()
    waiting = {**held, Tab.READY: held[Tab.READY] - asleep}
    return next((tab for tab in order if waiting[tab]), order[0])


def places(user: Any, into: str, tab: Tab, kind: str = "") -> QuerySet[Any]:
    """Kind and id of each line, pages first, the oldest first: to be cut into pages of a list."""
    of_pages = (
        pages(user, into)
        .filter(PAGES[tab])
        .annotate(order=Value(0), since=F("changed_at"))
        .order_by()
        .values_list("order", "pk", "since")
    )
    of_ideas = (
        ideas(user, into)
        .filter(IDEAS[tab])
        .annotate(order=Value(1), since=F("published_at"))
        .order_by()
        .values_list("order", "pk", "since")
    )
    if kind == "pages":
        return of_pages.order_by("since", "pk")
    if kind == "ideas":
        return of_ideas.order_by("since", "pk")
    return of_pages.union(of_ideas, all=True).order_by("order", "since", "pk")


def lines(found: Iterable[tuple[int, int, datetime]], into: str) -> list[Line]:
    """What is shown of them: five queries, however many."""
    found = list(found)
    rows = PageTranslation.objects.select_related(
        "translation__source__locale", "translation__target_locale"
    ).in_bulk([pk for order, pk, _since in found if not order])
    keys = [row.translation.source.object_id for row in rows.values()]
    known = Page.objects.filter(translation_key__in=keys).select_related("locale")
    by_place = {(page.translation_key, page.locale_id): page for page in known}
    times = waiting_for_their_time(known)
    texts = Idea.objects.prefetch_related("texts").in_bulk([pk for o, pk, _since in found if o])
    said = []
    for order, pk, since in found:
        if order:
            idea = texts[pk]
            words = idea.original.text if idea.original else str(idea)
            url = reverse("idea_translations:desk", args=[pk, into])
            said.append(Line(False, words, idea.language, into, own_name(into), since, url))
            continue
        translation = rows[pk].translation
        key = translation.source.object_id
        source = by_place.get((key, translation.source.locale_id))
        target = by_place.get((key, translation.target_locale_id))
        shown = source or target
        if shown is not None:
            url = reverse("wagtailadmin_pages:edit", args=[target.pk]) if target else ""
            code = translation.source.locale.language_code
            back = bool(rows[pk].note)
            when = times.get(target.pk) if target else None
            live = goes_live(when) if when else ""
            said.append(Line(True, shown.title, code, into, own_name(into), since, url, back, live))
    return said
