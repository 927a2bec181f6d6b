"""Group contributions whose long answers are the same, or nearly: a task of the worker.

What is found again stays where staff put it. Who joins a confirmed campaign is judged first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django_tasks import task

from submissions.contributions.campaigns.sketches import (
    HASHES,
    likeness,
    minhash_of,
    sketch_what_is_new,
    sketches_in,
)
from submissions.models import Campaign, CampaignMember, Consultation, Membership

ALIKE = 0.6  # of what two texts say: one word changed in twenty leaves 0.74
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('submissions.campaigns', 0))"


@dataclass
class Group:
    """Contributions that share a text; by contribution, how near it comes to the group's first."""

    nearness: dict[int, float] = field(default_factory=dict)


@task(backend="durable")
def look_for_campaigns(asked_for: list[int] | None = None) -> None:
    """Look in every consultation where a text is new, changed or gone; in those ``asked_for``, by
    their ids, whatever has changed.
    """
    consultations = Consultation.objects.order_by("pk")
    if asked_for is not None:
        consultations = consultations.filter(pk__in=asked_for)
    for consultation in consultations:
        find_campaigns(consultation, anyway=asked_for is not None)


@transaction.atomic
def find_campaigns(consultation: Consultation, *, anyway: bool = False) -> int:
    """Sketch what is new, group, and keep what was found; how many contributions joined one.

    Nothing new: nothing is done, unless ``anyway``.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    if not sketch_what_is_new(consultation) and not anyway:
        return 0
    groups = groups_of(sketches_in(consultation))
    _forget_who_left(consultation, groups)
    return sum(_keep(consultation, group.nearness) for group in groups)


def groups_of(sketches: Iterable[tuple[int, int, bytes]]) -> list[Group]:
    """Groups of two contributions or more: each text is compared with the first of each group.

    So that it costs as much as there are texts, not as there are pairs of them. A text that comes
    near the first of two groups makes one of them.
    """
    from datasketch import MinHashLSH  # noqa: PLC0415 - as in sketches

    leaders = MinHashLSH(threshold=ALIKE, num_perm=HASHES, weights=(0.1, 0.9))  # misses cost more
    first: dict[bytes, int] = {}  # the very same hashes
    sketch_of: dict[int, bytes] = {}
    near: dict[int, dict[int, float]] = defaultdict(dict)  # by leader, contributions
    for contribution, answer, hashes in sketches:
        known = first.get(hashes)
        found = _nearest(leaders, sketch_of, hashes) if known is None else {known: 1.0}
        if not found:
            found = {answer: 1.0}
            leaders.insert(answer, minhash_of(hashes))
            first[hashes], sketch_of[answer] = answer, hashes
        for leader, share in found.items():
            near[leader][contribution] = max(share, near[leader].get(contribution, 0.0))
    return _joined([members for members in near.values() if len(members) > 1])


def _nearest(leaders: Any, sketch_of: Mapping[int, bytes], hashes: bytes) -> dict[int, float]:
    """Those that are near enough, with how near."""
    found = leaders.query(minhash_of(hashes))
    shares = {leader: likeness(sketch_of[leader], hashes) for leader in found}
    return {leader: share for leader, share in shares.items() if share >= ALIKE}


def _joined(found: list[dict[int, float]]) -> list[Group]:
    """Who shares one answer with some and another with others is of one group with both."""
    group_of: dict[int, Group] = {}
    for members in found:
        group = Group()
        for known in {id(group_of[pk]): group_of[pk] for pk in members if pk in group_of}.values():
            group.nearness |= known.nearness
        for pk, share in members.items():
            group.nearness[pk] = max(share, group.nearness.get(pk, 0.0))
        for pk in group.nearness:
            group_of[pk] = group
    return list({id(group): group for group in group_of.values()}.values())


def _keep(consultation: Consultation, nearness: Mapping[int, float]) -> int:
    """The group is the campaign that most of it are of already, or a new one."""
    members = CampaignMember.objects.filter(contribution__in=nearness)
    known = dict(members.values_list("contribution_id", "campaign_id"))
    new = [pk for pk in sorted(nearness) if pk not in known]
    if not new:
        return 0
    if known:
        ((campaign, _times),) = Counter(known.values()).most_common(1)
    else:
        campaign = Campaign.objects.create(consultation=consultation).pk
    CampaignMember.objects.bulk_create(
        CampaignMember(campaign_id=campaign, contribution_id=pk, likeness=nearness[pk])
        for pk in new
    )
    return len(new)


def _forget_who_left(consultation: Consultation, groups: Iterable[Group]) -> None:
    """Who changed their text is of no campaign any more, or to be judged again if they were."""
    still = {pk for group in groups for pk in group.nearness}
    left = CampaignMember.objects.filter(campaign__consultation=consultation).exclude(
        contribution__in=still
    )
    left.filter(judgement=Membership.FOUND).delete()
    left.filter(judgement=Membership.OF_IT).update(judgement=Membership.FOUND, likeness=0)
    Campaign.objects.filter(
        consultation=consultation, members=None, confirmed_at=None, dismissed_at=None
    ).delete()
