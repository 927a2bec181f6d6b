"""Clusters are forgotten; what was judged stays with the participants, and in the audit log."""

from datetime import datetime, timedelta

from submissions.models import Cluster

KEPT_FOR = timedelta(days=90)


def forget_clusters(now: datetime) -> None:
    """Remove the clusters that ended long ago."""
    Cluster.objects.filter(ended_at__lt=now - KEPT_FOR).delete()
