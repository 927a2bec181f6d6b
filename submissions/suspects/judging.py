"""An organiser sets participants aside, or takes them back. Nothing is deleted; each leaves a line.

Their votes stay, and are counted apart: within seconds, results show both totals.
"""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Coalesce
from wagtail.log_actions import log

from submissions.debate.tallies import recount_soon
from submissions.models import Cluster, Participant

SET_ASIDE, TAKE_BACK = "submissions.set_aside", "submissions.take_back"


@transaction.atomic
def judge(
    cluster: Cluster,
    organiser: User,
    reason: str,
    *,
    suspect: bool,
    only: Iterable[UUID] | None = None,
) -> int:
    """Set the participants of ``cluster`` aside, or take them back; how many were not so already.

    ``only``: these of them. A guest who became somebody else is judged as them. The line in the
    audit log tells the reason and how many, and names nobody.
    """
    people = people_of(cluster)
    if only is not None:
        people &= set(only)
    rows = Participant.objects.select_for_update(no_key=True).order_by("pk")
    changed = [row.pk for row in rows.filter(pk__in=people, suspect=not suspect)]
    if changed:
        Participant.objects.filter(pk__in=changed).update(suspect=suspect)
        recount_soon(*changed)
        log(
            cluster,
            SET_ASIDE if suspect else TAKE_BACK,
            user=organiser,
            title=str(cluster),
            data={"reason": reason, "participants": len(changed)},
        )
    return len(changed)


def people_of(cluster: Cluster) -> set[UUID]:
    """Its participants; for a guest who became somebody else, them."""
    who = Coalesce("participant__became", "participant")
    return set(cluster.members.values_list(who, flat=True))
