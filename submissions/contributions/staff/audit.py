"""Every act of staff on a contribution, in Wagtail's audit log: never its words, nor a note's."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from submissions.models import Contribution


def record(contribution: Contribution, act: str, user: Any, **data: Any) -> None:
    """One line: ``act`` is what ``hooks.ACTS`` registers."""
    log(contribution, f"submissions.{act}", user=user, data=data)


def record_many(contributions: Iterable[Contribution], act: str, user: User, **data: Any) -> None:
    """A line each, in one statement."""
    kind = ContentType.objects.get_for_model(Contribution)
    at, act_of_all = timezone.now(), uuid.uuid4()
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=kind,
                object_id=str(contribution.pk),
                label=contribution.reference,
                action=f"submissions.{act}",
                timestamp=at,
                uuid=act_of_all,
                user=user,
                data=data,
            )
            for contribution in contributions
        ],
        batch_size=1000,
    )


def history_of(contribution: Contribution) -> QuerySet[ModelLogEntry]:
    """Everything that staff did with ``contribution``, the latest first."""
    return ModelLogEntry.objects.for_instance(contribution).select_related("user")
