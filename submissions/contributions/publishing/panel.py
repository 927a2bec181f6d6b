"""The panel of publication on the page where staff read a contribution."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from submissions.contributions.publishing.standing import PublicationStanding, standing_of
from submissions.contributions.staff import access
from submissions.models import Contribution, ContributionState, Redaction, WithheldFile


@dataclass(frozen=True)
class Panel:
    """Where a contribution stands, and what the reader of the page may do about it."""

    standing: PublicationStanding
    withdrawn: bool
    redactions: int
    withheld: int
    may_redact: bool
    may_publish: bool


def panel_context(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    """``publication`` of ``publication_panel.html``."""
    user, consultation = request.user, contribution.consultation_id
    standing = standing_of(contribution)
    marks = Redaction.objects.filter(answer__contribution=contribution)
    files = WithheldFile.objects.filter(
        attachment__contribution=contribution, attachment__removed_at=None
    )
    panel = Panel(
        standing=standing,
        withdrawn=contribution.state == ContributionState.WITHDRAWN,
        redactions=marks.count(),
        withheld=files.count(),
        may_redact=access.may(user, access.REDACT, consultation),
        may_publish=access.may(user, access.PUBLISH, consultation),
    )
    return {"publication": panel, "contribution": contribution}
