"""The register as a file: a line a decision, without who took it, without a word of the idea."""

import csv
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from submissions.contributions.exports import BYTE_ORDER_MARK, harmless
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


class _Line:
    """A file whose ``write`` gives back the line, for the csv module."""

    def write(self, line: str) -> str:
        return line


def as_csv(consultation: Consultation) -> Iterator[str]:
    """Lines of the file, the oldest decision first; a few hundred rows are held at once."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    yield writer.writerow(COLUMNS)
    promised = timedelta(hours=consultation.moderation_hours)
    decisions = (
        Decision.objects.filter(idea__debate__consultation=consultation, kind__in=KINDS)
        .select_related("idea", "undone_by", "appeal")
        .order_by("decided_at", "pk")
    )
    for decision in decisions.iterator(ROWS_AT_ONCE):
        yield writer.writerow([harmless(str(value)) for value in _values(decision, promised)])


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
