"""Where the translation of each page stands, and the deeds that change it.

``page`` is always the translated page, unless a name says otherwise. A deed writes one line into
the page's history; who may do it is asked before (``core.translating.access``).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision
from wagtail_localize.models import Translation

from core.models import PageTranslation, TranslationState
from core.models.translating import PageTranslationQuerySet

BEGUN = "core.translation_begun"
READY = "core.translation_ready"
SENT_BACK = "core.translation_sent_back"
REOPENED = "core.translation_reopened"
REVIEWED = "core.translation_reviewed"
PUBLISHED = "core.translation_published"
SOURCE_CHANGED = "core.translation_source_changed"
OVERTAKEN = "core.translation_overtaken"


def _works() -> PageTranslationQuerySet:
    works: PageTranslationQuerySet = PageTranslation.objects.filter(translation__enabled=True)
    return works.select_related("translation__source", "translation__target_locale")


def work_of(page: Page) -> PageTranslation | None:
    """The work on ``page``; None where it is no translation, or its translation was stopped."""
    return _works().of(page).first()


def states_of(pages: Collection[Page]) -> dict[int, PageTranslation]:
    """The work on each of ``pages`` that is a translation, by its id: one query."""
    ids = {(page.translation_key, page.locale_id): page.pk for page in pages}
    found = _works().filter(translation__source__object_id__in={key for key, _locale in ids})
    works = {_place(work): work for work in found} if ids else {}
    return {ids[place]: work for place, work in works.items() if place in ids}


def translations_of(sources: Collection[Page]) -> dict[int, list[PageTranslation]]:
    """The work on each translation made from ``sources``, by the id of the source: one query."""
    ids = {(page.translation_key, page.locale_id): page.pk for page in sources}
    works: dict[int, list[PageTranslation]] = {pk: [] for pk in ids.values()}
    found = _works().filter(translation__source__object_id__in={key for key, _locale in ids})
    for work in found.order_by("translation__target_locale") if ids else ():
        source = work.translation.source
        pk = ids.get((source.object_id, source.locale_id))
        if pk is not None:
            works[pk].append(work)
    return works


def target_of(work: PageTranslation) -> Page:
    """The translated page itself, of its own class. Raises ``DoesNotExist`` where it is gone."""
    page: Page = work.translation.get_target_instance()
    return page


def _place(work: PageTranslation) -> tuple[UUID, int]:
    return work.translation.source.object_id, work.translation.target_locale_id


def hold(work: PageTranslation) -> None:
    """Until the transaction ends nobody else writes or publishes it; where it stands is read anew.

    It may have been published, or written on, since ``work`` was read.
    """
    Translation.objects.select_for_update().get(pk=work.translation_id)
    work.refresh_from_db(fields=["state", "reviewed_at"])


@transaction.atomic
def words_written(work: PageTranslation, user: Any, page: Page | None = None) -> None:
    """Somebody, or a machine on their behalf, wrote words: what was ready or out is work again."""
    hold(work)
    if work.state == TranslationState.IN_PROGRESS:
        return
    _enter(
        work,
        TranslationState.IN_PROGRESS,
        BEGUN if work.state == TranslationState.NEW else REOPENED,
        user,
        page,
    )


@transaction.atomic
def say_ready(work: PageTranslation, user: Any, page: Page | None = None) -> None:
    """A translator says it is ready; what was asked for when it was sent back is settled."""
    _enter(work, TranslationState.READY, READY, user, page, ready_at=Now(), ready_by=user, note="")


@transaction.atomic
def send_back(work: PageTranslation, user: Any, note: str, page: Page | None = None) -> bool:
    """A reviewer asks for something to be done again, and says what.

    A version of it that waited for its time goes nowhere any more: whether there was one.
    """
    hold(work)
    waiting: Revision | None = (page or target_of(work)).scheduled_revision
    if waiting is not None:  # as Wagtail cancels a schedule, with its line in the history
        waiting.approved_go_live_at = None
        waiting.save(user=user, update_fields=["approved_go_live_at"])
    _enter(work, TranslationState.IN_PROGRESS, SENT_BACK, user, page, note=note)
    return waiting is not None


@transaction.atomic
def say_reviewed(work: PageTranslation, user: Any, page: Page | None = None) -> None:
    """``user`` answers for the words; the state stays what it is."""
    _enter(work, work.state, REVIEWED, user, page, reviewed_at=Now(), reviewed_by=user)


@transaction.atomic
def say_published(
    work: PageTranslation, user: Any, page: Page | None = None, *, in_step: bool = True
) -> None:
    """The translation is before the public; ``in_step``: and says what its source says."""
    more = {"source_changed_at": None} if in_step else {}
    _enter(work, TranslationState.PUBLISHED, PUBLISHED, user, page, note="", **more)


@transaction.atomic
def say_overtaken(work: PageTranslation, user: Any, page: Page, at: datetime | None = None) -> None:
    """Other words than those of the desk are before the public: what was out is work again.

    ``at``: since when, where that is not now.
    """
    state, fields = work.state, {}
    if state == TranslationState.PUBLISHED:
        state = TranslationState.IN_PROGRESS
        fields = {"ready_at": None, "ready_by": None, "reviewed_at": None, "reviewed_by": None}
    _enter(work, state, OVERTAKEN, user, page, at, **fields)


def overtaken(work: PageTranslation, page: Page) -> PageLogEntry | None:
    """Who put other words than those of the desk before the public, and when: one query at most."""
    if not page.live or work.state == TranslationState.PUBLISHED:
        return None
    last: PageLogEntry | None = (
        PageLogEntry.objects.filter(page=page.pk, action__in=(OVERTAKEN, PUBLISHED))
        .select_related("user")
        .order_by("-timestamp", "-pk")
        .first()
    )
    return last if last is not None and last.action == OVERTAKEN else None


@transaction.atomic
def say_source_changed(
    work: PageTranslation, user: Any, at: datetime | None = None, page: Page | None = None
) -> None:
    """The source says something else; what was ready for review waits for words again."""
    state = work.state
    if state == TranslationState.READY:
        state = TranslationState.IN_PROGRESS
    _enter(work, state, SOURCE_CHANGED, user, page, source_changed_at=at or Now())


def _enter(
    work: PageTranslation,
    state: str,
    action: str,
    user: Any,
    page: Page | None,
    at: datetime | None = None,
    **fields: Any,
) -> None:
    """One change of state, and its line in the history of the page, at its hour."""
    if action in {BEGUN, REOPENED, SENT_BACK, SOURCE_CHANGED}:
        fields |= {"ready_at": None, "ready_by": None, "reviewed_at": None, "reviewed_by": None}
    PageTranslation.objects.filter(pk=work.pk).update(state=state, changed_at=Now(), **fields)
    work.refresh_from_db(fields=["state", "changed_at", *fields])
    data = {"note": fields["note"]} if action == SENT_BACK else None
    hour = {"timestamp": at} if at else {}
    log(instance=page or target_of(work), action=action, user=user, data=data, **hour)
