"""``manage.py worker``: the background tasks, and what must happen every few seconds."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from core.scheduling import publish_what_is_due
from submissions.debate.tallies import refresh_tallies
from submissions.retention import tidy
from submissions.ticker import NAME, Ticker, put_back_orphans

logger = logging.getLogger(__name__)

SECONDS_WITHOUT_DATABASE = 2
SECONDS_TO_BE_KNOWN = 30


class Command(BaseCommand):
    """Any number may run. TERM or Ctrl-C: it ends the task in hand, then stops; twice: at once."""

    help = "Run background tasks, recount tallies and put back what dead workers left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--once``, for tests and cron."""
        parser.add_argument(
            "--once", action="store_true", help="Do all that there is to do now, then stop."
        )

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Work until told to stop."""
        worker = self._worker(once=once)
        if once:
            put_back_orphans()
            tidy()
            publish_what_is_due()
            worker.run()
            refresh_tallies()
            return
        ticker = Ticker(worker.worker_id)
        worker.configure_signals()
        ticker.start()
        # A task claimed before that would be taken for a dead worker's.
        ticker.known.wait(SECONDS_TO_BE_KNOWN)
        try:
            while worker.running:
                try:
                    worker.run()
                except OperationalError:
                    logger.warning("The worker could not reach the database; it tries again")
                    close_old_connections()
                    time.sleep(SECONDS_WITHOUT_DATABASE)
        finally:
            ticker.stop()

    def _worker(self, *, once: bool) -> Worker:
        return Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=1,
            batch=once,
            backend_name="durable",
            startup_delay=False,
            max_tasks=None,
            worker_id=NAME + get_random_string(32),
        )
