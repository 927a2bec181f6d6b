"""Files that staff asked for, made by the worker: how far they are, and where they wait."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models.consultation import Consultation
from submissions.models.contribution import Contribution, ContributionState


class ExportState(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting", pgettext_lazy("export", "Waiting")
    RUNNING = "running", pgettext_lazy("export", "Being made")
    READY = "ready", pgettext_lazy("export", "Ready")
    FAILED = "failed", pgettext_lazy("export", "Failed")


class ExportQuerySet(models.QuerySet[Any]):
    """Reads of exports."""

    def with_outdated(self) -> Self:
        """Each with ``outdated``: somebody has withdrawn since, whose words may be in the file."""
        withdrawn = Contribution.objects.filter(
            consultation=models.OuterRef("consultation"),
            state=ContributionState.WITHDRAWN,
            withdrawn_at__gte=models.OuterRef("asked_at"),
        )
        return self.annotate(outdated=models.Exists(withdrawn))

    def no_longer_to_be_had(self) -> Self:
        """The outdated ones."""
        return self.with_outdated().filter(outdated=True)


class Export(models.Model):
    """One file: of what (``filters``, the query of the list), in which format, how far it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="exports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    format = models.CharField(max_length=10)
    language = models.CharField(max_length=10)  # of headings and choices
    filters = models.TextField(blank=True)
    state = models.CharField(max_length=7, choices=ExportState, default=ExportState.WAITING)
    total = models.PositiveIntegerField(default=0)  # contributions
    done = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=100, blank=True)  # in the storage ``contributions``
    size = models.PositiveBigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    # Brought along by ``with_outdated``.
    outdated: bool

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.format} {self.pk}"
