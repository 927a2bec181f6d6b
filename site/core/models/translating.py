"""Pages on their way into another language: where each stands, and trees sent there at once."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation


class TranslationState(models.TextChoices):
    """Where the translation of a page stands. That its source has changed is said beside it."""

    NEW = "new", pgettext_lazy("translation", "To translate")
    IN_PROGRESS = "in_progress", pgettext_lazy("translation", "Being translated")
    READY = "ready", pgettext_lazy("translation", "Ready for review")
    PUBLISHED = "published", pgettext_lazy("translation", "Published")


class PageTranslationQuerySet(models.QuerySet[Any]):
    """Reads of translations of pages."""

    def into(self, *languages: str) -> Self:
        """Those into one of ``languages``."""
        return self.filter(translation__target_locale__language_code__in=languages)

    def of(self, page: Page) -> Self:
        """The work on ``page``, which is the translated one."""
        return self.filter(
            translation__source__object_id=page.translation_key,
            translation__target_locale=page.locale_id,
        )


class PageTranslation(models.Model):
    """One page into one language: its state, who said it was ready, who reviewed it."""

    translation = models.OneToOneField(Translation, on_delete=models.CASCADE, related_name="work")
    state = models.CharField(
        max_length=11, choices=TranslationState, default=TranslationState.NEW, db_index=True
    )
    source_changed_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What whoever sent it back asked for; empty once it is ready again.
    note = models.TextField(blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    objects = PageTranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation of a page")
        verbose_name_plural = _("translations of pages")

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.state}"


class BulkState(models.TextChoices):
    """Where a tree that is sent to translation stands."""

    WAITING = "waiting", pgettext_lazy("bulk", "Waiting")
    RUNNING = "running", pgettext_lazy("bulk", "Under way")
    DONE = "done", pgettext_lazy("bulk", "Done")
    FAILED = "failed", pgettext_lazy("bulk", "Failed")


class BulkTranslationQuerySet(models.QuerySet[Any]):
    """Reads of trees that were sent to translation."""

    def under_way(self) -> Self:
        """Those that the worker has not finished."""
        return self.filter(state__in=(BulkState.WAITING, BulkState.RUNNING))


class BulkTranslation(models.Model):
    """A page and all below it, sent to translation by the worker: how far it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    drafts = models.BooleanField(default=False)  # pages that are not published too
    proposals = models.BooleanField(default=False)  # the machine translator is asked for each
    state = models.CharField(max_length=7, choices=BulkState, default=BulkState.WAITING)
    total = models.PositiveIntegerField(default=0)  # pages that are to be sent
    done = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)  # pages that were there in that language
    made = models.JSONField(default=list)  # ids of the pages that were made
    # Both lists: [{"page": id, "title": …, "live": …, "why": a code of core.translating.bulk}].
    left_out = models.JSONField(default=list)
    failed = models.JSONField(default=list)  # "words": what is wrong, where a person can mend it
    asked_at = models.DateTimeField(db_default=Now())
    moved_at = models.DateTimeField(db_default=Now())  # when the worker last got further
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BulkTranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("tree sent to translation")
        verbose_name_plural = _("trees sent to translation")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "locale"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_bulk_translation_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.locale_id}: {self.state}"
