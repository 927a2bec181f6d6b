"""The worker: tallies within seconds, tasks of the dead put back, a graceful end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from submissions.models import Consultation, Debate, Tally
from submissions.ticker import ALIVE, MOST_ATTEMPTS, NAME, Ticker, put_back_orphans
from tests.factories import idea, participant
from tests.submissions.casting import cast
from tools.console import ROOT

SECONDS = 60


def left_running(*worker_ids: str) -> DBTaskResult:
    """A task that a worker was doing."""
    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="submissions.tasks.none",
        backend_name="durable",
        run_after="9999-01-01T00:00Z",
        worker_ids=list(worker_ids),
        exception_class_path="",
        traceback="",
    )


def vote(consultation: Consultation, debate: Debate) -> None:
    cast(idea(debate), participant(consultation))


@pytest.mark.django_db(transaction=True)
def test_once_recounts_and_puts_back(consultation: Consultation, debate: Debate):
    vote(consultation, debate)
    call_command("worker", once=True)
    assert Tally.objects.get().agree == 1


@pytest.mark.django_db
def test_a_dead_workers_task_waits_again():
    task = left_running(f"{NAME}dead")
    assert put_back_orphans() == 1
    task.refresh_from_db()
    assert (task.status, task.started_at) == ("READY", None)


@pytest.mark.django_db
def test_a_task_that_kills_its_workers_fails_in_the_end():
    task = left_running(*[f"{NAME}dead{number}" for number in range(MOST_ATTEMPTS)])
    put_back_orphans()
    task.refresh_from_db()
    assert task.status == "FAILED"
    assert "died" in task.traceback


@pytest.mark.django_db
def test_tasks_of_other_workers_are_let_be():
    task = left_running("somebody-elses")
    assert put_back_orphans() == 0
    task.refresh_from_db()
    assert task.status == "RUNNING"


@pytest.fixture
def another_connection(transactional_db: None) -> Iterator[None]:
    """For what is only seen from another connection."""
    yield


def test_a_living_workers_task_is_let_be(another_connection: None):
    task = left_running(f"{NAME}alive")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_lock({ALIVE})", [f"{NAME}alive"])
        assert put_back_orphans() == 0
    finally:
        other.close()
    deadline = time.monotonic() + SECONDS  # the server notices a little later that nobody is there
    while not put_back_orphans():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    task.refresh_from_db()
    assert task.status == "READY"


def test_one_worker_leads_and_another_takes_over(another_connection: None):
    first, second = Ticker(f"{NAME}1", seconds=0.05), Ticker(f"{NAME}2", seconds=0.05)
    first.start()
    wait_until(lambda: first.leads)
    second.start()
    second.known.wait(SECONDS)
    time.sleep(0.3)
    assert not second.leads
    first.stop()
    wait_until(lambda: second.leads)
    second.stop()


def test_the_command_counts_and_ends_gracefully(
    committed: str, consultation: Consultation, debate: Debate
):
    environment = os.environ | {
        "DATABASE_URL": committed,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "worker"]
    worker = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        vote(consultation, debate)
        wait_until(lambda: Tally.objects.filter(agree=1).exists())
        vote(consultation, debate)
        wait_until(lambda: Tally.objects.filter(agree=1).count() == 2)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=SECONDS) == 0
    finally:
        worker.kill()
        _out, said = worker.communicate()
    assert "Traceback" not in said


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for what another thread or process does."""
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
