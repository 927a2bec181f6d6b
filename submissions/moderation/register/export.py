"""The register as a file: a line a decision, without who took it, without a word of the idea."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.cells import BYTE_ORDER_MARK, csv_lines
from submissions.models import Consultation, Decision, DecisionKind
from submissions.moderation.register.figures import PUBLIC_KINDS

ROWS_AT_ONCE = 500
KINDS = (*PUBLIC_KINDS, DecisionKind.CORRECT)
# Names and values are codes, so that the files of both languages are one.
COLUMNS: dict[str, str | Promise] = {
    "idea": _("number of the idea; a published one stands at its address"),
    "debate": _("number of the debate"),
    "language": _("language in which the idea was written"),
    "received_on": _("day on which the idea was received"),
    "decided_on": _("day of the decision, in the time of the site"),
    "decision": _("publish, refuse, withdraw, uphold (a refusal, on appeal), correct (spelling)"),
    "reason": _("of a refusal or a withdrawal: one of the reasons above, as a code"),
    "on_appeal": _("yes: it answers an appeal"),
    "undone": _("yes: it was taken back, and does not count in the figures above"),
    "within_promise": _("yes or no: it came within the promised time; empty for later decisions"),
}


def as_csv(consultation: Consultation) -> Iterator[str]:
    """Lines of the file, the oldest decision first; a few hundred rows are held at once."""
    yield BYTE_ORDER_MARK
    promised = timedelta(hours=consultation.moderation_hours)
    decisions = (
        Decision.objects.filter(idea__debate__consultation=consultation, kind__in=KINDS)
        .select_related("idea", "undone_by", "appeal")
        .order_by("decided_at", "pk")
    )
    rows = (_values(decision, promised) for decision in decisions.iterator(ROWS_AT_ONCE))
    yield from csv_lines(chain([COLUMNS], rows))


def _values(decision: Decision, promised: timedelta) -> list[str | int]:
    idea = decision.idea
    on_appeal = hasattr(decision, "appeal")
    is_answer = decision.kind in {DecisionKind.PUBLISH, DecisionKind.REFUSE} and not on_appeal
    within = decision.decided_at - idea.created_at <= promised
    return [
        idea.pk,
        idea.debate_id,
        idea.language,
        timezone.localdate(idea.created_at, timezone.get_default_timezone()).isoformat(),
        timezone.localdate(decision.decided_at, timezone.get_default_timezone()).isoformat(),
        decision.kind,
        decision.reason,
        "yes" if on_appeal else "",
        "yes" if hasattr(decision, "undone_by") else "",
        ("yes" if within else "no") if is_answer else "",
    ]
