"""What is kept of mail, and for how long; and what a dead worker left."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from core.clock import database_now
from submissions.mail.delivery import deliver
from submissions.models import IdeaStatus, Mail, MailedLink, MailStatus

LEFT_FOR = timedelta(hours=1)  # past its time, nobody is about to send it
KEPT_FOR = timedelta(days=30)
LINKS_KEPT_FOR = timedelta(days=1)  # from when they were mailed: as long as their number is limited


@transaction.atomic
def take_up_left_mail() -> int:
    """Try again what no task will: its worker died each time, say. How many."""
    now = database_now()
    waiting = Mail.objects.select_for_update(skip_locked=True).filter(status=MailStatus.WAITING)
    left = waiting.filter(next_attempt_at__lt=now - LEFT_FOR)
    for mail in left:
        mail.next_attempt_at = now
        mail.save(update_fields=["next_attempt_at"])
        deliver.enqueue(mail.pk)
    return len(left)


@transaction.atomic
def remove_old_mail() -> None:
    """Remove messages settled a month ago, and links that lead nowhere any more.

    A link that was never used can ask for another in its place, as long as its idea waits.
    """
    now = database_now()
    Mail.objects.filter(settled_at__lt=now - KEPT_FOR).delete()
    over = Q(expires_at__lt=now) | Q(used_at__isnull=False)
    asks_again = Q(used_at__isnull=True, idea__status=IdeaStatus.UNCONFIRMED)
    links = MailedLink.objects.filter(over, made_at__lt=now - LINKS_KEPT_FOR)
    links.exclude(pk__in=links.filter(asks_again).values("pk")).delete()
