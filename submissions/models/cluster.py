"""Participants whose votes look as if one hand had cast them: shown to organisers, who judge."""

from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from submissions.models.consultation import Consultation
from submissions.models.participant import Participant


class ClusterKind(models.TextChoices):
    """What was seen."""

    NEWCOMERS = "newcomers", pgettext_lazy("cluster", "Many newcomers of one network")
    ALIKE = "alike", pgettext_lazy("cluster", "The same votes on the same ideas")
    UNTRUSTED = "untrusted", pgettext_lazy("cluster", "Votes sent without one of our cards")
    SPEED = "speed", pgettext_lazy("cluster", "Votes faster than ideas can be read")
    LOOKALIKE = "lookalike", pgettext_lazy("cluster", "Addresses that look alike")


class ClusterQuerySet(models.QuerySet["Cluster"]):
    """Reads of clusters."""

    def with_size(self) -> Self:
        """How many people, a guest and who they became counted once, and how many set aside."""
        who = Coalesce("members__participant__became", "members__participant")
        aside = Q(members__participant__became__suspect=True) | Q(
            members__participant__became=None, members__participant__suspect=True
        )
        return self.annotate(
            size=Count(who, distinct=True), aside=Count(who, filter=aside, distinct=True)
        )

    def newest(self) -> Self:
        """The one that was going on last comes first."""
        return self.order_by(F("ended_at").desc(), "-pk")


class Cluster(models.Model):
    """A suspicion, found by the worker in the last hours. By itself it changes nothing."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="clusters"
    )
    kind = models.CharField(
        pgettext_lazy("cluster", "what was seen"), max_length=9, choices=ClusterKind
    )
    # What is found again joins what was found: a hash that says nothing else.
    mark = models.BinaryField(max_length=32, editable=False)
    began_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(editable=False)
    found_at = models.DateTimeField(db_default=Now(), editable=False)

    size: int  # ``with_size``: people
    aside: int  # and how many of them are set aside

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspicion")
        verbose_name_plural = _("suspicions")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "kind", "mark"], name="one_cluster_per_mark"
            )
        ]
        indexes = [models.Index(fields=["-ended_at", "-id"], name="clusters_latest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"


class ClusterMember(models.Model):
    """One of its participants. Erased, they leave it."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "participant"], name="once_in_a_cluster")
        ]

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.participant_id}"
