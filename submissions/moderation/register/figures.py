"""The figures of the register: six queries whatever there is, the same for every reader."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, DateField, Max, Min, QuerySet
from django.db.models.functions import Trunc
from django.utils import timezone

from core.clock import database_now
from core.single_flight import single_flight
from submissions.models import Appeal, Consultation, Decision, DecisionKind, Idea, IdeaStatus

SECONDS = 60
WEEKS_SHOWN = 10  # a longer consultation is told month by month
PUBLIC_KINDS = (
    DecisionKind.PUBLISH,
    DecisionKind.REFUSE,
    DecisionKind.WITHDRAW,
    DecisionKind.UPHOLD,
)
ALL = ""  # every language together

# The first answer to each idea that was not undone: what its author waited for.
DELAYS = """
WITH answered AS (
    SELECT DISTINCT ON (decision.idea_id)
        idea.language, decision.decided_at - idea.created_at AS delay
    FROM submissions_decision decision
    JOIN submissions_idea idea ON idea.id = decision.idea_id
    JOIN submissions_debate debate ON debate.id = idea.debate_id
    WHERE debate.consultation_id = %s AND decision.kind IN ('publish', 'refuse')
        AND NOT EXISTS (SELECT FROM submissions_decision undo WHERE undo.undoes_id = decision.id)
        AND NOT EXISTS (SELECT FROM submissions_appeal WHERE answer_id = decision.id)
    ORDER BY decision.idea_id, decision.id
)
SELECT coalesce(language, ''), count(*),
    count(*) FILTER (WHERE delay <= make_interval(hours => %s)),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY delay)
FROM answered GROUP BY GROUPING SETS ((language), ())
"""


@dataclass
class Promise:
    """How the promised time was kept, in one language or in all."""

    answered: int = 0
    in_time: int = 0
    overdue: int = 0  # still unanswered, after the promised time
    median: timedelta | None = None

    @property
    def share(self) -> float | None:
        """Of all that should have been answered by now, how much was in time."""
        due = self.answered + self.overdue
        return self.in_time / due if due else None


@dataclass
class Figures:
    """Everything the register tells. Keys: a language (``ALL`` for every one) and what is told."""

    at: datetime
    hours: int
    languages: list[str]
    ideas: Counter[tuple[str, str]] = field(default_factory=Counter)  # by status; "received"
    reasons: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # by kind and reason
    promises: dict[str, Promise] = field(default_factory=dict)
    appeals: Counter[tuple[str, str]] = field(default_factory=Counter)  # made, waiting, kinds
    by_month: bool = False
    periods: dict[date, Counter[str]] = field(default_factory=dict)  # received, kinds


def figures_of(consultation: Consultation) -> Figures:
    """The figures of ``consultation``, at most a minute old."""
    key = f"moderation-register:{consultation.pk}"
    return single_flight(key, SECONDS, lambda: count(consultation))


def count(consultation: Consultation) -> Figures:
    """The figures as they are now."""
    found = Figures(
        database_now(), consultation.moderation_hours, languages=list(consultation.languages)
    )
    ideas = Idea.objects.filter(debate__consultation=consultation)
    ideas = ideas.exclude(status=IdeaStatus.UNCONFIRMED)
    for row in ideas.order_by().values("language", "status").annotate(number=Count("pk")):
        for language in (row["language"], ALL):
            found.ideas[language, row["status"]] += row["number"]
            found.ideas[language, "received"] += row["number"]
    _count_reasons(found, public_decisions(consultation))
    _count_promises(found, consultation, ideas)
    _count_appeals(found, consultation)
    _count_periods(found, ideas, public_decisions(consultation))
    return found


def public_decisions(consultation: Consultation) -> QuerySet[Decision]:
    """What settled an idea and was not undone."""
    decisions = Decision.objects.filter(idea__debate__consultation=consultation)
    return decisions.filter(kind__in=PUBLIC_KINDS, undone_by__isnull=True)


def _count_reasons(found: Figures, decisions: QuerySet[Decision]) -> None:
    rows = decisions.exclude(reason="").order_by().values("kind", "reason", "idea__language")
    for row in rows.annotate(number=Count("pk")):
        for language in (row["idea__language"], ALL):
            found.reasons[language, row["kind"], row["reason"]] += row["number"]


def _count_promises(found: Figures, consultation: Consultation, ideas: QuerySet[Idea]) -> None:
    promised = timedelta(hours=consultation.moderation_hours)
    with connection.cursor() as cursor:
        cursor.execute(DELAYS, [consultation.pk, consultation.moderation_hours])
        for language, answered, in_time, median in cursor.fetchall():
            found.promises[language] = Promise(answered, in_time, 0, median)
    late = ideas.filter(status=IdeaStatus.AWAITING, created_at__lt=found.at - promised)
    for row in late.order_by().values("language").annotate(number=Count("pk")):
        for language in (row["language"], ALL):
            found.promises.setdefault(language, Promise()).overdue += row["number"]


def _count_appeals(found: Figures, consultation: Consultation) -> None:
    appeals = Appeal.objects.filter(idea__debate__consultation=consultation)
    rows = appeals.order_by().values("idea__language", "answer__kind")
    for row in rows.annotate(number=Count("pk")):
        for language in (row["idea__language"], ALL):
            found.appeals[language, "made"] += row["number"]
            found.appeals[language, row["answer__kind"] or "waiting"] += row["number"]


def _count_periods(found: Figures, ideas: QuerySet[Idea], decisions: QuerySet[Decision]) -> None:
    """By week, or by month once there are many weeks; days are those of the site's zone."""
    span = ideas.aggregate(first=Min("created_at"), last=Max("created_at"))
    if span["first"] is None:
        return
    found.by_month = span["last"] - span["first"] > timedelta(weeks=WEEKS_SHOWN)
    size = "month" if found.by_month else "week"

    def period(name: str) -> Any:
        zone = timezone.get_default_timezone()
        return Trunc(name, size, output_field=DateField(), tzinfo=zone)

    received = ideas.order_by().annotate(period=period("created_at")).values("period")
    for row in received.annotate(number=Count("pk")):
        found.periods.setdefault(row["period"], Counter())["received"] += row["number"]
    decided = decisions.order_by().annotate(period=period("decided_at")).values("period", "kind")
    for row in decided.annotate(number=Count("pk")):
        found.periods.setdefault(row["period"], Counter())[row["kind"]] += row["number"]
