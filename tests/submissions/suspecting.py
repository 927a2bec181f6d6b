"""Clusters and organisers, for the tests of suspicions."""

from datetime import timedelta
from typing import Any

from django.test import Client

from core.clock import database_now
from submissions.models import Cluster, Consultation, Origin, Participant
from tests.factories import participant
from tests.submissions.desk import desk_of, staff

LIST = "/admin/suspects/"


def organiser_desk() -> Client:
    """The browser of somebody who may judge participants, and nothing else."""
    return desk_of(staff("olga", "judge_participant"))


def newcomers(consultation: Consultation, many: int, origin: bytes = b"o" * 32) -> list[Any]:
    """So many who began one minute after the other, the last of them now."""
    found = [participant(consultation) for _number in range(many)]
    for minutes, who in enumerate(reversed(found)):
        at = database_now() - timedelta(minutes=minutes)
        Origin.objects.create(participant=who, origin_hash=origin, at=at)
    return found


def judge(
    desk: Client, cluster: Cluster, judgement: str, *who: Participant, reason: str = "Bots."
) -> Any:
    """Press a button of the page of ``cluster``."""
    sent = {"judgement": judgement, "reason": reason, "who": [str(one.pk) for one in who]}
    return desk.post(f"{LIST}{cluster.pk}/", sent)
