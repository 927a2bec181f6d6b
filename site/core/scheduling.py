"""Pages that go live, or come down, at a time that their editor set."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from core.clock import database_now

logger = logging.getLogger(__name__)


def publish_what_is_due() -> int:
    """Take down the pages whose time is over, then publish those whose time has come; how many.

    By the database's clock. One that can't be published is logged, waits for the next time, and
    keeps no other back. Languages are apart: each page has times of its own.
    """
    now = database_now()
    over = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    return _each(list(over), _take_down) + _each(list(due), _publish)


def _take_down(page: Page) -> None:
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def waiting_for_their_time(pages: Iterable[Page]) -> dict[int, datetime]:
    """When the approved version of each of ``pages`` goes live that waits for that: one query."""
    rows = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False, object_id__in=[str(page.pk) for page in pages]
    )
    return {int(pk): when for pk, when in rows.values_list("object_id", "approved_go_live_at")}


def _each(rows: Iterable[Any], do: Callable[[Any], None]) -> int:
    done = 0
    for row in rows:
        try:
            with transaction.atomic():
                do(row)
        except Exception:  # whatever is wrong with one page, the others are due
            logger.exception("Page of schedule %s could not be published or taken down", row.pk)
        else:
            done += 1
    return done
