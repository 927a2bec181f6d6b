"""Word to the author of an idea: some minutes after the decision, so that an undo stops it."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django_tasks import task

from core.clock import database_now
from submissions.models import Address, Decision, Idea, Notice, Notified
from submissions.signals import appeal_decided, idea_decided

UNDOABLE_UNTOLD = timedelta(minutes=5)


def notify_later(decision: Decision) -> None:
    """Have the author told, by a task that stands or falls with the caller's transaction."""
    due = database_now() + UNDOABLE_UNTOLD
    Notice.objects.create(decision=decision, due_at=due)
    notify.using(run_after=due).enqueue(decision.pk)


def stop(decision: Decision) -> None:
    """What is undone before it was told is never told."""
    waiting = Notice.objects.filter(decision=decision, outcome=Notified.WAITING)
    waiting.update(outcome=Notified.STOPPED, settled_at=Now())


@task(backend="durable")
def notify(decision_id: int) -> None:
    """Tell whoever mails the author that this decision stands; once, whatever is retried.

    The mail is enqueued in the same transaction as the mark that says so.
    """
    with transaction.atomic():
        waiting = Notice.objects.select_for_update().filter(outcome=Notified.WAITING)
        notice = waiting.filter(decision=decision_id).first()
        if notice is None:
            return
        decision = Decision.objects.select_related("idea__debate__consultation").get(pk=decision_id)
        idea = decision.idea
        known = Address.objects.filter(participant=idea.author_id).exists()
        notice.outcome = Notified.SENT if known else Notified.NO_ADDRESS
        notice.settled_at = database_now()
        notice.save(update_fields=["outcome", "settled_at"])
        if known:
            signal = appeal_decided if hasattr(decision, "appeal") else idea_decided
            signal.send(sender=Idea, idea=idea, decision=decision)
