"""What is counted is forgotten: keys after the next day, counts after their window."""

from datetime import UTC, datetime, timedelta

from submissions.models import DailyKey, Origin, Rate

ORIGINS_KEPT_FOR = timedelta(days=2)  # as long as their key, and no hash outlives it for long


def forget_counts(now: datetime) -> None:
    """Remove the keys, counts and origins whose time is over."""
    yesterday = now.astimezone(UTC).date() - timedelta(days=1)
    DailyKey.objects.filter(day__lt=yesterday).delete()
    Rate.objects.filter(expires_at__lt=now).delete()
    Origin.objects.filter(at__lt=now - ORIGINS_KEPT_FOR).delete()
