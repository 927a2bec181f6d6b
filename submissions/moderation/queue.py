"""What waits for moderators: in which order, since when, and how much of it there is."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Count, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from submissions.models import Idea, IdeaStatus
from submissions.moderation.access import ideas_of

APPEALS = Q(status=IdeaStatus.REFUSED, appeal__isnull=False, appeal__answer__isnull=True)


class Queue(models.TextChoices):
    """The tabs above the list. The first three hold what awaits a decision."""

    WAITING = "waiting", pgettext_lazy("queue", "Waiting")
    OVERDUE = "overdue", pgettext_lazy("queue", "Overdue")
    ESCALATED = "escalated", pgettext_lazy("queue", "A colleague asks")
    APPEALS = "appeals", pgettext_lazy("queue", "Appeals")
    PUBLISHED = "published", pgettext_lazy("queue", "Published")
    REFUSED = "refused", pgettext_lazy("queue", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("queue", "Withdrawn")

    @property
    def waits(self) -> bool:
        """Whether somebody waits for an answer there."""
        return self in {Queue.WAITING, Queue.OVERDUE, Queue.ESCALATED, Queue.APPEALS}


CONDITIONS = {
    Queue.WAITING: Q(status=IdeaStatus.AWAITING),
    Queue.OVERDUE: Q(status=IdeaStatus.AWAITING, due_at__lt=Now()),
    Queue.ESCALATED: Q(status=IdeaStatus.AWAITING, escalated_at__isnull=False),
    Queue.APPEALS: APPEALS,
    Queue.PUBLISHED: Q(status=IdeaStatus.PUBLISHED),
    Queue.REFUSED: Q(status=IdeaStatus.REFUSED),
    Queue.WITHDRAWN: Q(status=IdeaStatus.WITHDRAWN),
}


def with_promise(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Bring ``due_at`` and ``now`` along: by when the idea, or its appeal, should be answered."""
    since = Case(When(APPEALS, then=F("appeal__made_at")), default=F("created_at"))
    hours = F("debate__consultation__moderation_hours") * Value(timedelta(hours=1))
    promised = ExpressionWrapper(hours, output_field=models.DurationField())
    due = ExpressionWrapper(since + promised, output_field=models.DateTimeField())
    return ideas.annotate(now=Now(), due_at=due)


def to_moderate(moderator: Any) -> QuerySet[Idea]:
    """A moderator's ideas with all that the queue and the decision show: four queries."""
    ideas = with_promise(ideas_of(moderator)).select_related("debate__consultation", "appeal")
    return ideas.prefetch_related("texts", "debate__labels")


def in_queue(ideas: QuerySet[Idea], queue: Queue) -> QuerySet[Idea]:
    """Those of one tab: due soonest first where somebody waits, else the newest first."""
    order = ("due_at", "pk") if queue.waits else ("-created_at", "-pk")
    return ideas.filter(CONDITIONS[queue]).order_by(*order)


def counts(moderator: Any) -> dict[Queue, int]:
    """How many ideas each tab holds, in one query."""
    counted = with_promise(ideas_of(moderator)).aggregate(
        **{queue.value: Count("pk", filter=CONDITIONS[queue]) for queue in Queue}
    )
    return {queue: counted[queue.value] for queue in Queue}


def waiting_count(moderator: Any) -> int:
    """How many ideas and appeals wait for an answer: the figure of the menu."""
    return ideas_of(moderator).filter(Q(status=IdeaStatus.AWAITING) | APPEALS).count()


def next_of(ideas: QuerySet[Idea], queue: Queue, after: Any) -> int | None:
    """Which idea of ``ideas`` comes after ``after`` in the tab; the first one after the last."""
    rest = in_queue(ideas, queue).exclude(pk=after.pk)
    if queue.waits:
        later = Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, pk__gt=after.pk)
    else:
        later = Q(created_at__lt=after.created_at) | Q(created_at=after.created_at, pk__lt=after.pk)
    found = rest.filter(later).values_list("pk", flat=True).first()
    return found or rest.values_list("pk", flat=True).first()


def overdue(idea: Any) -> bool:
    """Whether the promise is broken: ``idea`` brings ``due_at`` and ``now`` along."""
    waits = idea.status == IdeaStatus.AWAITING or pending_appeal(idea) is not None
    return bool(waits and idea.due_at < idea.now)


def pending_appeal(idea: Idea) -> Any:
    """The appeal that waits for an answer, or None."""
    appeal = getattr(idea, "appeal", None)
    waits = appeal is not None and appeal.answer_id is None and idea.status == IdeaStatus.REFUSED
    return appeal if waits else None
