"""What goes by itself after a time. The worker that leads sees to it, once an hour."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from core.clock import database_now
from submissions.contributions.campaigns.finding import look_for_campaigns
from submissions.contributions.drafts.erasure import (
    forget_co_authors,
    forget_links,
    forget_old_drafts,
)
from submissions.contributions.exports.retention import remove_old_exports
from submissions.contributions.files.retention import forget_files
from submissions.contributions.files.scanning import scan_what_was_left
from submissions.debate.addresses import links_on_their_way
from submissions.limits.retention import forget_counts
from submissions.mail.retention import remove_old_mail, take_up_left_mail
from submissions.models import Idea, IdeaStatus
from submissions.suspects.finding import look_for_clusters
from submissions.suspects.retention import forget_clusters

TASKS_KEPT_FOR = timedelta(days=7)
# Its author may ask for another link meanwhile, and is waited for as long as the last one works.
UNCONFIRMED_KEPT_FOR = timedelta(days=7)


def tidy() -> None:
    """Remove what has been kept for long enough; running it twice removes nothing more."""
    now = database_now()
    take_up_left_mail()
    remove_old_mail()
    forget_old_drafts()
    forget_co_authors()
    forget_links()
    forget_counts(now)
    forget_clusters(now)
    remove_old_exports(now)
    scan_what_was_left()
    look_for_clusters.enqueue()
    look_for_campaigns.enqueue()
    forgotten = Idea.objects.filter(
        status=IdeaStatus.UNCONFIRMED, created_at__lt=now - UNCONFIRMED_KEPT_FOR
    )
    forgotten.exclude(author__in=links_on_their_way().values("participant")).delete()
    forget_files(now)
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT_FOR).delete()
