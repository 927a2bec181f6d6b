"""What goes by itself after a time. The worker that leads sees to it, once an hour."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from core.clock import database_now
from submissions.mail.retention import remove_old_mail, take_up_left_mail
from submissions.models import Idea, IdeaStatus

TASKS_KEPT_FOR = timedelta(days=7)
UNCONFIRMED_KEPT_FOR = timedelta(days=7)  # its author may ask for another link meanwhile


def tidy() -> None:
    """Remove what has been kept for long enough; running it twice removes nothing more."""
    now = database_now()
    take_up_left_mail()
    remove_old_mail()
    unconfirmed = Idea.objects.filter(status=IdeaStatus.UNCONFIRMED)
    unconfirmed.filter(created_at__lt=now - UNCONFIRMED_KEPT_FOR).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT_FOR).delete()
