"""The state of translations follows what is published, in whichever way it was published."""

import json
import logging
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished
from wagtail_localize.models import (
    SourceDeletedError,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.models import PageTranslation, TranslationState
from core.translating.choices import forget_gone
from core.translating.drawing import drawn
from core.translating.states import (
    hold,
    say_overtaken,
    say_published,
    say_source_changed,
    target_of,
)

logger = logging.getLogger(__name__)

PUBLISH, SCHEDULE = "wagtail.publish", "wagtail.publish.schedule"


@receiver(post_save, sender=Translation, dispatch_uid="core.translating.begin")
def begin(instance: Translation, raw: bool = False, **kwargs: object) -> None:
    """A page that is sent to translation has its row of work; a snippet has none."""
    if raw or not issubclass(instance.source.specific_content_type.model_class() or object, Page):
        return
    PageTranslation.objects.get_or_create(translation=instance)


@receiver(page_published, dispatch_uid="core.translating.published")
def follow_publication(instance: Page, **kwargs: Any) -> None:
    """The page is published: as a translation, as a source, or as both. Never stops publishing.

    What only waits for its time is told here, too: it is no translation that anybody reads.
    """
    if instance.alias_of_id:
        return
    revision = kwargs.get("revision")
    try:
        with transaction.atomic():
            user = _publisher_now(revision)
            if instance.live:
                _follow_translation(instance, user, revision)
            _follow_source(instance, user)
    except Exception:  # the page is published; its translations can be looked at later
        logger.exception("The translations of page %s could not follow it", instance.pk)


@receiver(page_unpublished, dispatch_uid="core.translating.unpublished")
def follow_unpublication(instance: Page, **kwargs: Any) -> None:
    """What was published and was taken off line is ready to be published again."""
    PageTranslation.objects.of(instance).filter(state=TranslationState.PUBLISHED).update(
        state=TranslationState.READY
    )


def _follow_translation(page: Page, user: Any, revision: Revision | None) -> None:
    work = PageTranslation.objects.of(page).filter(translation__enabled=True).first()
    if work is None:
        return
    hold(work)
    settled = work.state == TranslationState.PUBLISHED
    if says_all(page, work.translation):
        in_step = not waiting(work.translation)
        if not settled or (in_step and work.source_changed_at):
            say_published(work, user, page, in_step=in_step)
    elif not made_at_desk(work.translation, revision, newest=settled):
        say_overtaken(work, user, page)


def says_all(page: Page, translation: Translation) -> bool:
    """Whether ``page``, as it is published, holds the newest words of its desk.

    It does not where they were written while an older version waited for its time.
    """
    forget_gone(translation, page.specific)
    return _said(page.specific) == _said(drawn(translation))


def made_at_desk(
    translation: Translation, revision: Revision | None, *, newest: bool = False
) -> bool:
    """Whether ``revision`` was made of the words of the desk; ``newest``: as the last one."""
    made = TranslationLog.objects.filter(
        source=translation.source_id, locale=translation.target_locale_id
    ).order_by("-pk")
    ids = made.values_list("revision_id", flat=True)[: 1 if newest else None]
    return revision is not None and revision.pk in ids


def publisher_of(revision: Revision, *actions: str) -> Any:
    """Who published ``revision``, or set its time, last; None where the history doesn't say.

    Not who saved it: that may be another one.
    """
    told = PageLogEntry.objects.filter(
        revision=revision.pk, action__in=actions or (PUBLISH, SCHEDULE)
    )
    last = told.select_related("user").order_by("-timestamp", "-pk").first()
    return last.user if last is not None else None


def _publisher_now(revision: Revision | None) -> Any:
    """Who publishes ``revision`` at this moment: Wagtail writes it into the history afterwards.

    Whoever is at work here, or set the time that has come.
    """
    user = get_active_log_context().user
    if user is None and revision is not None and revision.approved_go_live_at:
        user = publisher_of(revision, SCHEDULE)
    return user


def _follow_source(page: Page, user: Any) -> None:
    source = TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale_id
    ).first()
    if source is None or _said(source.as_instance()) == _said(page.specific):
        return
    cut_anew(source, user)


def cut_anew(source: TranslationSource, user: Any) -> None:
    """``source`` says what its page says now; where that is something else, they are told."""
    before = _said(source.as_instance())
    source.update_from_db()
    if _said(source.as_instance()) != before:
        _tell_translations(source, user)


def take_draft(page: Page, user: Any) -> TranslationSource:
    """What translators get of a page that is not published: its words as they were saved last.

    Those who were given older ones, for another language, are told.
    """
    words = page.get_latest_revision_as_object()
    source, made = TranslationSource.get_or_create_from_instance(words)
    if not made and _said(source.as_instance()) != _said(words):
        source, _made = TranslationSource.update_or_create_from_instance(words)
        _tell_translations(source, user)
    return source


def offer_choices() -> int:
    """Cut anew what was sent when less could be chosen in a translation: how many pages."""
    cut = 0
    for source in TranslationSource.objects.all():
        try:
            parts = extract_segments(source.as_instance())
        except SourceDeletedError:
            continue
        offered = {part.path for part in parts if isinstance(part, OverridableSegmentValue)}
        rows = source.overridablesegment_set.values_list("context__path", flat=True)
        if offered - set(rows):
            source.refresh_segments()
            cut += 1
    return cut


def _tell_translations(source: TranslationSource, user: Any) -> None:
    """Each translation that was begun: what it was made from is another.

    One that is stopped, too: it may be taken up again, and should not say that nothing changed.
    """
    works = PageTranslation.objects.filter(translation__source=source)
    begun = works.exclude(state=TranslationState.NEW)
    for work in begun.select_related("translation__source", "translation__target_locale"):
        try:
            page = target_of(work)
        except Page.DoesNotExist:
            continue
        say_source_changed(work, user, page=page)


def waiting(translation: Translation) -> int:
    """How many texts of a page have no words that could be published."""
    total, translated = translation.get_progress()
    return int(total) - int(translated)


def _said(page: Page) -> list[str]:
    """All that translators are given of ``page``, in its order."""
    return [
        json.dumps([type(part).__name__, part.path, vars(part)], default=str)
        for part in extract_segments(page)
    ]
