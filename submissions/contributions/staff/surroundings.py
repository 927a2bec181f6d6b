"""What stands beside a contribution: address, notes, versions, campaign, publication."""

from typing import Any

from django.http import HttpRequest

from submissions.contributions.publishing.panel import panel_context
from submissions.contributions.staff import access
from submissions.contributions.staff.differences import answered_in, changes_between
from submissions.contributions.staff.notes import may_change
from submissions.contributions.staff.people import name_of
from submissions.contributions.staff.readings import state_of
from submissions.models import (
    Contribution,
    ContributionState,
    ContributionVersion,
    Question,
    ReadingState,
)

PANEL = "submissions/contributions/admin/publication_panel.html"


def surroundings_of(request: HttpRequest, one: Contribution, user: Any) -> dict[str, Any]:
    """An address and a publication only for who may see them: they are not even read for others."""
    versions = list(one.versions.order_by("-number"))
    context: dict[str, Any] = {
        "versions": versions,
        "changes": _changes_since_read(one, versions),
        "notes": _notes(one, user),
        "campaign": _campaign(one),
    }
    if access.may(user, access.CONTACT, one.consultation_id):
        context["contact"] = getattr(one, "contact", None)
    if any(access.may(user, act, one.consultation_id) for act in (access.REDACT, access.PUBLISH)):
        context |= {"publication_panel": PANEL, **panel_context(request, one)}
    return context


def _notes(one: Contribution, user: Any) -> list[Any]:
    notes: list[Any] = list(one.notes.select_related("by"))
    for note in notes:
        note.who = name_of(note.by)
        note.changeable = may_change(note, user)
    return notes


def _changes_since_read(
    one: Contribution, versions: list[ContributionVersion]
) -> dict[str, Any] | None:
    """What is new to who read an earlier version; None: nobody did, or it is read again."""
    reading = state_of(one)
    if reading.state == ReadingState.READ or one.state == ContributionState.WITHDRAWN:
        return None
    by_number = {version.number: version for version in versions}
    before, after = by_number.get(reading.version_read or 0), by_number.get(one.version)
    if before is None or after is None or before.number == after.number:
        return None
    return compare(before, after)


def compare(before: ContributionVersion, after: ContributionVersion) -> dict[str, Any]:
    """Two versions, and what changed between them."""
    questions = Question.objects.filter(pk__in=answered_in(before, after)).with_words()
    changes = changes_between(before, after, {question.pk: question for question in questions})
    return {"before": before, "after": after, "changes": changes}


def _campaign(one: Contribution) -> Any:
    member = getattr(one, "campaign_member", None)
    return None if member is None or member.campaign.dismissed_at else member.campaign
