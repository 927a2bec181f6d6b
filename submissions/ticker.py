"""What must happen every few seconds, beside the tasks: tallies, and tasks of dead workers.

Each worker holds an advisory lock on its own name for as long as it lives: when it dies, however
it dies, PostgreSQL lets go of the lock, and the others put back what it was doing. One worker at a
time leads; it holds one more lock, and another takes over when it is gone.
"""

import logging
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.scheduling import publish_what_is_due
from core.wordings.overlay import look_again
from submissions.debate.tallies import refresh_tallies
from submissions.figures import count_days
from submissions.retention import tidy

logger = logging.getLogger(__name__)

SECONDS = 4.0  # a tally is at most ten seconds late
AN_HOUR = 3600.0
FIVE_MINUTES = 300.0
HALF_A_MINUTE = 30.0  # a page goes live, or comes down, this late at most
# Events that a long transaction commits late are looked at again.
OVERLAP = timedelta(minutes=1)
NAME = "polyphony-"  # our workers', so that nobody else's tasks are taken for a dead one's
MOST_ATTEMPTS = 3  # a task that kills its worker is not tried for ever

ALIVE = "hashtextextended('submissions.worker:' || %s, 0)"
LEADER = "hashtextextended('submissions.leader', 0)"


class Ticker(threading.Thread):
    """Ticks beside a worker, on a database connection of its own, until ``stop``."""

    def __init__(self, worker_id: str, seconds: float = SECONDS) -> None:
        super().__init__(name="ticker", daemon=True)
        self.worker_id = worker_id
        self.seconds = seconds
        self.stopping = threading.Event()
        self.known = threading.Event()  # once others can see that this worker lives
        self.leads = False
        self.last: float | None = None  # monotonic, of the last recount as the leader
        self.tidied: float | None = None  # monotonic
        self.published: float | None = None  # monotonic, of the last look at the schedule
        self.counted: float | None = None  # monotonic, of the last count of days

    def run(self) -> None:
        """Tick until told to stop; a database that is away is asked again at the next tick."""
        while not self.stopping.is_set():
            try:
                self.tick()
            except DatabaseError:
                logger.warning("The ticker could not reach the database; it tries again")
                self._forget()
            except Exception:  # a fault in one tick must not end the others
                logger.exception("A tick failed")
                self._forget()
            self.stopping.wait(self.seconds)
        connection.close()

    def stop(self) -> None:
        """Finish the tick that is running, and end."""
        self.stopping.set()
        self.join(timeout=10)

    def tick(self) -> None:
        """Be known as alive; as the leader, recount, put back, publish what is due and tidy."""
        with connection.cursor() as cursor:
            if not self.known.is_set():
                cursor.execute(f"SELECT pg_try_advisory_lock({ALIVE})", [self.worker_id])
                self.known.set()
            if not self.leads:
                cursor.execute(f"SELECT pg_try_advisory_lock({LEADER})")
                self.leads = cursor.fetchone()[0]
        look_again()  # mail is written in the words that stand now
        if not self.leads:
            return
        began = time.monotonic()
        lately = None if self.last is None else OVERLAP + timedelta(seconds=began - self.last)
        refresh_tallies(touched_within=lately)
        self.last = began
        put_back_orphans(but_not_of=self.worker_id)
        if self.published is None or began - self.published >= HALF_A_MINUTE:
            publish_what_is_due()
            self.published = began
        if self.counted is None or began - self.counted >= FIVE_MINUTES:
            count_days(lately=self.counted is not None)
            self.counted = began
        if self.tidied is None or began - self.tidied >= AN_HOUR:
            tidy()
            self.tidied = began

    def _forget(self) -> None:
        """A lost connection holds no lock."""
        connection.close()
        self.known.clear()
        self.leads, self.last = False, None


@transaction.atomic
def somebody_leads() -> bool:
    """Whether a worker runs, one of them leading; a new one leads within seconds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({LEADER})")
        free: bool = cursor.fetchone()[0]
    return not free


@transaction.atomic
def put_back_orphans(*, but_not_of: str = "") -> int:
    """Tasks whose worker is dead wait again, or fail after ``MOST_ATTEMPTS``; how many.

    ``but_not_of``: who asks, and lives. A lock is no obstacle to the connection that holds it.
    """
    orphans = [
        task
        for task in _running()
        if task.worker_ids[-1] != but_not_of and _is_dead(task.worker_ids[-1])
    ]
    for task in orphans:
        if len(task.worker_ids) >= MOST_ATTEMPTS:
            task.set_failed(RuntimeError("The worker died each time this task was tried"))
        else:
            task.status = TaskResultStatus.READY
            task.started_at = None
            task.save(update_fields=["status", "started_at"])
        logger.warning("Task %s was left by a dead worker: %s", task.pk, task.status)
    return len(orphans)


def _running() -> list[DBTaskResult]:
    """Tasks that our workers are doing, or were."""
    running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
    return [task for task in running if task.worker_ids and task.worker_ids[-1].startswith(NAME)]


def _is_dead(worker_id: str) -> bool:
    """Whether nobody holds that worker's lock; ours is let go with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({ALIVE})", [worker_id])
        free: bool = cursor.fetchone()[0]
    return free
