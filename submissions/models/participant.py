"""Participants: who votes and writes. A random id, and nothing about the person."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from submissions.models.consultation import Consultation


class Participant(models.Model):
    """Someone who takes part, known by a random id in a signed cookie. No name, no address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="participants"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    suspect = models.BooleanField(
        default=False,
        help_text=_("Set aside by an organiser: the votes stay, and are not counted in results."),
    )
    # Languages they read ideas in: this page's only, or several. Empty: not asked yet.
    reads = ArrayField(models.CharField(max_length=10), default=list, db_default=[], blank=True)
    # Somebody with a confirmed address whom this guest turned out to be: all that was theirs is now
    # that participant's, and a browser that still brings this number speaks for them.
    became = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="guests"
    )
    # An imported or synthetic participant: who they are in their source.
    source = models.CharField(max_length=100, blank=True, editable=False)
    source_key = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        permissions = [("judge_participant", gettext_noop("Can set participants aside as suspect"))]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "source", "source_key"],
                condition=~Q(source=""),
                name="one_participant_per_source_key",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Consent(models.Model):
    """What somebody agreed to: the purpose, the version of the wording, its language, the time.

    Belongs to a participant or to a contribution, never to both.
    """

    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    contribution = models.ForeignKey(
        "submissions.Contribution",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="consents",
    )
    purpose = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=True) ^ Q(contribution__isnull=True),
                name="consent_of_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version} ({self.language})"
