"""A tree is asked for, and sent by the worker: each page by itself, whoever dies meanwhile."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models.functions import Now
from django_tasks import task
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from core.alone import alone
from core.clock import database_now
from core.models import BulkState, BulkTranslation
from core.translating import machine
from core.translating.access import may_translate
from core.translating.bulk.access import may_send
from core.translating.bulk.plan import plans_of, told
from core.translating.bulk.sending import send
from core.translating.states import target_of

logger = logging.getLogger(__name__)

ASKED = "core.tree_sent"
PORTION_SECONDS = 10.0  # then others' tasks have their turn: mail comes first
STALE = timedelta(minutes=5)  # without a step: whoever asks again has it taken up again
KEPT_FOR = timedelta(days=90)


class NotAllowedError(Exception):
    """Who asked for it may not, or no longer."""


class NothingToSendError(Exception):
    """Every page is there already, or left out."""


class OverlappingError(Exception):
    """A tree that holds this one, or a part of it, is under way."""

    def __init__(self, job: BulkTranslation) -> None:
        super().__init__(str(job))
        self.job = job


@transaction.atomic
def ask(
    page: Page, locale: Locale, user: Any, *, drafts: bool = False, proposals: bool = False
) -> BulkTranslation:
    """Have ``page`` and what is below it sent into ``locale``; asked twice, it is the same job.

    Raises ``NotAllowedError``, ``NothingToSendError`` and ``OverlappingError``.
    """
    if not may_send(user, page, locale) or (drafts and not may_translate(user, page)):
        raise NotAllowedError
    Locale.objects.select_for_update(no_key=True).get(pk=locale.pk)  # one of two clicks waits
    jobs = BulkTranslation.objects.filter(locale=locale)
    jobs.filter(finished_at__lt=database_now() - KEPT_FOR).delete()
    for job in jobs.under_way().select_related("page"):
        if job.page_id == page.pk:
            if is_stale(job):
                jobs.filter(pk=job.pk).update(moved_at=Now())
                send_tree.enqueue(str(job.pk))
            return job
        if page.path.startswith(job.page.path) or job.page.path.startswith(page.path):
            raise OverlappingError(job)
    (plan,) = plans_of(page, [locale], drafts=drafts)
    if plan.above is not None or not plan.pages:
        raise NothingToSendError
    job = jobs.create(
        page=page,
        locale=locale,
        by=user,
        drafts=drafts,
        proposals=proposals and machine.can_translate(page.locale, locale),
        total=len(plan.pages),
        already=plan.already,
    )
    data = {"language": locale.language_code, "pages": job.total}
    log(page, ASKED, user=user, data=data)
    send_tree.enqueue(str(job.pk))
    return job


def is_stale(job: BulkTranslation) -> bool:
    """Whether nothing has happened for so long that the worker must have lost it."""
    return bool(database_now() - job.moved_at > STALE)


@task(backend="durable", priority=-10)  # mail comes first
def send_tree(job_id: str) -> None:
    """Send what is left of that tree. What a worker that died has sent is not sent again."""
    with alone(f"core.bulk:{job_id}") as here:
        if not here:  # another worker is at it
            return
        jobs = BulkTranslation.objects.under_way().select_related("page__locale", "locale", "by")
        job = jobs.filter(pk=job_id).first()
        if job is None:  # finished, or removed meanwhile
            return
        try:
            finished = _send(job)
        except (OperationalError, InterfaceError):
            raise  # the database is away: another worker takes it up
        except Exception:
            logger.exception("The tree of job %s could not be sent", job.pk)
            _end(job, BulkState.FAILED)
            return
    if not finished:
        send_tree.enqueue(job_id)


def _send(job: BulkTranslation) -> bool:
    """Page after page; whether it came to the end before its time was over."""
    if not may_send(job.by, job.page, job.locale) or (
        job.drafts and not may_translate(job.by, job.page)
    ):
        raise NotAllowedError
    deadline = time.monotonic() + PORTION_SECONDS
    while True:
        failed = [one["page"] for one in job.failed]
        (plan,) = plans_of(job.page, [job.locale], drafts=job.drafts, without=failed)
        job.left_out = [told(one.page, why=one.why.value) for one in plan.left_out]
        job.done = len(job.made) + len(failed)
        job.total = job.done + len(plan.pages)
        job.state = BulkState.RUNNING
        _move(job, "state", "total", "already", "left_out", "failed")
        if not plan.pages:
            _end(job, BulkState.DONE)
            return True
        for page in plan.pages:
            if time.monotonic() > deadline:
                return False
            if not _one(job, page):
                break  # what is below it can't be sent either: look again


def _one(job: BulkTranslation, page: Page) -> bool:
    """Send one page, in a transaction with the note that it was; whether it could be."""
    made, done = job.made, job.done
    try:
        with transaction.atomic():
            translation = send(page, job.locale, job.by)
            job.made = [*made, target_of(translation.work).pk]
            job.done = done + 1
            _move(job, "made")
            if job.proposals:
                machine.ask(translation, job.by)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("Page %s could not be sent to translation", page.pk)
        job.made = made
        there = page.get_translations().filter(locale=job.locale_id, alias_of=None)
        if there.exists():  # somebody else sent it in this moment
            job.already += 1
        elif Page.objects.filter(pk=page.pk).exists():
            words = "; ".join(error.messages) if isinstance(error, ValidationError) else ""
            job.failed = [*job.failed, told(page, words=words[:1000])]
        return False
    return True


def _move(job: BulkTranslation, *fields: str) -> None:
    """Tell how far it is, and what ``fields`` say."""
    job.moved_at = database_now()
    job.save(update_fields=["done", "moved_at", *fields])


def _end(job: BulkTranslation, state: str) -> None:
    jobs = BulkTranslation.objects.filter(pk=job.pk)
    jobs.update(state=state, finished_at=Now(), moved_at=Now())
