"""Tallies: how the votes on an idea stand."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from submissions.models.idea import Idea


class Tally(models.Model):
    """How an idea's votes stand: recounted from the votes by the worker, never incremented.

    ``agree``, ``disagree`` and ``neutral`` are the counted votes (valid key, participant not
    suspect); ``votes`` is all of them.
    """

    idea = models.OneToOneField(
        Idea, primary_key=True, on_delete=models.CASCADE, related_name="tally"
    )
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    neutral = models.PositiveIntegerField(default=0)
    votes = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(db_default=Now())
    # To be counted again though no vote was cast: somebody was set aside, or took votes away.
    stale = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        indexes = [
            models.Index(fields=["idea"], condition=models.Q(stale=True), name="stale_tallies"),
        ]

    def __str__(self) -> str:
        return f"{self.agree} / {self.disagree} / {self.neutral}"

    @property
    def counted(self) -> int:
        """Votes that count in results."""
        return self.agree + self.disagree + self.neutral
