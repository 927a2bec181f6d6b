"""How long files wait for those who asked: seven days, or until somebody withdraws."""

from datetime import datetime, timedelta

from django.db.models.functions import Now

from submissions.contributions.exports.making import UNDER_WAY, place_of_files
from submissions.models import Export, ExportState

KEPT_FOR = timedelta(days=7)
MADE_WITHIN = timedelta(hours=6)


def remove_old_exports(now: datetime) -> None:
    """Remove files that are old or outdated; tell of those that nobody makes any more."""
    Export.objects.filter(asked_at__lt=now - KEPT_FOR).delete()
    for export in Export.objects.no_longer_to_be_had().exclude(key=""):
        place_of_files().delete(export.key)
        Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED, key="")
    left = Export.objects.filter(state__in=UNDER_WAY, asked_at__lt=now - MADE_WITHIN)
    left.update(state=ExportState.FAILED, finished_at=Now())
