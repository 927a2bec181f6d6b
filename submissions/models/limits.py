"""What keeps machines from speaking for people: counts by the hour, origins without addresses.

A network address is never stored. What stands here is a keyed hash whose key is drawn each day and
destroyed after the next: hashes of two days can't be compared, nor turned back into addresses.
"""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from submissions.models.participant import Participant


class DailyKey(models.Model):
    """The key of one day's hashes. Gone, nobody can tell any more whose they were."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("daily key")
        verbose_name_plural = _("daily keys")

    def __str__(self) -> str:
        return self.day.isoformat()


class Rate(models.Model):
    """How often something was done in one window of time, by one participant or one origin."""

    # Hash of what is limited, by whom, and of the window.
    key = models.BinaryField(max_length=32, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")

    def __str__(self) -> str:
        return str(self.count)


class Origin(models.Model):
    """Where a participant came from when they began: a keyed hash of the network address."""

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, primary_key=True, related_name="origin"
    )
    origin_hash = models.BinaryField(max_length=32)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("origin of a participant")
        verbose_name_plural = _("origins of participants")
        indexes = [models.Index(fields=["origin_hash", "at"], name="origins_by_hash")]

    def __str__(self) -> str:
        return str(self.participant_id)
