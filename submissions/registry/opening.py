"""Opening a form block by hand: somebody's decision, which parity gates."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from core.clock import database_now
from submissions.models import FormBlock
from submissions.registry.parity import Difference, differences


class NotLevelError(Exception):
    """The form is not the same in every language: ``differences`` say where."""

    def __init__(self, found: list[Difference]) -> None:
        super().__init__("; ".join(difference.sentence for difference in found))
        self.differences = found


@transaction.atomic
def open_by_hand(row: FormBlock, user: AbstractBaseUser) -> None:
    """Open ``row`` from now on, within the consultation's own dates. Opening twice changes nothing.

    Raises ``NotLevelError`` when a language lacks something.
    """
    row = type(row).objects.select_for_update().get(pk=row.pk)
    found = differences(row)
    if found:
        raise NotLevelError(found)
    if row.opened_at is None:
        row.opened_at = database_now()
        row.save(update_fields=["opened_at"])
        log(instance=row, action="submissions.open", user=user)
