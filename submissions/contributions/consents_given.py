"""What a contributor agreed to, purpose by purpose: the words, their language, and when."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Now

from submissions.consents import ANALYSIS, PUBLICATION
from submissions.models import Consent, Contribution


@dataclass(frozen=True)
class Agreement:
    """One purpose that was agreed to, in the words that were on screen. ``at`` None: just now."""

    purpose: str
    version: str
    language: str
    at: datetime | None = None


def agreed_now(publication: str | None, language: str) -> Iterator[Agreement]:
    """Analysis, and ``publication`` unless it is None, in the words of today."""
    for wording in (ANALYSIS, *PUBLICATION):
        if wording.purpose in {ANALYSIS.purpose, publication}:
            yield Agreement(wording.purpose, wording.version, language)


def record(contribution: Contribution, agreed: Collection[Agreement]) -> None:
    """Make ``agreed`` what ``contribution`` agrees to.

    What it agreed to before and does no more is withdrawn, what stands keeps its record. At most
    three statements.
    """
    standing = {
        (consent.purpose, consent.version): consent
        for consent in contribution.consents.filter(withdrawn_at__isnull=True)
    }
    wanted = {(one.purpose, one.version): one for one in agreed}
    over = [consent.pk for key, consent in standing.items() if key not in wanted]
    if over:
        Consent.objects.filter(pk__in=over).update(withdrawn_at=Now())
    Consent.objects.bulk_create(
        Consent(
            contribution=contribution,
            purpose=one.purpose,
            version=one.version,
            language=one.language,
            **({"given_at": one.at} if one.at else {}),
        )
        for key, one in wanted.items()
        if key not in standing
    )
