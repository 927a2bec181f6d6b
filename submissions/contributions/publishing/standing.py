"""Where a contribution stands between what was sent and what is public."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.clock import database_now
from submissions.contributions.publishing.content import (
    NotPublishableError,
    RedactionLostError,
    is_redacted,
    newest_version,
    public_content,
)
from submissions.contributions.sent import publication_of
from submissions.contributions.versions import sha256_of
from submissions.models import Contribution, ContributionVersion, Publication, PublicationState


@dataclass(frozen=True)
class PublicationStanding:
    """All that decides whether and how ``contribution`` may be published now."""

    contribution: Contribution
    consent: str | None
    version: ContributionVersion | None
    content: dict[str, Any] | None  # None: nothing may be published, or a redaction is lost
    sha256: str
    redacted: bool
    lost: bool  # a redaction no longer finds its words
    live: Publication | None
    proposed: Publication | None
    agreed: bool  # the author saw this very text, and agrees
    preview_until: datetime | None  # of the preview that runs
    now: datetime

    @property
    def differs(self) -> bool:
        """Whether what is public is not what would be published now."""
        return (
            self.live is not None and self.content is not None and (self.live.sha256 != self.sha256)
        )

    @property
    def proposed_now(self) -> bool:
        """Whether the author was shown this very text."""
        return self.proposed is not None and self.proposed.sha256 == self.sha256

    @property
    def days_over(self) -> bool:
        """Whether the author has had the days that were promised for the preview that runs."""
        return self.preview_until is not None and self.now >= self.preview_until

    @property
    def preview_over(self) -> bool:
        """Whether the author was shown this very text, and has had the days that were promised."""
        return self.proposed_now and self.days_over

    @property
    def needs_preview(self) -> bool:
        """Whether its author must have a look before it is published."""
        return self.redacted and not self.agreed

    @property
    def may_publish(self) -> bool:
        """Whether staff may publish it now (``needs_reason``: saying why)."""
        if self.content is None or (self.live is not None and not self.differs):
            return False
        return not self.needs_preview or self.preview_over

    @property
    def needs_reason(self) -> bool:
        """Whether staff must say why they publish what its author has not agreed to."""
        return self.needs_preview


def standing_of(contribution: Contribution) -> PublicationStanding:
    """As the database has it now."""
    content, version, lost = None, None, False
    try:
        version = newest_version(contribution)
        content = public_content(version)
    except NotPublishableError:
        pass
    except RedactionLostError:
        lost = True
    sha256 = sha256_of(content) if content is not None else ""
    rows = list(contribution.publications.order_by("-number"))
    live = next((row for row in rows if row.state == PublicationState.LIVE), None)
    proposed = next((row for row in rows if row.state == PublicationState.PROPOSED), None)
    until = None
    if proposed is not None and proposed.proposed_at is not None:
        days = contribution.consultation.preview_days
        until = proposed.proposed_at + timedelta(days=days)
    return PublicationStanding(
        contribution=contribution,
        consent=publication_of(contribution),
        version=version,
        content=content,
        sha256=sha256,
        redacted=is_redacted(contribution),
        lost=lost,
        live=live,
        proposed=proposed,
        agreed=any(row.agreed_at and row.sha256 == sha256 for row in rows),
        preview_until=until,
        now=database_now(),
    )
