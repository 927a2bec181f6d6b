"""What waits for translators into one language: in which order, and how much of it there is."""

from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.db.models.lookups import Exact
from django.utils.translation import pgettext_lazy

from submissions.idea_translations.access import ideas_into, languages_into
from submissions.models import Idea, TextOrigin, TranslationReport


class Queue(models.TextChoices):
    """The tabs above the list. The last one alone holds what nobody waits for."""

    WAITING = "waiting", pgettext_lazy("queue of translations", "To translate")
    PROPOSED = "proposed", pgettext_lazy("queue of translations", "Machine proposals")
    CHANGED = "changed", pgettext_lazy("queue of translations", "Source changed")
    REPORTED = "reported", pgettext_lazy("queue of translations", "Reported by readers")
    APPROVED = "approved", pgettext_lazy("queue of translations", "Approved")


class Order(models.TextChoices):
    """What comes first in a tab."""

    OLDEST = "oldest", pgettext_lazy("order of ideas", "Oldest first")
    VOTES = "votes", pgettext_lazy("order of ideas", "Most voted on first")


OPEN_REPORTS = TranslationReport.objects.filter(text=OuterRef("rendering__pk"), settled_at=None)
DRAFT = Q(rendering__isnull=False, rendering__approved_at__isnull=True)
# Nothing is said with ``~Q``: of a relation, Django would read all texts once more for each.
CONDITIONS = {
    Queue.WAITING: Q(rendering__isnull=True) | (DRAFT & Q(rendering__origin=TextOrigin.PERSON)),
    Queue.PROPOSED: DRAFT & Q(rendering__origin=TextOrigin.MACHINE),
    Queue.CHANGED: Q(rendering__made_from__gt="")
    & Q(~Exact(F("rendering__made_from"), F("own_words__text"))),
    Queue.REPORTED: Q(Exists(OPEN_REPORTS)),
    Queue.APPROVED: Q(rendering__approved_at__isnull=False),
}
NOT_APPROVED = Q(rendering__approved_at__isnull=True)  # there is none, or a draft
TO_DO = NOT_APPROVED | CONDITIONS[Queue.CHANGED] | CONDITIONS[Queue.REPORTED]


def with_rendering(language: str, translator: Any) -> QuerySet[Idea]:
    """The ideas for ``language`` of ``translator`` with their text in it: tabs judge by it."""
    return ideas_into(language, translator).annotate(
        rendering=FilteredRelation("texts", condition=Q(texts__language=language)),
        own_words=FilteredRelation("texts", condition=Q(texts__language=F("language"))),
    )


def to_translate(language: str, translator: Any) -> QuerySet[Idea]:
    """The ideas with all that the queue and the desk show: a few queries, however many ideas."""
    ideas = with_rendering(language, translator).annotate(
        now=Now(),
        changed=CONDITIONS[Queue.CHANGED],
        reported=CONDITIONS[Queue.REPORTED],
        votes_cast=Coalesce("tally__votes", 0),
    )
    return ideas.select_related("debate__consultation").prefetch_related(
        "texts__approved_by", "debate__labels", "machine_requests"
    )


def in_queue(ideas: QuerySet[Idea], queue: Queue, order: Order) -> QuerySet[Idea]:
    """Those of one tab, in the order that was chosen."""
    by_age = ("published_at", "pk")
    fields = ("-votes_cast", *by_age) if order is Order.VOTES else by_age
    return ideas.filter(CONDITIONS[queue]).order_by(*fields)


def counts(language: str, translator: Any) -> dict[Queue, int]:
    """How many ideas each tab holds, in one query."""
    counted = with_rendering(language, translator).aggregate(
        **{queue.value: Count("pk", filter=CONDITIONS[queue]) for queue in Queue}
    )
    return {queue: counted[queue.value] for queue in Queue}


def waiting_count(translator: Any) -> int:
    """How many translations wait, into all of the translator's languages: the menu's figure."""
    return sum(
        with_rendering(code, translator).filter(TO_DO).count()
        for code, _name in languages_into(translator)
    )


def next_of(ideas: QuerySet[Idea], queue: Queue, order: Order, after: Any) -> int | None:
    """Which idea of ``ideas`` comes after ``after`` in the tab; the first one after the last."""
    rest = in_queue(ideas, queue, order).exclude(pk=after.pk)
    published = Q(published_at__gt=after.published_at)
    later = published | Q(published_at=after.published_at, pk__gt=after.pk)
    if order is Order.VOTES:
        fewer = Q(votes_cast__lt=after.votes_cast)
        later = fewer | (Q(votes_cast=after.votes_cast) & later)
    found = rest.filter(later).values_list("pk", flat=True).first()
    return found or rest.values_list("pk", flat=True).first()
