"""What the public is told of campaigns: contributions with the same text, published and confirmed.

Those that are not published are not counted: their number would tell of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from submissions.models import CampaignMember, Membership, Publication, PublicationState

LISTED = 30


def campaign_sizes(publications: Iterable[Publication]) -> Mapping[int, int]:
    """By publication: how many published contributions have its text, where more than one has."""
    members = _confirmed().filter(contribution__in=[one.contribution_id for one in publications])
    campaign_of = dict(members.values_list("contribution_id", "campaign_id"))
    counted = (
        _published()
        .filter(campaign__in=set(campaign_of.values()))
        .values("campaign")
        .annotate(number=Count("pk"))
    )
    sizes = {row["campaign"]: row["number"] for row in counted}
    return {
        one.pk: sizes[campaign]
        for one in publications
        if (campaign := campaign_of.get(one.contribution_id)) and sizes.get(campaign, 0) > 1
    }


@dataclass(frozen=True)
class SameText:
    """Published contributions with the same text: how many, and the first of the others."""

    total: int = 0
    others: list[Publication] = field(default_factory=list)
    more: int = 0  # others that are not listed


def same_text_as(publication: Publication) -> SameText:
    """Of the confirmed campaign of ``publication``: two queries at most."""
    own = _confirmed().filter(contribution=publication.contribution_id)
    members = _confirmed().filter(campaign__in=own.values("campaign")).values("contribution")
    others = Publication.objects.live().filter(contribution__in=members).exclude(pk=publication.pk)
    total = others.count()
    if not total:
        return SameText()
    first = others.select_related("contribution").defer("words").order_by("published_at", "pk")
    return SameText(total + 1, list(first[:LISTED]), max(0, total - LISTED))


def _confirmed() -> Any:
    return CampaignMember.objects.filter(
        judgement=Membership.OF_IT, campaign__confirmed_at__isnull=False
    )


def _published() -> Any:
    return _confirmed().filter(contribution__publications__state=PublicationState.LIVE)
